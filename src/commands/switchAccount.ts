import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { plainText } from '../words/plainText';
import { accountRow } from './accountRows';
import { Cancelled } from './command';
import { pickRow } from './pickRow';
import type { Services } from './services';
import { signInCommand, signOutCommand } from './signIn';

interface Row extends vscode.QuickPickItem {
  readonly account?: Account;
  /** What the row does that is no account. */
  readonly run?: () => Promise<void>;
}

/**
 * `pyrus.switchAccount`: which of the accounts signed in commands use in this window, and in this
 * workspace from now on. Windows with other workspaces keep theirs, and so does what runs.
 */
export async function switchAccount(services: Services): Promise<void> {
  const all = await services.accounts.all();
  if (all.length === 0) {
    await signInCommand(services, []);
    return;
  }
  const { account, run } = await pickRow(await rows(services, all), {
    title: vscode.l10n.t('Switch Account'),
    placeholder: vscode.l10n.t('Which account shall this window use?'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await (account === undefined ? run?.() : use(services, account));
}

async function rows(services: Services, all: readonly Account[]): Promise<Row[]> {
  const current = await services.accounts.current();
  return [
    ...all.map(account => accountRow(account, current)),
    { label: '', kind: vscode.QuickPickItemKind.Separator },
    {
      label: vscode.l10n.t('Sign In to Another Account…'),
      iconPath: new vscode.ThemeIcon('add'),
      run: () => signInCommand(services, []),
    },
    {
      label: vscode.l10n.t('Sign Out…'),
      iconPath: new vscode.ThemeIcon('sign-out'),
      run: () => signOutCommand(services),
    },
  ];
}

/** @throws Cancelled when it has to be signed in to again, and the user leaves */
async function use({ accounts, signIn }: Services, account: Account): Promise<void> {
  if (account.grant === undefined) {
    if ((await signIn(account)) === undefined) {
      throw new Cancelled();
    }
  } else {
    await accounts.switchTo(account.id);
  }
  vscode.window.setStatusBarMessage(`$(check) Pyrus: ${plainText(account.label)}`, 5000);
}
