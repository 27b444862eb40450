import type { Locator, Page } from 'playwright-core';
import { eventually } from '../eventually';
import { inTime } from './inTime';
import { exactly } from './text';

const LOOK_MS = 1_000;
const CLOSE_MS = 30_000;

/** A message at the lower right. */
export class Toast {
  constructor(readonly element: Locator) {}

  /** Its message, without buttons and source. */
  async text(): Promise<string> {
    const message = this.element.locator('.notification-list-item-message');
    return (await message.innerText()).replaceAll('\u00a0', ' ').trim();
  }

  /** The labels of its buttons. */
  async buttons(): Promise<string[]> {
    return await this.element
      .locator('.notification-list-item-buttons-container .monaco-text-button')
      .allInnerTexts();
  }

  async click(button: string): Promise<void> {
    await this.element
      .locator('.monaco-text-button')
      .filter({ hasText: exactly(button) })
      .click();
  }

  /** Waits until it is gone, as a progress goes when its work is done. */
  async gone(): Promise<void> {
    await this.element.waitFor({ state: 'detached' });
  }

  /**
   * The cross, which shows under the mouse: a message that still slides in slides away from it, and one
   * that the mouse did not rest on for a while VS Code itself has taken to the bell.
   */
  async close(): Promise<void> {
    const cross = this.element.locator('.codicon-notifications-clear');
    await eventually(async () => {
      if (!(await inTime(this.element.waitFor({ timeout: LOOK_MS })))) {
        return;
      }
      await this.element.hover({ timeout: LOOK_MS });
      await cross.click({ timeout: LOOK_MS });
    }, CLOSE_MS);
    await this.gone();
  }
}

export class Notifications {
  constructor(private readonly page: Page) {}

  /** Waits for a message that contains this text or matches this pattern. */
  async toast(text: string | RegExp, timeoutMs = 30_000): Promise<Toast> {
    const element = this.page
      .locator('.notification-toast')
      .filter({ has: this.page.locator('.notification-list-item-message', { hasText: text }) });
    await element.first().waitFor({ timeout: timeoutMs });
    return new Toast(element.first());
  }

  /** The texts of all messages that are shown now. */
  async texts(): Promise<string[]> {
    return await this.page
      .locator('.notification-toast .notification-list-item-message')
      .allInnerTexts();
  }
}

/** A modal message in the middle. */
export class Dialog {
  private readonly box: Locator;

  constructor(page: Page) {
    this.box = page.locator('.monaco-dialog-box');
  }

  /** Waits for a dialog with this text. @returns all its text */
  async shown(text: string | RegExp): Promise<string> {
    const content = this.box.locator('.dialog-message-container', { hasText: text });
    await content.waitFor();
    return await content.innerText();
  }

  async buttons(): Promise<string[]> {
    return await this.box.locator('.dialog-buttons .monaco-text-button').allInnerTexts();
  }

  async click(button: string): Promise<void> {
    await this.box
      .locator('.monaco-text-button')
      .filter({ hasText: exactly(button) })
      .click();
    await this.box.waitFor({ state: 'hidden' });
  }
}
