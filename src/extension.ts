import * as vscode from 'vscode';
import { AccountChoice } from './account/accountChoice';
import { Accounts } from './account/accounts';
import { PyrusAuthenticationProvider } from './account/provider';
import { RecentTasks } from './commands/recentTasks';
import { registerDeclaredCommands } from './declaredCommands';
import { registerDropAndPaste } from './drop/dropAndPaste';
import { registerAtStartUp } from './editor/atStartUp';
import type { OnFirstUse } from './onFirstUse';
import { registerTestApi } from './testApi';
import { registerTools } from './tools/atStartUp';
import { AccountStatus } from './views/accountStatus';
import { createUploadsView } from './views/atStartUp';
import { registerPyrusFiles } from './views/pyrusFilesOnDemand';
import { registerReports } from './views/reportsOnDemand';

/** Ends what runs; nothing as long as nothing has been used. */
let close: () => Promise<void> = () => Promise.resolve();

/**
 * Builds what must stand from start-up on: the log, the accounts, the Accounts menu, the command
 * ids. Everything else waits in onFirstUse.ts for the first command.
 */
export function activate(context: vscode.ExtensionContext): void {
  const { extension, globalState: state, globalStorageUri: storage, workspaceState } = context;
  const log = vscode.window.createOutputChannel('Pyrus', { log: true });
  const isWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const choice = new AccountChoice(isWorkspace ? workspaceState : undefined);
  const accounts = new Accounts(context.secrets, state, choice);
  const selectedUploads = (): readonly unknown[] => uploadsView.view.selection;
  let built: Promise<OnFirstUse> | undefined;
  const onFirstUse = (): Promise<OnFirstUse> =>
    (built ??= import('./onFirstUse.js').then(({ build }) =>
      build({ accounts, log, extension, storage, state, workspaceState, selectedUploads }),
    ));
  const uploadsView = createUploadsView(async () => (await onFirstUse()).uploadsView);
  const onError = (error: unknown): void => log.error(String(error));
  close = async () => (await built)?.close();
  context.subscriptions.push(
    log,
    new PyrusAuthenticationProvider(
      accounts,
      async again => (await onFirstUse()).signIn(again),
      onError,
    ),
    accounts.onTrouble((trouble, reason) => log.warn(`secret storage: ${trouble} (${reason})`)),
    accounts.onSignOut(id => new RecentTasks(state).forget(id).catch(onError)),
    new AccountStatus(uploadsView.view, accounts, onError),
    ...registerAtStartUp(async () => (await onFirstUse()).editor),
    ...registerDropAndPaste(onFirstUse, workspaceState, onError),
    vscode.commands.registerCommand('pyrus.showLog', () => log.show()),
    ...registerDeclaredCommands(context, async (id, args) => (await onFirstUse()).run(id, args), [
      'pyrus.showLog',
    ]),
    ...registerTools(async () => (await onFirstUse()).tools()),
    uploadsView.view,
    registerPyrusFiles(async () => (await onFirstUse()).pyrusFiles),
    registerReports(async () => (await onFirstUse()).reports),
    ...registerTestApi(context, { accounts, uploadsView, storage }),
  );
}

/** Cancels what runs, and is over when it has tidied up; VS Code waits a few seconds. */
export function deactivate(): Promise<void> {
  return close();
}
