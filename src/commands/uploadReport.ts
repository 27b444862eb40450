import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { Uploaded } from '../pyrus/upload';
import type { FileInPyrus } from './attachSources';
import { Cancelled, runCommand } from './command';
import { showFailures } from './failedTransfers';
import { guidLines } from './insertFiles';
import type { InsertionTarget } from './insertion';
import type { Services } from './services';
import type { UploadedFile } from './upload';
import { tellUploaded } from './uploadedMessage';
import { uploadFiles } from './uploading';
import type { OutgoingFile, UploadResult } from './uploading';

/** What was uploaded, whether it is in a file or not. */
export type ReportedFile = FileInPyrus & Uploaded;

export interface ReportOptions {
  /** Where the message's button inserts; where the cursors are then when left out. */
  readonly target?: InsertionTarget | undefined;
  /** Takes what the first try uploaded, in place of a message; not when it was cancelled. */
  readonly deliver?: (uploaded: readonly ReportedFile[]) => Promise<void>;
  /** Called when nobody can press a button any more, unless this throws. */
  readonly onEnd?: () => void;
}

/**
 * Uploads, puts the GUIDs on the clipboard and says so; then stays behind the message's buttons:
 * a retry sends just what failed, and the clipboard then holds all GUIDs in the order selected.
 * @returns what the first try uploaded of files
 * @throws Cancelled when the user cancelled before anything was uploaded
 */
export async function reportUploads(
  services: Services,
  account: Account,
  files: readonly OutgoingFile[],
  { target, deliver, onEnd }: ReportOptions = {},
): Promise<readonly UploadedFile[]> {
  const uploaded = new Map<OutgoingFile, Uploaded>();
  const inOrder = (): ReportedFile[] =>
    files.flatMap(file => {
      const value = uploaded.get(file);
      const { uri, name } = file;
      return value === undefined ? [] : [{ name, ...value, ...(uri === undefined ? {} : { uri }) }];
    });

  const tryOnce = async (pending: readonly OutgoingFile[]): Promise<UploadResult> => {
    const result = await uploadFiles(services, account, pending);
    result.done.forEach(({ item, value }) => uploaded.set(item.file, value));
    if (result.done.length > 0) {
      await vscode.env.clipboard.writeText(guidLines(inOrder()));
    }
    return result;
  };

  const tell = async (result: UploadResult, delivered: readonly ReportedFile[]): Promise<void> => {
    if (result.failed.length > 0) {
      const again = await showFailures(services, {
        failed: result.failed,
        summary: failureSummary(uploaded.size, files.length),
      });
      if (again) {
        await tell(await tryOnce(result.failed.map(({ item }) => item.file)), delivered);
      }
    } else if (uploaded.size > delivered.length) {
      await tellUploaded(services, inOrder(), {
        account: result.account,
        left: inOrder().filter(({ guid }) => delivered.every(file => file.guid !== guid)),
        cancelled: result.cancelled,
        nothingSent: files.every(({ known }) => known !== undefined),
        target,
      });
    }
  };

  const first = await tryOnce(files);
  const answer = inOrder();
  if (first.cancelled && answer.length === 0) {
    throw new Cancelled();
  }
  const delivered = deliver === undefined || first.cancelled ? [] : answer;
  if (delivered.length > 0) {
    await deliver?.(delivered);
  }
  // The answer does not wait for somebody to close the message.
  void runCommand(services, 'pyrus.upload', () => tell(first, delivered)).finally(onEnd);
  return answer.flatMap(({ uri, ...file }) =>
    uri === undefined ? [] : { uri: uri.toString(), ...file },
  );
}

function failureSummary(done: number, total: number): string | undefined {
  if (total === 1) {
    return undefined;
  }
  return done === 0
    ? vscode.l10n.t('No file was uploaded.')
    : vscode.l10n.t('Uploaded {0} of {1}; the GUIDs are on the clipboard.', done, total);
}
