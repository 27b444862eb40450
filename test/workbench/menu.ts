import type { Locator, Page } from 'playwright-core';
import { inTime } from './inTime';
import { exactly } from './text';

const MENU_CLOSES_MS = 250;
const CHOOSE_MS = 30_000;

/** An open context menu. */
export class Menu {
  private readonly items: Locator;

  constructor(private readonly page: Page) {
    this.items = page.locator(
      '.monaco-menu .action-item:not(.disabled) .action-label:not(.separator)',
    );
  }

  async shown(): Promise<this> {
    await this.items.first().waitFor();
    return this;
  }

  /** What it offers, from top to bottom. */
  async labels(): Promise<string[]> {
    return (await this.items.allInnerTexts()).map(text => text.replaceAll('\u00a0', ' ').trim());
  }

  /**
   * Clicks an item. A menu ignores the mouse for its first tenth of a second, of which nothing in the
   * page tells: so it may take some clicks. An item that is no longer there has been clicked.
   */
  async choose(label: string): Promise<void> {
    const item = this.items.filter({ hasText: exactly(label) });
    await item.click();
    const end = performance.now() + CHOOSE_MS;
    while (!(await this.closes())) {
      if (performance.now() > end) {
        throw new Error(`the menu stays open, whatever is clicked: “${label}”`);
      }
      await inTime(item.click({ timeout: MENU_CLOSES_MS }));
    }
  }

  /** Whether it closes now. */
  private async closes(): Promise<boolean> {
    return await inTime(this.items.first().waitFor({ state: 'hidden', timeout: MENU_CLOSES_MS }));
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items.first().waitFor({ state: 'hidden' });
  }
}
