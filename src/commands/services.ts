import type * as vscode from 'vscode';
import type { Account, Accounts } from '../account/accounts';
import type { PyrusClient } from '../pyrus/client';

/** What commands are given; built once by the composition root. */
export interface Services {
  readonly accounts: Accounts;
  readonly client: PyrusClient;
  readonly log: vscode.LogOutputChannel;
  /** Leads through signing in. @returns undefined when the user left */
  readonly signIn: () => Promise<Account | undefined>;
  /** Puts texts at the cursors of the active editor. @returns false when there is no editor */
  readonly insertTexts: (texts: readonly string[]) => Promise<boolean>;
}
