import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { safeFileName } from '../transfer/fileName';
import { isInsideWorkspace } from '../transfer/insideWorkspace';
import { fileNameText } from '../words/plainText';
import { Cancelled } from './command';
import type { WantedFile } from './wantedFile';

/** Where downloads go: into a folder under their own names, or one of them to a chosen place. */
export type Destination =
  | { readonly kind: 'folder'; readonly folder: vscode.Uri }
  | { readonly kind: 'file'; readonly target: vscode.Uri };

/**
 * The clicked folder; else the workspace folder, asked for when there are several; else, with no
 * folder open, a save dialog.
 * @param nameOf what a file is called; may ask Pyrus, to suggest it in the dialog
 * @throws Cancelled
 */
export async function askForDestination(
  clicked: vscode.Uri | undefined,
  files: readonly WantedFile[],
  nameOf: (file: WantedFile) => Promise<string | undefined>,
): Promise<Destination> {
  if (clicked !== undefined) {
    const folder = await folderOf(clicked);
    if (!(await isInsideWorkspace(folder))) {
      await confirmOutside(folder);
    }
    return { kind: 'folder', folder };
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    const picked = await vscode.window.showWorkspaceFolderPick({
      placeHolder: vscode.l10n.t('Download into which folder?'),
      ignoreFocusOut: true,
    });
    return { kind: 'folder', folder: answered(picked).uri };
  }
  const [only] = folders;
  if (only !== undefined) {
    return { kind: 'folder', folder: only.uri };
  }
  const [file] = files;
  return files.length === 1 && file !== undefined ? saveDialog(file, nameOf) : askForFolder();
}

/** What cannot be looked at is taken for a folder: saving says what is wrong with it. */
async function folderOf(uri: vscode.Uri): Promise<vscode.Uri> {
  const isFolder = await vscode.workspace.fs.stat(uri).then(
    ({ type }) => (type & vscode.FileType.Directory) !== 0,
    () => true,
  );
  return isFolder ? uri : vscode.Uri.joinPath(uri, '..');
}

/** Asks before files land where nobody sees them: behind a link, or wherever a caller said. */
async function confirmOutside(folder: vscode.Uri): Promise<void> {
  const name = fileNameText(folder.path.split('/').at(-1) ?? '');
  const here = vscode.l10n.t('Download Here');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Download into “{0}”, outside the workspace?', name),
    {
      modal: true,
      detail: vscode.l10n.t(
        'This folder is not in the workspace, or a link leads out of it: {0}',
        fileNameText(await realpath(folder.fsPath), 150),
      ),
    },
    here,
  );
  answered(answer);
}

async function saveDialog(
  file: WantedFile,
  nameOf: (file: WantedFile) => Promise<string | undefined>,
): Promise<Destination> {
  const name = safeFileName((await nameOf(file)) ?? '', `file-${file.id}`);
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the file from Pyrus as'),
    defaultUri: vscode.Uri.file(join(homedir(), name)),
  });
  return { kind: 'file', target: answered(target) };
}

/** A folder dialog. @throws Cancelled */
export async function askForFolder(): Promise<Destination> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Download Here'),
    title: vscode.l10n.t('Download into which folder?'),
  });
  return { kind: 'folder', folder: answered(chosen?.[0]) };
}

function answered<T>(answer: T | undefined): T {
  if (answer === undefined) {
    throw new Cancelled();
  }
  return answer;
}
