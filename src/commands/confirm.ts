import { realpath } from 'node:fs/promises';
import { basename } from 'node:path';
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
 * Asks before files that look like keys or passwords leave the machine, also under the name of a link.
 * @returns the files to send
 * @throws Cancelled
 */
export async function withoutUnwantedSecrets<T extends Named>(files: readonly T[]): Promise<T[]> {
  const patterns = userSetting('upload.askBefore', isStringList);
  const suspicious = await Promise.all(
    files.map(async file =>
      [nameOf(file), basename(await realPlace(file))].some(name => matchesAny(name, patterns)),
    ),
  );
  const secrets = files.filter((_, index) => suspicious[index]);
  if (secrets.length === 0) {
    return [...files];
  }
  const uploadAll = vscode.l10n.t('Upload Anyway');
  const leaveOut = vscode.l10n.t('Leave Them Out');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Files like these often hold passwords or keys. Upload them to Pyrus?'),
    { modal: true, detail: await nameList(secrets, namesOf) },
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
      detail: await nameList(files, placesOf),
    },
    upload,
  );
  if (answer !== upload) {
    throw new Cancelled();
  }
}

/** @param show what is written of a file */
async function nameList(
  files: readonly Named[],
  show: (file: Named) => Promise<string>,
): Promise<string> {
  const names = await Promise.all(files.slice(0, MOST_NAMES).map(show));
  const more = files.length - names.length;
  return [...names, ...(more > 0 ? [vscode.l10n.t('… and {0} more', more)] : [])].join('\n');
}

/** The name; of a link also the file it leads to. */
async function namesOf(file: Named): Promise<string> {
  return withTarget(nameOf(file), basename(await realPlace(file)));
}

/** The same with where they are. */
async function placesOf(file: Named): Promise<string> {
  return withTarget(placeOf(file), await realPlace(file));
}

function withTarget(name: string, target: string): string {
  return name === target || target === ''
    ? fileNameText(name, 120)
    : `${fileNameText(name, 120)} → ${fileNameText(target, 120)}`;
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

/** Where the bytes are, links followed; empty when they are in no file of this machine, or gone. */
async function realPlace(file: Named): Promise<string> {
  return file instanceof vscode.Uri && file.scheme === 'file'
    ? realpath(file.fsPath).catch(() => '')
    : '';
}
