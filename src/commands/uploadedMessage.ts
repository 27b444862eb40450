import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { accountSentence } from './accountRows';
import type { FileInPyrus } from './attachSources';
import { copyAs } from './copyAs';
import { insertFiles } from './insertFiles';
import type { InsertableFile, InsertionTarget } from './insertion';
import type { Services } from './services';

export interface UploadEnd {
  readonly account: Account;
  /** Those that are not in the code yet. */
  readonly left: readonly InsertableFile[];
  readonly cancelled: boolean;
  /** All of them were in Pyrus already. */
  readonly nothingSent: boolean;
  /** Where to insert; where the cursors are then when undefined. */
  readonly target: InsertionTarget | undefined;
}

/** Says that files are in Pyrus and their GUIDs on the clipboard, and offers what comes next. */
export async function tellUploaded(
  services: Services,
  uploaded: readonly FileInPyrus[],
  { account, left, cancelled, nothingSent, target }: UploadEnd,
): Promise<void> {
  const [first] = uploaded;
  if (first === undefined) {
    return;
  }
  const insert = vscode.l10n.t('Insert');
  const attach = vscode.l10n.t('Attach to Task…');
  const copy = vscode.l10n.t('Copy As…');
  const text = cancelled
    ? cancelledText(uploaded.length)
    : successText(uploaded, first, nothingSent);
  const who = accountSentence(account, await services.accounts.all());
  const chosen = await vscode.window.showInformationMessage(
    `${text} ${who}`.trimEnd(),
    insert,
    attach,
    copy,
  );
  if (chosen === insert) {
    await insertUploaded(services, left, target);
  } else if (chosen === attach) {
    await (await import('./attach.js')).attachUploaded(services, uploaded);
  } else if (chosen === copy) {
    await copyAs(services, uploaded, target?.document.languageId);
  }
}

async function insertUploaded(
  services: Services,
  files: readonly InsertableFile[],
  target: InsertionTarget | undefined,
): Promise<void> {
  const here = target ?? services.insertion.target();
  try {
    await insertFiles(services, files, { target: here, focus: true });
  } finally {
    here?.dispose();
  }
}

function successText(
  uploaded: readonly InsertableFile[],
  first: InsertableFile,
  nothingSent: boolean,
): string {
  const count = uploaded.length;
  if (count === 1 && nothingSent) {
    return vscode.l10n.t(
      '“{0}” was in Pyrus already, so nothing was sent. Its GUID is on the clipboard.',
      fileNameText(first.name),
    );
  }
  if (count === 1) {
    return vscode.l10n.t(
      '“{0}” is in Pyrus, verified. Its GUID is on the clipboard.',
      fileNameText(first.name),
    );
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: '{0} file is in Pyrus, verified. The GUIDs are on the clipboard, one per line.',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: '{0} files are in Pyrus, verified. The GUIDs are on the clipboard, one per line.',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: '{0} files are in Pyrus, verified. The GUIDs are on the clipboard, one per line.',
        args: [count],
        comment: ['many'],
      }),
  });
}

function cancelledText(count: number): string {
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Cancelled. {0} file was already in Pyrus; its GUID is on the clipboard.',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Cancelled. {0} files were already in Pyrus; their GUIDs are on the clipboard.',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Cancelled. {0} files were already in Pyrus; their GUIDs are on the clipboard.',
        args: [count],
        comment: ['many'],
      }),
  });
}
