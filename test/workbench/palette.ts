import type { Page } from 'playwright-core';
import { eventually } from '../eventually';
import { inTime } from './inTime';
import type { QuickInput } from './quickInput';

const LOOK_MS = 1_000;
const READY_MS = 60_000;

/** The command palette. */
export class Palette {
  constructor(
    private readonly page: Page,
    private readonly quickInput: QuickInput,
  ) {}

  /** Runs a command by its full title, such as `Pyrus: Sign In…`, waiting until it is offered. */
  async run(title: string): Promise<void> {
    await this.ready(title);
    await this.open(title);
    await this.quickInput.pick(title);
  }

  /** Waits until a command is offered: extensions contribute seconds after the page has loaded. */
  async ready(title: string): Promise<void> {
    const end = performance.now() + READY_MS;
    while (!(await this.offers(title))) {
      if (performance.now() > end) {
        throw new Error(`The palette does not offer "${title}"`);
      }
    }
  }

  /** Whether a command is offered now. */
  async offers(title: string): Promise<boolean> {
    await this.open(title);
    try {
      return await inTime(this.quickInput.row(title).first().waitFor({ timeout: LOOK_MS }));
    } finally {
      await this.quickInput.escape();
    }
  }

  private async open(title: string): Promise<void> {
    await eventually(async () => {
      // What VS Code has just closed may take the key with it.
      await this.page.keyboard.press('F1');
      await this.quickInput.widget.waitFor({ state: 'visible', timeout: LOOK_MS });
    }, READY_MS);
    await this.quickInput.type(`>${title}`);
  }
}
