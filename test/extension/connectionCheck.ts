import * as vscode from 'vscode';
import { Messages, press } from './messages';
import type { Message } from './messages';

/** `pyrus.checkConnection` as somebody uses it. */
export class ConnectionCheck {
  readonly #messages = new Messages();

  dispose(): void {
    this.#messages.dispose();
  }

  /** Runs it. @returns what it says, and the report that it opened */
  async run(): Promise<{ readonly message: Message; readonly report: string | undefined }> {
    await vscode.commands.executeCommand('pyrus.checkConnection');
    const message = await this.#messages.next();
    return { message, report: openReport()?.getText() };
  }

  /** Presses the button that copies the report. */
  async copied(message: Message): Promise<string> {
    await vscode.env.clipboard.writeText('');
    await press(message, message.buttons[0] ?? '');
    return vscode.env.clipboard.readText();
  }
}

function openReport(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  return document?.uri.scheme === 'pyrus-report' ? document : undefined;
}
