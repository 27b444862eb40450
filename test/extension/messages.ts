import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { Arrivals, replaceInWindow } from './waiting';

/** A message that the extension under test shows. */
export interface Message {
  readonly kind: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly string[];
  /** The button that was pressed, once the message is closed. */
  readonly answer: Promise<unknown>;
}

const kinds = {
  showInformationMessage: 'information',
  showWarningMessage: 'warning',
  showErrorMessage: 'error',
} as const;

type Show = (text: string, ...rest: readonly unknown[]) => Thenable<unknown>;

/** Meets, one after another, the messages of the extension under test; they are really shown. */
export class Messages {
  readonly #said = new Arrivals<Message>();
  readonly #watching: vscode.Disposable;

  constructor() {
    const watch = (name: keyof typeof kinds): vscode.Disposable =>
      replaceInWindow(name, real => this.#watched(kinds[name], real));
    this.#watching = vscode.Disposable.from(
      watch('showInformationMessage'),
      watch('showWarningMessage'),
      watch('showErrorMessage'),
    );
  }

  dispose(): void {
    this.#watching.dispose();
  }

  /** The next message. */
  next(): Promise<Message> {
    return this.#said.next('a message');
  }

  /** What was said and not met. */
  left(): readonly Message[] {
    return this.#said.left();
  }

  #watched(kind: Message['kind'], show: Show): Show {
    return (text, ...rest) => {
      const answer = Promise.resolve(show(text, ...rest));
      const buttons = rest.filter(item => typeof item === 'string');
      this.#said.add({ kind, text, buttons, answer });
      return answer;
    };
  }
}

/** Presses the first button of the newest message, which must be this one. */
export async function press({ text, buttons, answer }: Message, button: string): Promise<void> {
  assert.equal(buttons[0], button, text);
  await vscode.commands.executeCommand('notification.acceptPrimaryAction');
  assert.equal(await answer, button);
}
