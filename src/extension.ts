import * as vscode from 'vscode';
import { AccountChoice } from './account/accountChoice';
import { Accounts } from './account/accounts';
import { PyrusAuthenticationProvider } from './account/provider';
import { registerAtStartUp } from './editor/atStartUp';
import { registerDeclaredCommands } from './declaredCommands';
import { registerDropAndPaste } from './drop/dropAndPaste';
import { hasLeftMarks } from './drop/shownMarks';
import type { OnFirstUse } from './onFirstUse';
import { AccountStatus } from './views/accountStatus';
import { registerTools } from './tools/atStartUp';
import { createUploadsView } from './views/atStartUp';
import type { UploadsViewAtStartUp } from './views/atStartUp';
import { registerPyrusFiles } from './views/pyrusFilesOnDemand';
import { registerReports } from './views/reportsOnDemand';

/** What a test inside the extension host may reach; nothing for anybody else. */
export interface TestApi {
  readonly accounts: Accounts;
  readonly uploadsView: UploadsViewAtStartUp;
  /** A folder of this extension's own. */
  readonly storage: vscode.Uri;
}

/** Ends what runs; nothing as long as nothing has been used. */
let close: () => Promise<void> = () => Promise.resolve();

/**
 * Builds what must stand from start-up on: the log, the accounts, the Accounts menu, the command
 * ids. Everything else waits in onFirstUse.ts for the first command.
 */
export function activate(context: vscode.ExtensionContext): void {
  const log = vscode.window.createOutputChannel('Pyrus', { log: true });
  const isWorkspace = vscode.workspace.workspaceFolders !== undefined;
  const choice = new AccountChoice(isWorkspace ? context.workspaceState : undefined);
  const accounts = new Accounts(context.secrets, context.globalState, choice);
  let built: Promise<OnFirstUse> | undefined;
  const onFirstUse = (): Promise<OnFirstUse> =>
    (built ??= import('./onFirstUse.js').then(({ build }) =>
      build({
        accounts,
        log,
        extension: context.extension,
        storage: context.globalStorageUri,
        state: context.globalState,
        selectedUploads: () => uploadsView.view.selection,
        workspaceState: context.workspaceState,
      }),
    ));
  const uploadsView = createUploadsView(async () => (await onFirstUse()).uploadsView);
  const onError = (error: unknown): void => log.error(String(error));
  close = async () => (await built)?.close();

  const status = new AccountStatus(uploadsView.view);
  const tellWho = async (): Promise<void> => {
    const current = await accounts.current();
    status.show(current, await accounts.all());
    await vscode.commands.executeCommand('setContext', 'pyrus.signedIn', current !== undefined);
  };

  context.subscriptions.push(
    log,
    new PyrusAuthenticationProvider(
      accounts,
      async again => (await onFirstUse()).signIn(again),
      onError,
    ),
    accounts.onTrouble((trouble, reason) => log.warn(`secret storage: ${trouble} (${reason})`)),
    accounts.onDidChange(() => void tellWho().catch(onError)),
    status,
    ...registerAtStartUp(async () => (await onFirstUse()).editor),
    ...registerDropAndPaste((offer, document) => {
      void onFirstUse()
        .then(({ fulfil }) => fulfil(offer, document))
        .catch(onError);
    }),
    vscode.commands.registerCommand('pyrus.showLog', () => log.show()),
    ...registerDeclaredCommands(context, async (id, args) => (await onFirstUse()).run(id, args), [
      'pyrus.showLog',
    ]),
    ...registerTools(async () => (await onFirstUse()).tools()),
    uploadsView.view,
    registerPyrusFiles(async () => (await onFirstUse()).pyrusFiles),
    registerReports(async () => (await onFirstUse()).reports),
  );
  void tellWho().catch(onError);
  if (hasLeftMarks(context.workspaceState)) {
    void onFirstUse()
      .then(({ tidyUp }) => tidyUp())
      .catch(onError);
  }
  if (context.extensionMode === vscode.ExtensionMode.Test) {
    // A command, for the manifest's `"api": "none"` hides from everybody what `activate` returns.
    context.subscriptions.push(
      vscode.commands.registerCommand('pyrus.testApi', (): TestApi => ({
        accounts,
        uploadsView,
        storage: context.globalStorageUri,
      })),
    );
  }
}

/** Cancels what runs, and is over when it has tidied up; VS Code waits a few seconds. */
export function deactivate(): Promise<void> {
  return close();
}
