import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { plainText } from '../words/plainText';
import { Cancelled } from './command';
import { pickRow } from './pickRow';
import type { Services } from './services';

/** `pyrus.signIn` */
export async function signInCommand({ signIn }: Services): Promise<void> {
  const account = await signIn();
  if (account === undefined) {
    throw new Cancelled();
  }
  void vscode.window.showInformationMessage(signedInText(account));
}

/** `pyrus.signOut`: removes the account with its key and its token. */
export async function signOutCommand({ accounts }: Services): Promise<void> {
  const account = await askWhichAccount(await accounts.all());
  if (!(await accounts.signOut(account.id))) {
    // The warning about the keyring says what holds now.
    return;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      'Signed out: {0}. The key and the token are removed from this computer.',
      plainText(account.label),
    ),
  );
}

async function askWhichAccount(accounts: readonly Account[]): Promise<Account> {
  const [only] = accounts;
  if (only === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('You are not signed in to Pyrus.'));
    throw new Cancelled();
  }
  if (accounts.length === 1) {
    return only;
  }
  const picked = await pickRow(
    accounts.map(account => ({
      label: plainText(account.label),
      description: plainText(account.organization),
      account,
    })),
    { title: vscode.l10n.t('Sign Out'), placeholder: vscode.l10n.t('Which account?') },
  );
  return picked.account;
}

function signedInText({ name, organization }: Account): string {
  return organization === ''
    ? vscode.l10n.t('Signed in as {0}.', plainText(name))
    : vscode.l10n.t('Signed in as {0}, {1}.', plainText(name), plainText(organization));
}
