import type { Locator, Page } from 'playwright-core';
import { inTime } from './inTime';
import type { Explorer } from './explorer';
import { Menu } from './menu';

const OPENS_MS = 10_000;
const MOST_CLICKS = 3;

/** The active text editor and its tabs. */
export class EditorPane {
  constructor(
    private readonly page: Page,
    private readonly explorer: Explorer,
  ) {}

  /** Opens a file that the Explorer shows, to stay. */
  async openFile(name: string): Promise<void> {
    const active = this.tab(name).and(this.page.locator('.active'));
    await this.explorer.row(name).dblclick();
    for (let clicks = 1; !(await inTime(active.waitFor({ timeout: OPENS_MS }))); clicks += 1) {
      if (clicks === MOST_CLICKS) {
        throw new Error(`“${name}” is not opened, however often it is clicked`);
      }
      // An Explorer that is just drawn anew loses what was clicked; opening twice is opening.
      await this.explorer.row(name).dblclick();
    }
    await this.lines()
      .locator('.view-line')
      .or(this.page.locator('iframe.webview'))
      .first()
      .waitFor({ state: 'attached' });
  }

  tab(name: string): Locator {
    return this.page.locator(`.tabs-container .tab[data-resource-name="${name}"]`);
  }

  async tabMenu(name: string): Promise<Menu> {
    await this.tab(name).click({ button: 'right' });
    return await new Menu(this.page).shown();
  }

  /** Right-clicks into the text, where `line` shows, or in its middle. */
  async contextMenu(line?: string): Promise<Menu> {
    const place = line === undefined ? this.lines() : this.lines().getByText(line).first();
    await place.click({ button: 'right' });
    return await new Menu(this.page).shown();
  }

  /** Puts the cursor at the end of the first visible line that contains a text. */
  async cursorAtEndOf(line: string): Promise<void> {
    await this.lines().locator('.view-line', { hasText: line }).first().click();
    await this.page.keyboard.press('End');
  }

  /** The visible lines of the active editor. A long document is better read from disk, once saved. */
  async text(): Promise<string> {
    const shown = this.lines().locator('.view-line');
    await shown.first().waitFor({ state: 'attached' }); // An empty document has one line, of no height.
    const lines = await shown.evaluateAll(elements =>
      elements
        .map(line => ({
          top: Number.parseFloat((line as HTMLElement).style.top),
          text: line.textContent,
        }))
        .sort((one, other) => one.top - other.top)
        .map(({ text }) => text.replaceAll('\u00a0', ' ')),
    );
    return lines.join('\n');
  }

  /** Waits until the visible text contains this. */
  async contains(text: string): Promise<void> {
    await this.lines().filter({ hasText: text }).waitFor();
  }

  /** Where its text is. */
  lines(): Locator {
    return this.page.locator('.editor-group-container.active .editor-instance .view-lines').first();
  }
}
