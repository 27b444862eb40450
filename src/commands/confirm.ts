import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { plural } from '../words/numbers';
import { fileNameText, plainText } from '../words/plainText';
import { Cancelled } from './command';
import { isStringList, matchesAny, userSetting } from '../settings/userSetting';

const MOST_NAMES = 8;

/** A file, or bytes in none that are to be called like this. */
type Named = vscode.Uri | { readonly name: string };

/**
 * Asks before files that look like keys or passwords leave the machine.
 * @returns the files to send
 * @throws Cancelled
 */
export async function withoutUnwantedSecrets<T extends Named>(files: readonly T[]): Promise<T[]> {
  const patterns = userSetting('upload.askBefore', isStringList);
  const secrets = files.filter(file => matchesAny(nameOf(file), patterns));
  if (secrets.length === 0) {
    return [...files];
  }
  const uploadAll = vscode.l10n.t('Upload Anyway');
  const leaveOut = vscode.l10n.t('Leave Them Out');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Files like these often hold passwords or keys. Upload them to Pyrus?'),
    { modal: true, detail: nameList(secrets) },
    uploadAll,
    ...(secrets.length < files.length ? [leaveOut] : []),
  );
  if (answer === uploadAll) {
    return [...files];
  }
  if (answer === leaveOut) {
    return files.filter(file => !secrets.includes(file));
  }
  throw new Cancelled();
}

/** Asks whether files that nobody pointed at in VS Code shall really be sent. @throws Cancelled */
export async function confirmUpload(files: readonly Named[], account: Account): Promise<void> {
  const count = files.length;
  const label = plainText(account.label);
  const upload = vscode.l10n.t('Upload');
  const answer = await vscode.window.showWarningMessage(
    plural(count, {
      one: () =>
        vscode.l10n.t({
          message: 'Upload {0} file to Pyrus as {1}?',
          args: [count, label],
          comment: ['one'],
        }),
      few: () =>
        vscode.l10n.t({
          message: 'Upload {0} files to Pyrus as {1}?',
          args: [count, label],
          comment: ['few'],
        }),
      many: () =>
        vscode.l10n.t({
          message: 'Upload {0} files to Pyrus as {1}?',
          args: [count, label],
          comment: ['many'],
        }),
    }),
    {
      modal: true,
      detail: nameList(files, placeOf),
    },
    upload,
  );
  if (answer !== upload) {
    throw new Cancelled();
  }
}

function nameList(files: readonly Named[], show = nameOf): string {
  const names = files.slice(0, MOST_NAMES).map(file => fileNameText(show(file), 120));
  const more = files.length - names.length;
  return [...names, ...(more > 0 ? [vscode.l10n.t('… and {0} more', more)] : [])].join('\n');
}

function nameOf(file: Named): string {
  return file instanceof vscode.Uri ? (file.path.split('/').at(-1) ?? '') : file.name;
}

function placeOf(file: Named): string {
  if (!(file instanceof vscode.Uri)) {
    return file.name;
  }
  return file.scheme === 'file' ? file.fsPath : file.toString(true);
}
