import * as vscode from 'vscode';
import type { Accounts } from './account/accounts';
import type { UploadsViewAtStartUp } from './views/atStartUp';

/** What a test inside the extension host may reach; nothing for anybody else. */
export interface TestApi {
  readonly accounts: Accounts;
  readonly uploadsView: UploadsViewAtStartUp;
  /** A folder of this extension's own. */
  readonly storage: vscode.Uri;
}

/** A command, for the manifest's `"api": "none"` hides from everybody what `activate` returns. */
export function registerTestApi(
  { extensionMode }: vscode.ExtensionContext,
  api: TestApi,
): vscode.Disposable[] {
  return extensionMode === vscode.ExtensionMode.Test
    ? [vscode.commands.registerCommand('pyrus.testApi', () => api)]
    : [];
}
