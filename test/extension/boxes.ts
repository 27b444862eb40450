import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { Arrivals, replaceInWindow, until } from './waiting';

type Input = vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox;

/**
 * A list or an input box of the extension under test, on the screen, answered with the workbench's
 * own commands. That it is on the screen is known from the workbench: of a list it reports which row is
 * active. Of an input box it reports nothing, but there a key cannot come too early: it takes the same
 * way as the box, behind it.
 */
export class Box {
  readonly #accepted = new vscode.EventEmitter<void>();
  readonly #hidden = new vscode.EventEmitter<void>();
  #isHidden = false;

  constructor(private readonly input: Input) {
    input.onDidAccept(() => this.#accepted.fire());
    input.onDidHide(() => {
      this.#isHidden = true;
      this.#hidden.fire();
    });
  }

  get title(): string {
    return this.input.title ?? '';
  }

  get placeholder(): string {
    return this.input.placeholder ?? '';
  }

  get value(): string {
    return this.input.value;
  }

  /** What the rows say: label, then description and detail if there are any. */
  rows(): string[][] {
    return this.#list.items.map(({ label, description, detail }) =>
      [label, description, detail].flatMap(text => (text === undefined || text === '' ? [] : text)),
    );
  }

  labels(): string[] {
    return this.#list.items.map(({ label }) => label);
  }

  /** Waits until a row says this. */
  async has(label: string | RegExp): Promise<void> {
    await this.#until(`has a row ${String(label)}`, () =>
      this.labels().some(found => matches(found, label)),
    );
  }

  /** Waits until Enter would take the row that says this. */
  async isAt(label: string | RegExp): Promise<void> {
    await this.#until(`is at the row ${String(label)}`, () => {
      const { activeItems, items } = this.#list;
      const [active] = activeItems;
      // What was active in a list that is no longer the one on the screen does not count.
      return active !== undefined && items.includes(active) && matches(active.label, label);
    });
  }

  /** Replaces what is typed. */
  async type(text: string): Promise<void> {
    const { input } = this;
    if (!('items' in input)) {
      input.value = text;
      return;
    }
    await this.isAt(/^/);
    let isTold = input.value === text;
    const listening = input.onDidChangeValue(() => (isTold = true));
    input.value = text;
    await until(`“${this.title}” is told of “${text}”`, () => isTold, input.onDidChangeValue);
    listening.dispose();
  }

  /** Moves to the row with this label and presses Enter. */
  async choose(label: string): Promise<void> {
    await this.has(label);
    await this.isAt(/^/);
    while (this.#list.activeItems[0]?.label !== label) {
      const [before] = this.#list.activeItems;
      await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
      await this.#until('moves on', () => this.#list.activeItems[0] !== before);
    }
    await this.isAt(label);
    await this.enter();
  }

  /** Presses Enter, and waits until the extension has been told. */
  async enter(): Promise<void> {
    let isHeard = false;
    const listening = this.#accepted.event(() => (isHeard = true));
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    await until(
      `“${this.title}” takes Enter`,
      () => isHeard || this.#isHidden,
      this.#accepted.event,
      this.#hidden.event,
    );
    listening.dispose();
  }

  /** Leaves with Esc, once it is on the screen. */
  async leave(): Promise<void> {
    await this.#onScreen();
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await until(`“${this.title}” takes Esc`, () => this.#isHidden, this.#hidden.event);
  }

  /** Presses the button that goes back, once it is on the screen. */
  async back(): Promise<void> {
    await this.#onScreen();
    await vscode.commands.executeCommand('workbench.action.quickInputBack');
    await until(`“${this.title}” goes back`, () => this.#isHidden, this.#hidden.event);
  }

  async #onScreen(): Promise<void> {
    if ('items' in this.input) {
      await this.isAt(/^/);
    }
  }

  #until(what: string, holds: () => boolean): Promise<void> {
    return until(`“${this.title}” ${what}`, holds, this.#list.onDidChangeActive);
  }

  get #list(): vscode.QuickPick<vscode.QuickPickItem> {
    const { input } = this;
    assert.ok('items' in input, `“${this.title}” is no list`);
    return input;
  }
}

/** Meets, one after another, the boxes that the extension under test shows. */
export class Boxes {
  readonly #shown = new Arrivals<Box>();
  readonly #watching: vscode.Disposable;

  constructor() {
    this.#watching = vscode.Disposable.from(
      replaceInWindow('createQuickPick', create => () => this.#watched(create())),
      replaceInWindow('createInputBox', create => () => this.#watched(create())),
    );
  }

  async dispose(): Promise<void> {
    this.#watching.dispose();
    // What a test that failed has left open would take the keys of the next one.
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
  }

  /** The next box that is shown. */
  async next(title: string | RegExp = /^/): Promise<Box> {
    const box = await this.#shown.next(`the box ${String(title)}`);
    assert.ok(matches(box.title, title), `the box is “${box.title}”, not ${String(title)}`);
    return box;
  }

  /** Titles of what was shown and not met. */
  left(): string[] {
    return this.#shown.left().map(({ title }) => title);
  }

  #watched<T extends Input>(input: T): T {
    const show = input.show.bind(input);
    input.show = () => {
      show();
      this.#shown.add(new Box(input));
    };
    return input;
  }
}

function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text === wanted : wanted.test(text);
}
