import * as vscode from 'vscode';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import type { Uploaded } from '../pyrus/upload';
import { Cancelled, runCommand } from './command';
import { showFailures } from './failedTransfers';
import type { Services } from './services';
import type { UploadedFile } from './upload';
import type { OutgoingFile, UploadResult } from './uploading';

/**
 * Uploads, puts the GUIDs on the clipboard and says so; then stays behind the message's buttons:
 * a retry sends just what failed, and the clipboard then holds all GUIDs in the order selected.
 * @returns what the first try uploaded
 */
export async function reportUploads(
  services: Services,
  files: readonly OutgoingFile[],
  upload: (files: readonly OutgoingFile[]) => Promise<UploadResult>,
): Promise<readonly UploadedFile[]> {
  const uploaded = new Map<OutgoingFile, Uploaded>();
  const inOrder = (): UploadedFile[] =>
    files.flatMap(file => {
      const value = uploaded.get(file);
      const { uri, name } = file;
      return value === undefined || uri === undefined ? [] : [{ uri, name, ...value }];
    });

  const tryOnce = async (pending: readonly OutgoingFile[]): Promise<UploadResult> => {
    const result = await upload(pending);
    result.done.forEach(({ item, value }) => uploaded.set(item.file, value));
    if (result.done.length > 0) {
      await vscode.env.clipboard.writeText(guidLines(inOrder()));
    }
    return result;
  };

  const tell = async (result: UploadResult): Promise<void> => {
    if (result.failed.length === 0) {
      const nothingSent = files.every(({ known }) => known !== undefined);
      await tellSuccess(services, inOrder(), { cancelled: result.cancelled, nothingSent });
      return;
    }
    const again = await showFailures(services, {
      failed: result.failed,
      summary: failureSummary(uploaded.size, files.length),
    });
    if (again) {
      await tell(await tryOnce(result.failed.map(({ item }) => item.file)));
    }
  };

  const first = await tryOnce(files);
  const answer = inOrder();
  if (first.cancelled && answer.length === 0) {
    throw new Cancelled();
  }
  // The answer does not wait for somebody to close the message.
  void runCommand(services, 'pyrus.upload', () => tell(first));
  return answer;
}

async function tellSuccess(
  services: Services,
  uploaded: readonly UploadedFile[],
  { cancelled, nothingSent }: { readonly cancelled: boolean; readonly nothingSent: boolean },
): Promise<void> {
  const [first] = uploaded;
  if (first === undefined) {
    return;
  }
  const insert = vscode.l10n.t('Insert');
  const showLog = vscode.l10n.t('Show Log');
  const text = cancelled
    ? cancelledText(uploaded.length)
    : successText(uploaded, first, nothingSent);
  const chosen = await vscode.window.showInformationMessage(text, insert, showLog);
  if (chosen === insert) {
    const inserted = await services.insertTexts(uploaded.map(({ guid }) => guid));
    if (!inserted) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t('No editor is open to insert into. The GUID is on the clipboard.'),
      );
    }
  } else if (chosen === showLog) {
    services.log.show();
  }
}

function successText(
  uploaded: readonly UploadedFile[],
  first: UploadedFile,
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

function failureSummary(done: number, total: number): string | undefined {
  if (total === 1) {
    return undefined;
  }
  return done === 0
    ? vscode.l10n.t('No file was uploaded.')
    : vscode.l10n.t('Uploaded {0} of {1}; the GUIDs are on the clipboard.', done, total);
}

function guidLines(uploaded: readonly UploadedFile[]): string {
  return uploaded.map(({ guid }) => guid).join('\n');
}
