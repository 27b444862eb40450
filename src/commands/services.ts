import type * as vscode from 'vscode';
import type { Account, Accounts } from '../account/accounts';
import type { PyrusClient } from '../pyrus/client';
import type { Sighting } from '../pyrus/probe';
import type { PartJournal } from '../transfer/partJournal';
import type { RecentTasks } from './recentTasks';
import type { UploadHistory } from '../history/uploadHistory';
import type { RunningTransfers } from '../transfer/runningTransfers';
import type { GuidsInCode } from './guidsInCode';
import type { Insertion } from './insertion';
import type { PyrusDocuments } from './pyrusFile';
import type { ReportDocuments } from './reportDocuments';

/** What commands are given; built once by the composition root. */
export interface Services {
  readonly accounts: Accounts;
  /** Pyrus as this account sees it: it stays so whoever signs in meanwhile. */
  readonly clientOf: (account: Account) => PyrusClient;
  /** Whatever moves bytes, to be ended when the window closes. */
  readonly transfers: RunningTransfers;
  /** Where downloads note their temporary files. */
  readonly parts: PartJournal;
  /** Every verified upload goes there. */
  readonly history: UploadHistory;
  readonly recentTasks: RecentTasks;
  /** What is selected in the uploads view; a key tells no command. */
  readonly selectedUploads: () => readonly unknown[];
  readonly log: vscode.LogOutputChannel;
  /**
   * Leads through signing in.
   * @param again signed in already: only what Pyrus no longer accepts is asked for
   * @returns undefined when the user left
   */
  readonly signIn: (again?: Account) => Promise<Account | undefined>;
  readonly guidsInCode: GuidsInCode;
  /** Puts files into code, and writes them down. */
  readonly insertion: Insertion;
  readonly pyrusDocuments: PyrusDocuments;
  readonly reports: ReportDocuments;
  /** Looks whether a server answers. @throws PyrusError; `signal.reason` on cancel */
  readonly probe: (url: URL, signal: AbortSignal) => Promise<Sighting>;
  /** This extension, as VS Code knows it. */
  readonly extension: vscode.Extension<unknown>;
  /** Survives the window, on this machine. */
  readonly state: vscode.Memento;
}
