import * as vscode from 'vscode';

/** A message that the extension under test shows. */
export interface Message {
  readonly kind: 'information' | 'warning' | 'error';
  readonly text: string;
  readonly buttons: readonly string[];
}

const kinds = {
  showInformationMessage: 'information',
  showWarningMessage: 'warning',
  showErrorMessage: 'error',
} as const;

type Show = (text: string, ...rest: unknown[]) => Thenable<unknown>;

/** Watches what the extension under test says; it is really shown, and a button can be pressed. */
export class Messages {
  readonly #said: Message[] = [];
  readonly #listeners = new Set<() => void>();
  readonly #undo: (() => void)[] = [];

  constructor() {
    for (const [name, kind] of Object.entries(kinds)) {
      const real = Reflect.get(vscode.window, name) as Show;
      const show: Show = (text, ...rest) => {
        const buttons = rest.filter(item => typeof item === 'string');
        this.#add({ kind, text, buttons });
        return real(text, ...rest);
      };
      Object.defineProperty(vscode.window, name, { value: show, configurable: true });
      this.#undo.push(() =>
        Object.defineProperty(vscode.window, name, { value: real, configurable: true }),
      );
    }
  }

  dispose(): void {
    this.#undo.forEach(undo => undo());
  }

  /** The next message; each is met once. */
  async next(): Promise<Message> {
    for (;;) {
      const message = this.#said.shift();
      if (message !== undefined) {
        return message;
      }
      await new Promise<void>(resolve => this.#listeners.add(resolve));
    }
  }

  /** What was said and not met. */
  left(): readonly Message[] {
    return this.#said;
  }

  #add(message: Message): void {
    this.#said.push(message);
    this.#listeners.forEach(listener => listener());
    this.#listeners.clear();
  }
}

/** Presses the first button of the newest message. */
export function pressFirstButton(): Thenable<void> {
  return vscode.commands.executeCommand('notification.acceptPrimaryAction');
}
