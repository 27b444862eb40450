import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { fileFields } from '../pyrus/fileVersions';
import type { WritableField } from '../pyrus/fileVersions';
import { fileCount } from '../words/numbers';
import { fileNameText, plainText } from '../words/plainText';
import type { AttachPlan } from './attachPlan';

/** A row of the confirmation. */
export interface AttachRow extends vscode.QuickPickItem {
  readonly choice?: AttachChoice;
}

export type AttachChoice =
  | { readonly kind: 'attach' }
  /** Its words are still to be written. */
  | { readonly kind: 'comment' }
  /** The plan is to be another one. */
  | { readonly kind: 'change'; readonly plan: AttachPlan }
  /** A field is to be chosen. */
  | { readonly kind: 'fields' };

/** Attaching first; below it, how: each row says how it is and changes that. */
export function confirmRows(plan: AttachPlan, account: Account): AttachRow[] {
  const how = [fieldRow(plan), closedRow(plan), notificationRow(plan)].flatMap(row => row ?? []);
  const heading = {
    label: vscode.l10n.t('choose one to change it'),
    kind: vscode.QuickPickItemKind.Separator,
  };
  return [attachRow(plan, account), commentRow(), heading, ...how];
}

/** Where the files can go: the comment itself and the file fields of the form. */
export function fieldRows(plan: AttachPlan): AttachRow[] {
  const target = (label: string, field: WritableField | undefined, icon: string): AttachRow => ({
    label,
    iconPath: new vscode.ThemeIcon(icon),
    choice: { kind: 'change', plan: { ...plan, field } },
    ...(field?.section === undefined ? {} : { description: plainText(field.section, 60) }),
  });
  return [
    target(vscode.l10n.t('To the comment'), undefined, 'comment'),
    ...fileFields(plan.task).map(field => target(fieldText(field), field, 'symbol-field')),
  ];
}

function attachRow(plan: AttachPlan, account: Account): AttachRow {
  const { items } = plan;
  const names = items.map(({ name }) => fileNameText(name, 40)).join(', ');
  return {
    label: vscode.l10n.t('Attach'),
    description: items.length === 1 ? names : `${fileCount(items.length)}: ${names}`,
    detail: vscode.l10n.t('as {0}', plainText(account.label, 80)),
    iconPath: new vscode.ThemeIcon('check'),
    choice: { kind: 'attach' },
  };
}

function commentRow(): AttachRow {
  return {
    label: vscode.l10n.t('Attach with a Comment…'),
    iconPath: new vscode.ThemeIcon('comment'),
    choice: { kind: 'comment' },
  };
}

function fieldRow({ task, field }: AttachPlan): AttachRow | undefined {
  const fields = fileFields(task);
  if (fields.length === 0) {
    return undefined;
  }
  const names = fields.map(({ name, id }) => plainText(name, 40) || String(id)).join(', ');
  return {
    label: field === undefined ? vscode.l10n.t('To the comment') : fieldText(field),
    description: field === undefined ? vscode.l10n.t('or into a field: {0}', names) : '',
    iconPath: new vscode.ThemeIcon('symbol-field'),
    choice: { kind: 'fields' },
  };
}

function closedRow(plan: AttachPlan): AttachRow | undefined {
  if (!plan.task.isClosed) {
    return undefined;
  }
  return {
    label: plan.reopen
      ? vscode.l10n.t('The task is closed and will be reopened')
      : vscode.l10n.t('The task is closed and stays closed'),
    iconPath: new vscode.ThemeIcon(plan.reopen ? 'unlock' : 'lock'),
    choice: { kind: 'change', plan: { ...plan, reopen: !plan.reopen } },
  };
}

function notificationRow(plan: AttachPlan): AttachRow {
  const { skipNotification } = plan;
  return {
    label: skipNotification
      ? vscode.l10n.t('Nobody is notified')
      : vscode.l10n.t('The participants are notified'),
    iconPath: new vscode.ThemeIcon(skipNotification ? 'bell-slash' : 'bell'),
    choice: { kind: 'change', plan: { ...plan, skipNotification: !skipNotification } },
  };
}

function fieldText({ name, id }: WritableField): string {
  return name === ''
    ? vscode.l10n.t('Into field {0}', id)
    : vscode.l10n.t('Into the field “{0}”', plainText(name, 60));
}
