import type { Locator, Page } from 'playwright-core';
import { Menu } from './menu';

/** The view of uploads in the Explorer. Rows are found by the label they begin with. */
export class UploadsView {
  readonly pane: Locator;
  readonly tree: Locator;

  constructor(
    private readonly page: Page,
    /** As the display language has it. */
    private readonly title = 'Pyrus Uploads',
  ) {
    this.pane = page.locator('.pane').filter({
      has: page.locator(`.pane-header[aria-label^="${this.title}"]`),
    });
    this.tree = this.pane.locator('[role="tree"]');
  }

  /** Opens the view if it is closed. */
  async open(): Promise<void> {
    const header = this.pane.locator('.pane-header');
    await header.waitFor();
    if ((await header.getAttribute('aria-expanded')) === 'false') {
      await header.click();
    }
    await this.pane.locator('.pane-body').waitFor();
  }

  row(label: string): Locator {
    return this.pane.locator('.monaco-list-row').filter({
      has: this.page.locator('.label-name').getByText(label, { exact: true }),
    });
  }

  /** The texts of all visible rows, from top to bottom. */
  async rows(): Promise<string[]> {
    return await this.pane
      .locator('.monaco-list-row .monaco-icon-label')
      .evaluateAll(labels => labels.map(label => label.textContent.replaceAll('\u00a0', ' ')));
  }

  async contextMenu(label: string): Promise<Menu> {
    await this.row(label).click({ button: 'right' });
    return await new Menu(this.page).shown();
  }

  /** The menu of the row that has the focus. */
  async menuByKey(): Promise<Menu> {
    await this.page.keyboard.press('ContextMenu');
    return await new Menu(this.page).shown();
  }

  /** What a screen reader says of all visible rows, from top to bottom. */
  async spoken(): Promise<string[]> {
    return await this.pane
      .locator('.monaco-list-row')
      .evaluateAll(rows => rows.map(row => row.getAttribute('aria-label') ?? ''));
  }

  /** Selects exactly these rows. */
  async select(labels: readonly string[]): Promise<void> {
    for (const [index, label] of labels.entries()) {
      await this.row(label).click({ modifiers: index === 0 ? [] : ['ControlOrMeta'] });
      await this.row(label).and(this.page.locator('[aria-selected="true"]')).waitFor();
    }
  }

  /** A button that a row shows under the mouse, by its tooltip. */
  async press(label: string, button: string): Promise<void> {
    await this.row(label).hover();
    await this.row(label).locator(`.action-label[aria-label^="${button}"]`).click();
  }

  /** What the view says when it is empty. */
  async welcome(): Promise<string> {
    const content = this.pane.locator('.welcome-view-content');
    await content.waitFor();
    return await content.innerText();
  }

  async pressWelcome(button: string): Promise<void> {
    await this.pane.locator('.welcome-view-content .monaco-button', { hasText: button }).click();
  }
}
