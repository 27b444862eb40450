import * as vscode from 'vscode';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { Cancelled } from './command';
import { nameList } from './failedTransfers';
import { isStringList, matchesAny, userSetting } from '../settings/userSetting';

/** More files than this are not walked on: nobody means to send that many. */
const MOST_FILES = 20_000;

/**
 * The files meant by a selection of files and folders, in the order selected. Folders are walked,
 * counted and confirmed; what lies in a selected folder is not sent twice.
 * @throws Cancelled when the user does not confirm
 */
export async function collectFiles(selected: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const found = await walked(selected);
  if (found.folders.length > 0) {
    await confirmFolders(found);
  }
  return found.files;
}

/**
 * The same for whoever asks about the files later on.
 * @throws Cancelled when there are none, which is then said
 */
export async function filesMeant(selected: readonly vscode.Uri[]): Promise<vscode.Uri[]> {
  const found = await walked(selected);
  if (found.files.length === 0) {
    tellEmpty(found);
    throw new Cancelled();
  }
  if (found.unread.length > 0) {
    void vscode.window.showWarningMessage(leftOutText(found.unread));
  }
  return found.files;
}

interface Walked {
  readonly files: vscode.Uri[];
  readonly folders: readonly vscode.Uri[];
  /** Folders among them, or below, that could not be read. */
  readonly unread: readonly vscode.Uri[];
}

async function walked(selected: readonly vscode.Uri[]): Promise<Walked> {
  const files = new Map<string, vscode.Uri>();
  const folders: vscode.Uri[] = [];
  const unread: vscode.Uri[] = [];
  for (const uri of selected) {
    if (await isFolder(uri)) {
      folders.push(uri);
      for (const file of await filesIn(uri, unread)) {
        files.set(file.toString(), file);
      }
    } else {
      files.set(uri.toString(), uri);
    }
  }
  return { files: [...files.values()], folders, unread };
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
async function filesIn(folder: vscode.Uri, unread: vscode.Uri[]): Promise<vscode.Uri[]> {
  const excluded = userSetting('upload.folderExcludes', isStringList);
  const found: vscode.Uri[] = [];
  const walk = async (parent: vscode.Uri): Promise<void> => {
    const entries = await entriesOf(parent);
    if (entries === undefined) {
      unread.push(parent);
      return;
    }
    for (const [name, type] of entries) {
      if (matchesAny(name, excluded) || (type & vscode.FileType.SymbolicLink) !== 0) {
        continue;
      }
      const uri = vscode.Uri.joinPath(parent, name);
      if (type === vscode.FileType.Directory) {
        await walk(uri);
      } else if (type === vscode.FileType.File) {
        found.push(uri);
      }
      if (found.length > MOST_FILES) {
        tellTooMany(folder);
        throw new Cancelled();
      }
    }
  };
  await walk(folder);
  return found;
}

/** @returns undefined when it cannot be read */
async function entriesOf(folder: vscode.Uri): Promise<[string, vscode.FileType][] | undefined> {
  try {
    const entries = await vscode.workspace.fs.readDirectory(folder);
    return entries.sort(([a], [b]) => a.localeCompare(b));
  } catch {
    // Whoever asked is told of it, by name.
    return undefined;
  }
}

async function confirmFolders(found: Walked): Promise<void> {
  const { files, folders, unread } = found;
  const names = namesOf(folders);
  const count = files.length;
  if (count === 0) {
    tellEmpty(found);
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
      detail: [
        vscode.l10n.t(
          'Pyrus has no folders: each file gets a GUID of its own. Left out are links and what the setting “pyrus.upload.folderExcludes” names.',
        ),
        ...(unread.length > 0 ? [leftOutText(unread)] : []),
      ].join('\n\n'),
    },
    upload,
  );
  if (answer !== upload) {
    throw new Cancelled();
  }
}

function tellEmpty({ folders, unread }: Walked): void {
  const text = vscode.l10n.t('There are no files to upload in {0}.', namesOf(folders));
  if (unread.length > 0) {
    void vscode.window.showErrorMessage(`${text} ${leftOutText(unread)}`);
  } else {
    void vscode.window.showInformationMessage(text);
  }
}

function tellTooMany(folder: vscode.Uri): void {
  void vscode.window.showErrorMessage(
    vscode.l10n.t(
      '{0} holds more than {1} files, so nothing was uploaded. Select fewer, or leave some out with the setting “pyrus.upload.folderExcludes”.',
      namesOf([folder]),
      MOST_FILES.toLocaleString(vscode.env.language),
    ),
  );
}

function leftOutText(unread: readonly vscode.Uri[]): string {
  const shown = unread.map(folder => vscode.workspace.asRelativePath(folder));
  return vscode.l10n.t('Cannot be read, so left out: {0}.', nameList(shown));
}

function namesOf(folders: readonly vscode.Uri[]): string {
  return folders.map(folder => fileNameText(folder.path.split('/').at(-1) ?? '')).join(', ');
}
