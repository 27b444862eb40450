import * as vscode from 'vscode';
import { plainText } from '../words/plainText';

/**
 * “Оплата счёта” (#11613); a task without a title by its id. The Russian says "задаче", which follows
 * "к" and "в".
 */
export function taskText({ id, title }: { readonly id: number; readonly title?: string }): string {
  return title === undefined
    ? vscode.l10n.t('task {0}', id)
    : vscode.l10n.t('“{0}” (#{1})', plainText(title, 60), id);
}
