import type { Locator, Page } from 'playwright-core';
import { exactly } from './text';

/** What shows when the mouse rests on a text. */
export class HoverWidget {
  private readonly content: Locator;

  constructor(private readonly page: Page) {
    this.content = page.locator('.monaco-hover:not(.hidden) .hover-contents:visible');
  }

  /** Rests the mouse on a text of the active editor. */
  async over(text: string): Promise<void> {
    const { x, y, width, height } = await this.boxOf(text);
    // From elsewhere: VS Code shows nothing under a mouse that has not moved.
    await this.page.mouse.move(x + width / 2, y + height * 4);
    await this.page.mouse.move(x + width / 2, y + height / 2, { steps: 5 });
  }

  /** Waits until it shows this. @returns all its text */
  async shown(text: string | RegExp): Promise<string> {
    const shown = this.with(text);
    await shown.waitFor();
    return (await shown.innerText()).replaceAll('\u00a0', ' ');
  }

  /** What can be clicked in the part that shows this text: labels with targets. */
  async links(text: string | RegExp): Promise<string[]> {
    return this.with(text)
      .locator('a')
      .evaluateAll(links =>
        links.map(
          link => `${link.textContent} → ${link.getAttribute('data-href') ?? link.outerHTML}`,
        ),
      );
  }

  async click(link: string): Promise<void> {
    await this.content.locator('a', { hasText: exactly(link) }).click();
  }

  private with(text: string | RegExp): Locator {
    return this.content.filter({ hasText: text }).first();
  }

  private async boxOf(
    text: string,
  ): Promise<NonNullable<Awaited<ReturnType<Locator['boundingBox']>>>> {
    const place = this.page
      .locator('.editor-group-container.active .editor-instance .view-lines')
      .getByText(text)
      .last();
    const box = await place.boundingBox();
    if (box === null) {
      throw new Error(`The editor does not show "${text}"`);
    }
    return box;
  }
}
