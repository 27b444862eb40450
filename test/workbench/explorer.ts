import type { Locator, Page } from 'playwright-core';
import { Menu } from './menu';

/** The tree of files. Rows are found by the name they show, so names are unique in a scenario. */
export class Explorer {
  constructor(private readonly page: Page) {}

  row(name: string | RegExp): Locator {
    return this.page
      .locator('.explorer-folders-view .monaco-list-row')
      .filter({ has: this.page.locator('.label-name').getByText(name, { exact: true }) });
  }

  /** Opens a folder of the tree if it is closed. */
  async expand(folder: string): Promise<void> {
    const row = this.row(folder);
    if ((await row.getAttribute('aria-expanded')) === 'false') {
      await row.click();
      await this.page
        .locator('.explorer-folders-view .monaco-list-row[aria-expanded="true"]')
        .filter({ hasText: folder })
        .waitFor();
    }
  }

  /** Selects exactly these rows. A single file is shown in a preview, as a click does. */
  async select(names: readonly string[]): Promise<void> {
    const [first, ...others] = names;
    if (first === undefined) {
      throw new Error('Nothing to select');
    }
    await this.row(first).click();
    for (const name of others) {
      await this.row(name).click({ modifiers: ['ControlOrMeta'] });
    }
    for (const name of names) {
      await this.row(name).and(this.page.locator('[aria-selected="true"]')).waitFor();
    }
  }

  /**
   * Waits until a row is revealed: selected, and the tree has the keyboard. VS Code gives it that last of
   * all, and whatever menu is open by then closes.
   */
  async revealed(name: string): Promise<void> {
    await this.row(name).and(this.page.locator('.selected')).waitFor();
    await this.page.locator('.explorer-folders-view .monaco-list:focus').waitFor();
  }

  /**
   * Right-clicks a row: a row of the selection stands for all of it. The list gives its focus to the
   * row that was hit; another one, when the list was drawn anew just then, is clicked again.
   */
  async contextMenu(name: string): Promise<Menu> {
    const hit = this.row(name).and(this.page.locator('.focused'));
    for (let tries = 1; ; tries++) {
      await this.row(name).click({ button: 'right' });
      const menu = await new Menu(this.page).shown();
      if ((await hit.count()) > 0) {
        return menu;
      }
      if (tries === 3) {
        throw new Error(`the menu of another row than “${name}” is open`);
      }
      await menu.close();
    }
  }
}
