import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { plainText } from '../words/plainText';

export interface AccountRow extends vscode.QuickPickItem {
  readonly account: Account;
}

/** An account in a list: who it is, where, and how it stands. */
export function accountRow(account: Account, current: Account | undefined): AccountRow {
  const { name, label, organization, server, grant } = account;
  const isCurrent = account.id === current?.id;
  return {
    account,
    label: plainText(name),
    iconPath: new vscode.ThemeIcon(
      grant === undefined ? 'warning' : isCurrent ? 'check' : 'account',
    ),
    description: plainText(label),
    detail: [
      plainText(organization),
      // The label of any other has its host.
      ...(server.kind === 'cloud' ? ['pyrus.com'] : []),
      ...(isCurrent ? [vscode.l10n.t('used in this window')] : []),
      ...(grant === undefined ? [vscode.l10n.t('Pyrus no longer accepts it: sign in again')] : []),
    ]
      .filter(text => text !== '')
      .join(' · '),
  };
}

/** Who works with Pyrus in this window, when there are several who could; else nothing. */
export function accountSentence(account: Account, all: readonly Account[]): string {
  return all.length > 1 ? vscode.l10n.t('Account: {0}.', plainText(account.label)) : '';
}
