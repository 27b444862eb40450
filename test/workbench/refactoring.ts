import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually';
import { exactly } from './text';

/** The menu of the light bulb. */
export class QuickFixes {
  private readonly menu: Locator;

  constructor(private readonly page: Page) {
    this.menu = page.locator('.action-widget:not(.action-list-submenu-panel)');
  }

  /** Opens it by the keyboard, for the cursor; again when VS Code did not know of a fix yet. */
  async open(): Promise<void> {
    await eventually(async () => {
      await this.page.keyboard.press('Control+.');
      await this.menu.waitFor({ timeout: 10_000 });
    }, 60_000);
  }

  async labels(): Promise<string[]> {
    return (await this.menu.locator('.monaco-list-row.action .title').allInnerTexts()).map(label =>
      label.replaceAll('\u00a0', ' '),
    );
  }

  async choose(label: string): Promise<void> {
    const row = this.menu.locator('.monaco-list-row.action', { hasText: exactly(label) });
    // Until the mouse moves, VS Code takes no click for one that was meant.
    await row.hover({ force: true });
    await row.hover({ force: true, position: { x: 30, y: 8 } });
    await row.click();
    await this.menu.waitFor({ state: 'hidden' });
  }
}

/** The panel "Refactor Preview". */
export class RefactorPreview {
  private readonly panel: Locator;

  constructor(page: Page) {
    this.panel = page.locator('.bulk-edit-panel');
  }

  /** Waits until it has as many rows, files and changes together. */
  async shown(rows: number): Promise<void> {
    await this.panel
      .locator('.monaco-list-row')
      .nth(rows - 1)
      .waitFor();
  }

  /** The rows, each with whether it is ticked. */
  async rows(): Promise<string[]> {
    return this.panel.locator('.monaco-list-row').evaluateAll(rows =>
      rows.map(row => {
        const box = row.querySelector('.edit-checkbox, .monaco-checkbox, [role=checkbox]');
        const isTicked =
          box instanceof HTMLInputElement
            ? box.checked
            : box?.getAttribute('aria-checked') === 'true';
        return `${isTicked ? '✓' : '-'} ${row.textContent.replaceAll('\u00a0', ' ').trim()}`;
      }),
    );
  }

  /** Ticks a row, or no longer. */
  async toggle(text: string): Promise<void> {
    await this.panel
      .locator('.monaco-list-row', { hasText: text })
      .first()
      .locator('.edit-checkbox, .monaco-checkbox, [role=checkbox]')
      .first()
      .click();
  }

  async apply(): Promise<void> {
    await this.panel.locator('.monaco-button', { hasText: /^Apply|^Применить/ }).click();
  }

  async discard(): Promise<void> {
    await this.panel.locator('.monaco-button', { hasText: /^Discard|^Отменить/ }).click();
  }
}
