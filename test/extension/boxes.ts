import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

/** A list or an input box that the extension under test shows. */
export class Box {
  constructor(private readonly input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox) {}

  get title(): string {
    return this.input.title ?? '';
  }

  /** What the rows say: label, then description and detail if there are any. */
  rows(): string[][] {
    return this.#pick.items.map(({ label, description, detail }) =>
      [label, description, detail].flatMap(text => (text === undefined || text === '' ? [] : text)),
    );
  }

  labels(): string[] {
    return this.#pick.items.map(({ label }) => label);
  }

  /** Waits until a row says this. */
  async has(label: string | RegExp): Promise<void> {
    await until(this.#pick.onDidChangeActive, () =>
      this.labels().some(found => matches(found, label)),
    );
  }

  /** Replaces what is typed, and waits until the extension has been told. */
  async type(text: string): Promise<void> {
    const told = new Promise<void>(resolve => this.input.onDidChangeValue(() => resolve()));
    this.input.value = text;
    await told;
  }

  /** Moves to the row with this label and presses Enter. */
  async choose(label: string): Promise<void> {
    await this.has(label);
    const pick = this.#pick;
    while (pick.activeItems[0]?.label !== label) {
      const moved = new Promise<void>(resolve => pick.onDidChangeActive(() => resolve()));
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await moved;
    }
    await enter();
  }

  get #pick(): vscode.QuickPick<vscode.QuickPickItem> {
    assert.ok('items' in this.input, 'not a list');
    return this.input;
  }
}

/** Watches what the extension under test shows; it is really shown, and real keys answer it. */
export class Boxes {
  readonly #shown: Box[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #undo: (() => void)[] = [];

  constructor() {
    for (const name of ['createQuickPick', 'createInputBox'] as const) {
      const real: unknown = vscode.window[name];
      const create = (): vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox =>
        this.#watched((real as typeof create).call(vscode.window));
      Object.defineProperty(vscode.window, name, { value: create, configurable: true });
      this.#undo.push(() =>
        Object.defineProperty(vscode.window, name, { value: real, configurable: true }),
      );
    }
  }

  dispose(): void {
    this.#undo.forEach(undo => undo());
  }

  /** The next box that is shown; each is met once. */
  async next(title?: string | RegExp): Promise<Box> {
    const [box] = await this.#take();
    if (title !== undefined) {
      assert.ok(matches(box.title, title), `the box is "${box.title}"`);
    }
    return box;
  }

  async #take(): Promise<[Box]> {
    for (;;) {
      const box = this.#shown.shift();
      if (box !== undefined) {
        return [box];
      }
      await new Promise<void>(resolve => this.#listeners.add(resolve));
    }
  }

  #watched<T extends vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox>(input: T): T {
    const show = input.show.bind(input);
    input.show = () => {
      show();
      this.#shown.push(new Box(input));
      this.#listeners.forEach(listener => listener());
      this.#listeners.clear();
    };
    return input;
  }
}

export function enter(): Thenable<void> {
  return vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

export function escape(): Thenable<void> {
  return vscode.commands.executeCommand('workbench.action.closeQuickOpen');
}

async function until(event: vscode.Event<unknown>, isSo: () => boolean): Promise<void> {
  while (!isSo()) {
    await new Promise<void>(resolve => {
      const listening = event(() => {
        listening.dispose();
        resolve();
      });
    });
  }
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}
