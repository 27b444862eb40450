import * as path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** The box at the top: command palette, picks, input boxes, and the file dialog of a web workbench. */
export class QuickInput {
  readonly widget: Locator;
  readonly input: Locator;

  constructor(private readonly page: Page) {
    this.widget = page.locator('.quick-input-widget');
    this.input = this.widget.locator('input.input');
  }

  /** Waits until it is open, with this title if one is given (all of it, or a pattern). */
  async shown(title?: string | RegExp): Promise<void> {
    const wanted =
      title === undefined
        ? this.widget
        : this.widget.locator('.quick-input-title', { hasText: exactly(title) });
    await wanted.waitFor({ state: 'visible' });
  }

  /** Waits until it is closed. */
  async hidden(): Promise<void> {
    await this.widget.waitFor({ state: 'hidden' });
  }

  async title(): Promise<string> {
    await this.shown();
    return await this.widget.locator('.quick-input-title').innerText();
  }

  async placeholder(): Promise<string> {
    await this.shown();
    return (await this.input.getAttribute('placeholder')) ?? '';
  }

  /** Whether what is typed is shown as dots. */
  async isMasked(): Promise<boolean> {
    await this.shown();
    return (await this.input.getAttribute('type')) === 'password';
  }

  async value(): Promise<string> {
    await this.shown();
    return await this.input.inputValue();
  }

  /** Replaces what is in the box. */
  async type(text: string): Promise<void> {
    await this.shown();
    await this.input.fill(text);
  }

  /** Enter. The next step, if there is one, is waited for with `shown(title)`. */
  async accept(): Promise<void> {
    await this.input.press('Enter');
  }

  /** `type` and `accept`. */
  async answer(text: string): Promise<void> {
    await this.type(text);
    await this.accept();
  }

  async escape(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.hidden();
  }

  /** The arrow at the left of the title. */
  async back(): Promise<void> {
    await this.widget.locator('.quick-input-left-action-bar .action-label').first().click();
  }

  /** A button in the title, in the box or in a row, by its tooltip. */
  button(tooltip: string): Locator {
    return this.widget.locator(`.action-label[aria-label^="${tooltip}"]`);
  }

  /** The validation or prompt line under the box, once it matches. */
  async message(wanted: string | RegExp): Promise<string> {
    const line = this.widget.locator('.quick-input-message', { hasText: wanted });
    await line.waitFor();
    return await line.innerText();
  }

  /** A row by its label (all of it, or a pattern). */
  row(label: string | RegExp): Locator {
    return this.widget.locator('.monaco-list-row').filter({
      has: this.page.locator('.quick-input-list-entry .label-name', { hasText: exactly(label) }),
    });
  }

  /** What the visible rows say: label, description and detail, in this order. */
  async rows(): Promise<string[][]> {
    await this.widget.locator('.monaco-list-row').first().waitFor();
    return await this.widget
      .locator('.monaco-list-row')
      .evaluateAll(rows =>
        rows.map(row =>
          ['.label-name', '.label-description', '.quick-input-list-label-meta']
            .map(part => row.querySelector(part)?.textContent.replaceAll('\u00a0', ' ') ?? '')
            .filter(text => text !== ''),
        ),
      );
  }

  /** Clicks a row: in a pick of one this answers, in a pick of many it ticks. */
  async pick(label: string | RegExp): Promise<void> {
    await this.row(label).first().click();
  }

  /**
   * Answers VS Code's own file dialog, which takes Enter only for what it has listed.
   * @param entry something in the path's folder that it lists
   */
  async answerPath(filePath: string, entry: string): Promise<void> {
    await this.row('..').waitFor(); // Its first listing would overwrite what is typed.
    await this.type(`${path.dirname(filePath)}/`);
    await this.row(entry).waitFor();
    await this.type(filePath);
    await this.widget.locator('.quick-input-action .monaco-button').first().click();
  }
}
