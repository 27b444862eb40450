import { errors, type Locator, type Page } from 'playwright-core';
import { exactly } from './text';

const MENU_CLOSES_MS = 1_000;
const MOST_CLICKS = 5;

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

  /** Clicks an item. A menu ignores the mouse for its first tenth of a second, so it may take two clicks. */
  async choose(label: string): Promise<void> {
    const item = this.items.filter({ hasText: exactly(label) });
    for (let clicks = 1; ; clicks += 1) {
      await item.click();
      try {
        await this.items.first().waitFor({ state: 'hidden', timeout: MENU_CLOSES_MS });
        return;
      } catch (error) {
        if (!(error instanceof errors.TimeoutError) || clicks === MOST_CLICKS) {
          throw error;
        }
      }
    }
  }

  async close(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.items.first().waitFor({ state: 'hidden' });
  }
}
