import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { isRecord } from '../pyrus/wire';
import { plural } from '../words/numbers';
import { fileNameText, plainText } from '../words/plainText';
import { Cancelled } from './command';
import { asUri } from './resources';

/** Ids are 32-bit in the official clients. */
const LARGEST_ID = 2_147_483_647;

/** More are not asked about in one box. */
const MOST_IDS = 100;

/** What another extension, or a keybinding, wants to be downloaded: no menu passes that. */
export interface RequestedDownload {
  /** Each once, at least one. */
  readonly ids: readonly number[];
  readonly folder?: vscode.Uri;
}

/**
 * Reads command arguments, all of which are distrusted: `id`, `[id, …]` or `{ ids, folder? }`.
 * @returns undefined when it is anything else, such as a folder from a menu
 */
export function requestedDownload([first]: readonly unknown[]): RequestedDownload | undefined {
  if (!isRecord(first) || !('ids' in first)) {
    const ids = idsIn(first);
    return ids && { ids };
  }
  const ids = idsIn(first['ids']);
  const { folder } = first;
  if (ids === undefined || folder === undefined) {
    return ids && { ids };
  }
  const uri = asUri(folder);
  return uri && { ids, folder: uri };
}

/** Asks whether the user, who has not chosen these files here, wants them. @throws Cancelled */
export async function confirmDownload(
  { ids, folder }: RequestedDownload,
  account: Account,
): Promise<void> {
  const download = vscode.l10n.t('Download');
  const answer = await vscode.window.showWarningMessage(
    question(ids.length, plainText(account.label)),
    {
      modal: true,
      detail: [
        vscode.l10n.t('Ids: {0}', ids.join(', ')),
        ...(folder === undefined ? [] : [vscode.l10n.t('Folder: {0}', placeOf(folder))]),
      ].join('\n'),
    },
    download,
  );
  if (answer !== download) {
    throw new Cancelled();
  }
}

function idsIn(value: unknown): number[] | undefined {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  const ids = values.filter(
    (id): id is number =>
      typeof id === 'number' && Number.isInteger(id) && id > 0 && id <= LARGEST_ID,
  );
  const isList = ids.length > 0 && ids.length === values.length && ids.length <= MOST_IDS;
  return isList ? [...new Set(ids)] : undefined;
}

function placeOf(folder: vscode.Uri): string {
  return fileNameText(folder.scheme === 'file' ? folder.fsPath : folder.toString(true), 150);
}

function question(count: number, label: string): string {
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Download {0} file from Pyrus as {1}?',
        args: [count, label],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Download {0} files from Pyrus as {1}?',
        args: [count, label],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Download {0} files from Pyrus as {1}?',
        args: [count, label],
        comment: ['many'],
      }),
  });
}
