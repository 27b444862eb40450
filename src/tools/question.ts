import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { byteSize } from '../words/numbers';
import { escapedText } from '../words/markdown';
import { fileNameText, plainText } from '../words/plainText';
import { shownPath } from './workspaceFiles';
import type { WorkspaceFile } from './workspaceFiles';

/** What the user is asked before a tool runs. */
export interface Question {
  /** Has nothing from outside in it: VS Code may take it for Markdown. */
  readonly title: string;
  /** One for each file, made by the functions below. */
  readonly rows?: readonly string[];
  /** Sentences in which everything from outside is escaped. */
  readonly notes: readonly string[];
  readonly account: Account;
  /** What is said while it runs. As the title. */
  readonly running: string;
}

/** The question as VS Code shows it: Markdown that trusts nobody, or plain text in a modal box. */
export function asked({
  title,
  rows = [],
  notes,
  account,
  running,
}: Question): vscode.PreparedToolInvocation {
  const who = vscode.l10n.t('Account: {0}', escapedText(plainText(account.label, 100)));
  // Lines, for as plain text VS Code shows the items of a list with their backslashes.
  const list = rows.map(row => `• ${row}`).join('  \n');
  const message = [...(list === '' ? [] : [list]), ...notes, who].join('\n\n');
  return {
    invocationMessage: running,
    confirmationMessages: { title, message: new vscode.MarkdownString(message) },
  };
}

/** src/report.pdf (1.5 MB) */
export function fileRow({ uri, size }: WorkspaceFile): string {
  return `${escapedName(shownPath(uri))} (${escapedText(byteSize(size))})`;
}

/** A file name or path of whatever length, for a row or a sentence. */
export function escapedName(name: string): string {
  return escapedText(fileNameText(name, 120));
}

/** “Оплата счёта” (#11613), or the id alone; as part of a sentence. */
export function escapedTask(id: number, title?: string): string {
  const number = escapedText(vscode.l10n.t('#{0}', String(id)));
  return title === undefined
    ? number
    : `${escapedText(vscode.l10n.t('“{0}”', plainText(title, 100)))} (${number})`;
}
