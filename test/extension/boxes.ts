import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

type Input = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;
type ShowQuickPick = (
  items: readonly vscode.QuickPickItem[],
  options?: vscode.QuickPickOptions,
) => Thenable<unknown>;

/** Milliseconds until a key counts as lost. */
const PATIENCE = 1500;

/** A list or an input box that the extension under test shows. */
export class Box {
  readonly #listeners = new Set<() => void>();

  constructor(
    readonly title: string,
    readonly items: () => readonly vscode.QuickPickItem[],
    private readonly active: () => vscode.QuickPickItem | undefined,
    private readonly input?: Input,
  ) {}

  /** Called when another row has become active, or rows came. */
  readonly changed = (): void => {
    this.#listeners.forEach(listener => listener());
    this.#listeners.clear();
  };

  /** What the rows say: label, then description and detail if there are any. */
  rows(): string[][] {
    return this.items().map(({ label, description, detail }) =>
      [label, description, detail].flatMap(text => (text === undefined || text === '' ? [] : text)),
    );
  }

  labels(): string[] {
    return this.items().map(({ label }) => label);
  }

  get placeholder(): string {
    return this.input?.placeholder ?? '';
  }

  /** Waits until a row says this. */
  async has(label: string | RegExp): Promise<void> {
    while (!this.labels().some(found => matches(found, label))) {
      await this.#change();
    }
  }

  /** Waits until the row that Enter takes says this. */
  async isAt(label: string | RegExp): Promise<void> {
    while (!matches(this.active()?.label ?? '', label)) {
      await this.#change();
    }
  }

  /** Replaces what is typed, and waits until the extension has been told. */
  async type(text: string): Promise<void> {
    const { input } = this;
    assert.ok(input);
    const told = new Promise<void>(resolve => input.onDidChangeValue(() => resolve()));
    input.value = text;
    await told;
  }

  /** Moves to the row with this label and presses Enter. */
  async choose(label: string): Promise<void> {
    await this.has(label);
    while (this.active()?.label !== label) {
      await until(this.#change(), () =>
        vscode.commands.executeCommand('workbench.action.quickOpenSelectNext'),
      );
    }
    await this.#press(enter);
  }

  /** Waits until it is on the screen, and leaves with Esc. */
  async leave(): Promise<void> {
    await this.isAt(/./);
    await this.#press(escape);
  }

  async #press(key: () => Thenable<void>): Promise<void> {
    const { input } = this;
    if (input === undefined) {
      await key();
      return;
    }
    const heard = new Promise<void>(resolve => {
      input.onDidAccept(() => resolve());
      input.onDidHide(() => resolve());
    });
    await until(heard, key);
  }

  #change(): Promise<void> {
    return new Promise(resolve => this.#listeners.add(resolve));
  }
}

/** Watches what the extension under test shows; it is really shown, and real keys answer it. */
export class Boxes {
  readonly #shown: Box[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #undo: (() => void)[] = [];

  constructor() {
    const { createQuickPick, createInputBox, showQuickPick } = vscode.window;
    const showList = showQuickPick as ShowQuickPick;
    this.#replace('createQuickPick', () => this.#watched(createQuickPick()));
    this.#replace('createInputBox', () => this.#watched(createInputBox()));
    const show: ShowQuickPick = (items, options) => {
      let active: vscode.QuickPickItem | undefined;
      const box = new Box(
        options?.title ?? '',
        () => items,
        () => active,
      );
      this.#add(box);
      const onDidSelectItem = (item: vscode.QuickPickItem | string): void => {
        active = typeof item === 'string' ? undefined : item;
        box.changed();
      };
      return showList(items, { ...options, onDidSelectItem });
    };
    this.#replace('showQuickPick', show);
  }

  dispose(): void {
    this.#undo.forEach(undo => undo());
  }

  /** The next box that is shown; each is met once. */
  async next(title?: string | RegExp): Promise<Box> {
    for (;;) {
      const box = this.#shown.shift();
      if (box !== undefined) {
        assert.ok(title === undefined || matches(box.title, title), `the box is "${box.title}"`);
        return box;
      }
      await new Promise<void>(resolve => this.#listeners.add(resolve));
    }
  }

  /** Titles of what was shown and not met. */
  left(): string[] {
    return this.#shown.map(({ title }) => title);
  }

  #replace(name: 'createQuickPick' | 'createInputBox' | 'showQuickPick', value: unknown): void {
    const real = vscode.window[name];
    Object.defineProperty(vscode.window, name, { value, configurable: true });
    this.#undo.push(() =>
      Object.defineProperty(vscode.window, name, { value: real, configurable: true }),
    );
  }

  #watched(input: Input): Input {
    const show = input.show.bind(input);
    input.show = () => {
      show();
      const pick = 'items' in input ? input : undefined;
      const box = new Box(
        input.title ?? '',
        () => pick?.items ?? [],
        () => pick?.activeItems[0],
        input,
      );
      pick?.onDidChangeActive(box.changed);
      this.#add(box);
    };
    return input;
  }

  #add(box: Box): void {
    this.#shown.push(box);
    this.#listeners.forEach(listener => listener());
    this.#listeners.clear();
  }
}

/**
 * VS Code tells nobody that a box is on the screen, and a key pressed before is lost: it is pressed
 * again when nothing has come of it for a while.
 */
async function until(heard: Promise<void>, key: () => Thenable<void>): Promise<void> {
  const timer = setInterval(() => void key(), PATIENCE);
  try {
    await key();
    await heard;
  } finally {
    clearInterval(timer);
  }
}

export function enter(): Thenable<void> {
  return vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
}

export function escape(): Thenable<void> {
  return vscode.commands.executeCommand('workbench.action.closeQuickOpen');
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}
