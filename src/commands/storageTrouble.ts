import * as vscode from 'vscode';
import type { Accounts } from '../account/accounts';
import type { StorageTrouble } from '../account/accountStorage';

/** Says once of each kind what the computer's storage of secrets failed at. */
export function warnOfStorageTrouble(accounts: Accounts): { dispose(): void } {
  const told = new Set<StorageTrouble>();
  return accounts.onTrouble(trouble => {
    if (!told.has(trouble)) {
      told.add(trouble);
      void vscode.window.showWarningMessage(troubleText(trouble));
    }
  });
}

function troubleText(trouble: StorageTrouble): string {
  switch (trouble) {
    case 'notRead':
      return vscode.l10n.t(
        'The saved sign-in could not be read from the keyring of this computer. Sign in again.',
      );
    case 'notStored':
      return vscode.l10n.t(
        'The keyring of this computer did not take your sign-in: it lasts until this window closes.',
      );
    case 'notRemoved':
      return vscode.l10n.t(
        'You are signed out in this window, but the keyring of this computer still has the saved sign-in. Remove it there.',
      );
  }
}
