import * as vscode from 'vscode';
import type { Reference } from '../pyrus/links';
import { plainText } from '../words/plainText';
import type { TaskChoice } from './taskChoices';

/** A row of the task picker; one without a task cannot be chosen. */
export interface TaskRow extends vscode.QuickPickItem {
  readonly taskId?: number;
}

/** Titles in a list: what is longer is cut off by the box anyway. */
const TITLE = 120;

/** What is offered before anything is typed: suggestions first, then under headings. */
export function choiceRows(choices: readonly TaskChoice[]): TaskRow[] {
  const rows: TaskRow[] = [];
  let heading: string | undefined;
  for (const choice of choices) {
    const wanted = headingOf(choice);
    if (wanted !== heading) {
      rows.push({ kind: vscode.QuickPickItemKind.Separator, label: wanted ?? '' });
      heading = wanted;
    }
    rows.push(choiceRow(choice));
  }
  return rows;
}

function headingOf({ source }: TaskChoice): string | undefined {
  switch (source) {
    case 'recent':
      return vscode.l10n.t('recently used');
    case 'inbox':
      return vscode.l10n.t('inbox');
    default:
      return undefined;
  }
}

function choiceRow(choice: TaskChoice): TaskRow {
  const { id, title } = choice;
  const why = reasonOf(choice);
  const parts = [
    ...(title === undefined ? [] : [vscode.l10n.t('#{0}', String(id))]),
    ...(why === undefined ? [] : [why]),
  ];
  return { ...taskRow(id, title, iconOf(choice)), description: parts.join(' · ') };
}

function taskRow(id: number, title: string | undefined, icon: string): TaskRow {
  const label = title === undefined ? vscode.l10n.t('Task {0}', id) : plainText(title, TITLE);
  return { label, iconPath: new vscode.ThemeIcon(icon), taskId: id };
}

function iconOf({ source }: TaskChoice): string {
  switch (source) {
    case 'selection':
      return 'selection';
    case 'clipboard':
      return 'clippy';
    case 'branch':
      return 'git-branch';
    case 'recent':
      return 'history';
    case 'inbox':
      return 'inbox';
  }
}

function reasonOf({ source, detail }: TaskChoice): string | undefined {
  const text = detail === undefined ? undefined : plainText(detail, 60);
  switch (source) {
    case 'selection':
      return vscode.l10n.t('selected in the editor');
    case 'clipboard':
      return vscode.l10n.t('from the clipboard');
    case 'branch':
      return vscode.l10n.t('git branch {0}', text ?? '');
    default:
      return text;
  }
}

/**
 * The one row for what was typed. @returns undefined when it is just a text to filter the list with
 * @param titleOf what is known of a task
 */
export function typedRow(
  reference: Reference,
  titleOf: (id: number) => string | undefined,
): TaskRow | undefined {
  if (reference.kind !== 'task') {
    const problem = problemText(reference);
    return problem === undefined ? undefined : messageRow(problem, 'warning');
  }
  const { id } = reference;
  const title = titleOf(id);
  const row = { ...taskRow(id, title, 'arrow-right'), alwaysShow: true };
  return title === undefined ? row : { ...row, description: vscode.l10n.t('#{0}', String(id)) };
}

/** A row that says something, whatever is typed. */
export function messageRow(text: string, icon: string): TaskRow {
  return { label: text, iconPath: new vscode.ThemeIcon(icon), alwaysShow: true };
}

function problemText(reference: Reference): string | undefined {
  switch (reference.kind) {
    case 'task':
      return undefined;
    case 'file':
      return vscode.l10n.t(
        'This link leads to file {0}, not to the task that has it.',
        reference.id,
      );
    case 'guid':
      return vscode.l10n.t('This is an upload GUID, not a task.');
    case 'form':
      return vscode.l10n.t('This link leads to a form, not to a task.');
    case 'foreign':
      return vscode.l10n.t(
        '{0} is not the Pyrus you are signed in to.',
        plainText(reference.host, 60),
      );
    case 'badId':
      return vscode.l10n.t('{0} is no task id.', plainText(reference.text, 40));
    case 'unknown':
      return /^\w+:\/\//.test(reference.text)
        ? vscode.l10n.t('This link does not lead to a Pyrus task.')
        : undefined;
  }
}
