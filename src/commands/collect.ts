import * as vscode from 'vscode';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { Cancelled } from './command';
import { isStringList, matchesAny, userSetting } from '../settings/userSetting';

/** More files than this are not walked on: nobody means to send that many. */
const MOST_FILES = 20_000;

/**
 * The files meant by a selection of files and folders, in the order selected. Folders are walked,
 * counted and confirmed; what lies in a selected folder is not sent twice.
 * @throws Cancelled when the user does not confirm
 */
export async function collectFiles(selected: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const { files, folders } = await walked(selected);
  if (folders.length > 0) {
    await confirmFolders(folders, files.length);
  }
  return files;
}

/**
 * The same for whoever asks about the files later on.
 * @throws Cancelled when there are none, which is then said
 */
export async function filesMeant(selected: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const { files, folders } = await walked(selected);
  if (files.length === 0) {
    tellEmpty(folders);
    throw new Cancelled();
  }
  return files;
}

interface Walked {
  readonly files: vscode.Uri[];
  readonly folders: readonly vscode.Uri[];
}

async function walked(selected: readonly vscode.Uri[]): Promise<Walked> {
  const files = new Map<string, vscode.Uri>();
  const folders: vscode.Uri[] = [];
  for (const uri of selected) {
    if (await isFolder(uri)) {
      folders.push(uri);
      for (const file of await filesIn(uri)) {
        files.set(file.toString(), file);
      }
    } else {
      files.set(uri.toString(), uri);
    }
  }
  return { files: [...files.values()], folders };
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    // Missing or unreadable: the transfer will say so, by name.
    return false;
  }
}

/** Links inside a folder are left out: they may lead anywhere, and nobody pointed at their targets. */
async function filesIn(folder: vscode.Uri): Promise<vscode.Uri[]> {
  const excluded = userSetting('upload.folderExcludes', isStringList);
  const found: vscode.Uri[] = [];
  const walk = async (parent: vscode.Uri): Promise<void> => {
    const entries = await vscode.workspace.fs.readDirectory(parent);
    entries.sort(([a], [b]) => a.localeCompare(b));
    for (const [name, type] of entries) {
      if (matchesAny(name, excluded) || (type & vscode.FileType.SymbolicLink) !== 0) {
        continue;
      }
      const uri = vscode.Uri.joinPath(parent, name);
      if (type === vscode.FileType.Directory) {
        await walk(uri);
      } else if (type === vscode.FileType.File && found.push(uri) > MOST_FILES) {
        throw new Error(vscode.l10n.t('The folder holds more than {0} files.', MOST_FILES));
      }
    }
  };
  await walk(folder);
  return found;
}

async function confirmFolders(folders: readonly vscode.Uri[], count: number): Promise<void> {
  const names = namesOf(folders);
  if (count === 0) {
    tellEmpty(folders);
    throw new Cancelled();
  }
  const upload = vscode.l10n.t('Upload');
  const answer = await vscode.window.showInformationMessage(
    plural(count, {
      one: () =>
        vscode.l10n.t({
          message: 'Upload {0} file from {1}?',
          args: [count, names],
          comment: ['one'],
        }),
      few: () =>
        vscode.l10n.t({
          message: 'Upload {0} files from {1}?',
          args: [count, names],
          comment: ['few'],
        }),
      many: () =>
        vscode.l10n.t({
          message: 'Upload {0} files from {1}?',
          args: [count, names],
          comment: ['many'],
        }),
    }),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Pyrus has no folders: each file gets a GUID of its own. Left out are links and what the setting “pyrus.upload.folderExcludes” names.',
      ),
    },
    upload,
  );
  if (answer !== upload) {
    throw new Cancelled();
  }
}

function tellEmpty(folders: readonly vscode.Uri[]): void {
  void vscode.window.showInformationMessage(
    vscode.l10n.t('There are no files to upload in {0}.', namesOf(folders)),
  );
}

function namesOf(folders: readonly vscode.Uri[]): string {
  return folders.map(folder => fileNameText(folder.path.split('/').at(-1) ?? '')).join(', ');
}
