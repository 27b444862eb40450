import * as vscode from 'vscode';
import { replaceInWindow, until } from './waiting';

/** Watches the notification with a bar of the extension under test, and presses its Cancel. */
export class ProgressWatch {
  readonly #said: string[] = [];
  #isShown = false;
  readonly #speaking = new vscode.EventEmitter<void>();
  readonly #cancelling = new vscode.CancellationTokenSource();
  readonly #watching = replaceInWindow(
    'withProgress',
    real =>
      <T>(options: vscode.ProgressOptions, task: Task<T>): Thenable<T> =>
        real(options, (progress, token) => {
          token.onCancellationRequested(() => this.#cancelling.cancel());
          this.#isShown = true;
          this.#speaking.fire();
          return task({ report: value => this.#report(progress, value) }, this.#cancelling.token);
        }),
  );

  /** Waits until it is there, whatever it says. */
  async shown(): Promise<void> {
    await until('a progress is shown', () => this.#isShown, this.#speaking.event);
  }

  /** Waits until it says something like this. */
  async says(pattern: RegExp): Promise<void> {
    await until(
      `a progress says ${String(pattern)}`,
      () => this.#said.some(text => pattern.test(text)),
      this.#speaking.event,
    );
  }

  cancel(): void {
    this.#cancelling.cancel();
  }

  dispose(): void {
    this.#watching.dispose();
    this.#cancelling.dispose();
  }

  #report(progress: vscode.Progress<State>, state: State): void {
    progress.report(state);
    this.#said.push(state.message ?? '');
    this.#speaking.fire();
  }
}

interface State {
  readonly message?: string;
  readonly increment?: number;
}

type Task<T> = (progress: vscode.Progress<State>, token: vscode.CancellationToken) => Thenable<T>;
