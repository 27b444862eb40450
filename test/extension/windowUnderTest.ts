import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { TestApi } from '../../src/testApi';
import { replaceInWindow, until } from './waiting';

/** What the extension under test shows of its accounts without being asked. */
export class WindowUnderTest {
  /** In the status bar now. */
  readonly items: vscode.StatusBarItem[] = [];
  /** The extension has looked at the accounts, and changed what it shows. */
  readonly #looked = new vscode.EventEmitter<void>();
  readonly #watching: vscode.Disposable;

  private constructor(private readonly view: vscode.TreeView<unknown>) {
    this.#watching = vscode.Disposable.from(
      replaceInWindow(
        'createStatusBarItem',
        create =>
          (...args: unknown[]) =>
            this.#watched((create as (...all: unknown[]) => vscode.StatusBarItem)(...args)),
      ),
      this.#watchView(),
    );
  }

  static async watch(): Promise<WindowUnderTest> {
    const { uploadsView } = await vscode.commands.executeCommand<TestApi>('pyrus.testApi');
    return new WindowUnderTest(uploadsView.view);
  }

  dispose(): void {
    this.#watching.dispose();
  }

  /** Waits until what stands beside the title of the uploads view is this. */
  describes(wanted: (description: string) => boolean): Promise<void> {
    const holds = (): boolean => wanted(this.view.description ?? '');
    return until('the view names the account', holds, this.#looked.event);
  }

  /** Waits until there are as many in the status bar. */
  hasItems(count: number): Promise<void> {
    const holds = (): boolean => this.items.length === count;
    return until(`${count} in the status bar`, holds, this.#looked.event);
  }

  #watched(item: vscode.StatusBarItem): vscode.StatusBarItem {
    const dispose = item.dispose.bind(item);
    this.items.push(item);
    this.#looked.fire();
    item.dispose = () => {
      this.items.splice(this.items.indexOf(item), 1);
      this.#looked.fire();
      dispose();
    };
    return item;
  }

  /** The extension says what stands beside the title whenever it has looked at the accounts. */
  #watchView(): vscode.Disposable {
    const real = Object.getOwnPropertyDescriptor(this.view, 'description');
    assert.ok(real?.configurable);
    Object.defineProperty(this.view, 'description', {
      ...real,
      set: (value: unknown) => {
        real.set?.call(this.view, value);
        this.#looked.fire();
      },
    });
    return new vscode.Disposable(() => Object.defineProperty(this.view, 'description', real));
  }
}
