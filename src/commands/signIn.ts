import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { plainText } from '../words/plainText';
import { accountRow } from './accountRows';
import { Cancelled } from './command';
import { pickRow } from './pickRow';
import type { Services } from './services';

/** `pyrus.signIn`; with the id of an account that is signed in: again, so that only the key is asked for. */
export async function signInCommand(
  { accounts, signIn }: Services,
  [id]: readonly unknown[],
): Promise<void> {
  const again = typeof id === 'string' ? await accounts.find(id) : undefined;
  const account = await signIn(again);
  if (account === undefined) {
    throw new Cancelled();
  }
  const isOneOfSeveral = (await accounts.all()).length > 1;
  void vscode.window.showInformationMessage(
    [
      signedInText(account),
      ...(isOneOfSeveral ? [vscode.l10n.t('This window uses this account now.')] : []),
    ].join(' '),
  );
}

/** `pyrus.signOut`: removes the account with its key and its token. */
export async function signOutCommand({ accounts }: Services): Promise<void> {
  const account = await askWhichAccount(await accounts.all(), await accounts.current());
  if (!(await accounts.signOut(account.id))) {
    // The warning about the keyring says what holds now.
    return;
  }
  const next = await accounts.current();
  void vscode.window.showInformationMessage(
    [
      vscode.l10n.t(
        'Signed out: {0}. The key and the token are removed from this computer.',
        plainText(account.label),
      ),
      ...(next === undefined
        ? []
        : [vscode.l10n.t('This window uses {0} now.', plainText(next.label))]),
    ].join(' '),
  );
}

async function askWhichAccount(
  accounts: readonly Account[],
  current: Account | undefined,
): Promise<Account> {
  const [only] = accounts;
  if (only === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('You are not signed in to Pyrus.'));
    throw new Cancelled();
  }
  if (accounts.length === 1) {
    return only;
  }
  const picked = await pickRow(
    accounts.map(account => accountRow(account, current)),
    {
      title: vscode.l10n.t('Sign Out'),
      placeholder: vscode.l10n.t('Which account?'),
      matchOnDescription: true,
      matchOnDetail: true,
    },
  );
  return picked.account;
}

function signedInText({ name, organization }: Account): string {
  return organization === ''
    ? vscode.l10n.t('Signed in as {0}.', plainText(name))
    : vscode.l10n.t('Signed in as {0}, {1}.', plainText(name), plainText(organization));
}
