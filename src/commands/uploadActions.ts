import * as vscode from 'vscode';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { copyAs } from './copyAs';
import { guidLines } from './insertFiles';
import { insertRecords } from './insertRecords';
import { knownUpload, uploadsMeant } from './knownUpload';
import { exists } from './exists';
import type { Services } from './services';

/** `pyrus.uploads.copy`: the GUIDs to the clipboard, one per line. */
export async function copyUpload(services: Services, args: readonly unknown[]): Promise<void> {
  const records = await uploadsMeant(services, args);
  await vscode.env.clipboard.writeText(guidLines(records));
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

/** `pyrus.uploads.copyAs`: the uploads to the clipboard, written in a format that is asked for. */
export async function copyUploadAs(services: Services, args: readonly unknown[]): Promise<void> {
  await copyAs(services, await uploadsMeant(services, args));
}

/** `pyrus.uploads.insert`: the GUIDs at the cursors of the editor that was last worked in. */
export async function insertUpload(services: Services, args: readonly unknown[]): Promise<void> {
  const target = services.insertion.target();
  try {
    const records = await uploadsMeant(services, args);
    await insertRecords(services, records, { target, focus: true });
  } finally {
    target?.dispose();
  }
}

/** `pyrus.uploads.reveal`: the file where it was uploaded from, in the Explorer or in an editor. */
export async function revealUpload(services: Services, [arg]: readonly unknown[]): Promise<void> {
  const { uri, name } = await knownUpload(services, arg);
  const file = uri === undefined ? undefined : vscode.Uri.parse(uri);
  if (file === undefined || !(await exists(file))) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('“{0}” is no longer where it was uploaded from.', fileNameText(name)),
    );
    return;
  }
  // Outside the workspace the Explorer has nothing to show.
  const inWorkspace = vscode.workspace.getWorkspaceFolder(file) !== undefined;
  await vscode.commands.executeCommand(inWorkspace ? 'revealInExplorer' : 'vscode.open', file);
}
