import * as vscode from 'vscode';
import { fileNameText } from '../words/plainText';
import { knownUpload } from './knownUpload';
import type { Services } from './services';

/** `pyrus.uploads.copy`: the GUID to the clipboard. */
export async function copyUpload(services: Services, [arg]: readonly unknown[]): Promise<void> {
  const { guid, name } = await knownUpload(services, arg);
  await vscode.env.clipboard.writeText(guid);
  vscode.window.setStatusBarMessage(
    vscode.l10n.t('$(check) GUID of “{0}” copied', fileNameText(name)),
    3000,
  );
}

/** `pyrus.uploads.reveal`: the file where it was uploaded from, in the Explorer or in an editor. */
export async function revealUpload(services: Services, [arg]: readonly unknown[]): Promise<void> {
  const { uri, name } = await knownUpload(services, arg);
  const file = uri === undefined ? undefined : vscode.Uri.parse(uri);
  if (file === undefined || !(await isThere(file))) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('“{0}” is no longer where it was uploaded from.', fileNameText(name)),
    );
    return;
  }
  // Outside the workspace the Explorer has nothing to show.
  const inWorkspace = vscode.workspace.getWorkspaceFolder(file) !== undefined;
  await vscode.commands.executeCommand(inWorkspace ? 'revealInExplorer' : 'vscode.open', file);
}

async function isThere(file: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(file).then(
    () => true,
    () => false,
  );
}
