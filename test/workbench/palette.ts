import type { Page } from 'playwright-core';
import { eventually } from '../eventually';
import type { QuickInput } from './quickInput';

const LOOK_MS = 1_000;
const READY_MS = 60_000;
const LISTED_MS = 30_000;
/** Five similar commands at the most, and room for a row that says that nothing matches. */
const MOST_SIMILAR = 7;

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
      await this.listed();
      return (await this.quickInput.row(title).count()) > 0;
    } finally {
      await this.quickInput.escape();
    }
  }

  /**
   * Waits until the list is that of what is typed: its rows have what matches marked, or there are but
   * a few that VS Code takes for similar. The list of before is long, and nothing in it is marked.
   */
  private async listed(): Promise<void> {
    const rows = this.quickInput.widget.locator('.monaco-list-row');
    await eventually(async () => {
      const [all, marked] = await Promise.all([
        rows.count(),
        rows.filter({ has: this.page.locator('.highlight') }).count(),
      ]);
      if (marked === 0 && (all === 0 || all > MOST_SIMILAR)) {
        throw new Error(`the palette lists ${all} commands, whatever is typed`);
      }
    }, LISTED_MS);
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
