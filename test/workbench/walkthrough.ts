import type { Locator, Page } from 'playwright-core';

/** The page "Get Started", with a walkthrough open. */
export class Walkthrough {
  readonly page: Locator;

  constructor(page: Page) {
    this.page = page.locator('.gettingStartedContainer .gettingStartedSlideDetails');
  }

  /** The titles of its steps, and whether each is ticked off. */
  async steps(): Promise<[title: string, isDone: boolean][]> {
    const steps = this.page.locator('.getting-started-step');
    await steps.first().waitFor();
    return steps.evaluateAll(rows =>
      rows.map(row => [
        row.querySelector('.step-title')?.textContent ?? '',
        row.querySelector('.codicon.complete') !== null,
      ]),
    );
  }

  async open(title: string): Promise<void> {
    const step = this.page.locator('.getting-started-step', { hasText: title });
    await step.locator('.step-title').click();
    await step.and(this.page.locator('.expanded')).waitFor();
  }

  /**
   * Waits for the picture of the open step; where there is little room, newer editors hide it.
   * @returns its width in pixels; 0 when it cannot be shown
   */
  async pictureWidth(): Promise<number> {
    const picture = this.page.locator('.getting-started-media img');
    await picture.waitFor({ state: 'attached' });
    return picture.evaluate(async element => {
      const image = element as HTMLImageElement;
      await image.decode().catch(() => undefined);
      return image.naturalWidth;
    });
  }
}
