import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { Messages, press } from './messages';
import type { Message } from './messages';
import { until } from './waiting';

/** `pyrus.checkConnection` as somebody uses it. */
export class ConnectionCheck {
  readonly #messages = new Messages();

  dispose(): void {
    this.#messages.dispose();
  }

  /** Runs it. @returns what it says */
  async run(): Promise<Message> {
    await vscode.commands.executeCommand('pyrus.checkConnection');
    return this.#messages.next();
  }

  /** Runs it where something is wrong. @returns what it says, and the report that it opened */
  async failing(): Promise<{ readonly message: Message; readonly report: string }> {
    const message = await this.run();
    assert.equal(message.kind, 'warning', message.text);
    assert.equal(message.buttons.at(-1), 'Copy Report');
    return { message, report: openReport().getText() };
  }

  /** Runs it where all is well. @returns the report, shown with the button of the message */
  async passing(
    text = 'Everything works: Pyrus answers and accepts your sign-in.',
  ): Promise<string> {
    const message = await this.run();
    assert.equal(message.text, text);
    assert.deepEqual(message.buttons, ['Show Report', 'Copy Report']);
    assert.equal(reportTab(), undefined, 'it opened a report that nobody wanted');
    await press(message, 'Show Report');
    await until('the report is shown', () => reportTab() !== undefined, ...tabEvents());
    return openReport().getText();
  }
}

/** What the report says in a line: the mark, and the words after the label. */
export function lineAbout(report: string, label: string): string {
  const lines = report.split('\n');
  const at = lines.findIndex(line => line.includes(`  ${label}  `));
  assert.ok(at >= 0, `nothing about ${label} in:\n${report}`);
  const line = lines[at] ?? '';
  const column = line.length - line.replace(new RegExp(`^.*  ${label} +`), '').length;
  const more = lines.slice(at + 1);
  const end = more.findIndex(next => next.slice(0, column).trim() !== '' || next === '');
  const text = [line, ...more.slice(0, end)].map(part => part.slice(column)).join(' ');
  return `${line.trim().split(/ {2,}/)[0] ?? ''}: ${text}`;
}

/** What a click on the report does: texts, and commands with their arguments. */
export async function linksOf(): Promise<Record<string, string>> {
  const document = openReport();
  const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
    'vscode.executeLinkProvider',
    document.uri,
  );
  return Object.fromEntries(
    links.map(({ range, target }) => [document.getText(range), decodeURIComponent(String(target))]),
  );
}

function openReport(): vscode.TextDocument {
  const document = vscode.window.activeTextEditor?.document;
  assert.equal(document?.uri.scheme, 'pyrus-report', 'no report is open');
  return document;
}

function reportTab(): vscode.TextEditor | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.uri.scheme === 'pyrus-report' ? editor : undefined;
}

function tabEvents(): vscode.Event<unknown>[] {
  return [vscode.window.onDidChangeActiveTextEditor];
}
