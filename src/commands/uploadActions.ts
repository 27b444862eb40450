import * as vscode from 'vscode';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { knownUpload, uploadsMeant } from './knownUpload';
import type { Services } from './services';

/** `pyrus.uploads.copy`: the GUIDs to the clipboard, one per line. */
export async function copyUpload(services: Services, args: readonly unknown[]): Promise<void> {
  const records = await uploadsMeant(services, args);
  await vscode.env.clipboard.writeText(records.map(({ guid }) => guid).join('\n'));
  const [{ name }] = records;
  const count = records.length;
  vscode.window.setStatusBarMessage(
    count === 1
      ? vscode.l10n.t('$(check) GUID of “{0}” copied', fileNameText(name))
      : plural(count, {
          one: () =>
            vscode.l10n.t({ message: '$(check) {0} GUID copied', args: [count], comment: ['one'] }),
          few: () =>
            vscode.l10n.t({
              message: '$(check) {0} GUIDs copied',
              args: [count],
              comment: ['few'],
            }),
          many: () =>
            vscode.l10n.t({
              message: '$(check) {0} GUIDs copied',
              args: [count],
              comment: ['many'],
            }),
        }),
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
