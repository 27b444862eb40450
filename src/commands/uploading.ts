import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { NewUpload, UploadRecord } from '../history/uploadRecord';
import type { PyrusClient, UploadOptions } from '../pyrus/client';
import type { UploadSource } from '../pyrus/ports';
import type { Uploaded } from '../pyrus/upload';
import { bytesSource } from '../transfer/bytesSource';
import { runBatch } from '../transfer/batch';
import type { BatchItem, BatchResult } from '../transfer/batch';
import type { HeldBytes } from '../transfer/heldBytes';
import { onceMore } from '../transfer/onceMore';
import { sourceFor } from '../transfer/source';
import { fileCount } from '../words/numbers';
import { concernsAll, logFailure, stillSignedIn } from './command';
import { savedFiles } from './dirty';
import { tickOff } from './firstSteps';
import { withTransferProgress } from './progress';
import type { TransferProgress } from './progress';
import type { Services } from './services';

/** A file to be sent: one of a file system, or bytes that came with a drop or from the clipboard. */
export interface OutgoingFile {
  /** Absent when the bytes are in no file. */
  readonly uri?: vscode.Uri;
  readonly name: string;
  /** The same bytes are in Pyrus already, and this GUID is still to be used: nothing is sent. */
  readonly known?: UploadRecord;
  /**
   * Looks at the bytes: what is empty, too large or gone is known before any byte is sent.
   * @throws FileError
   */
  readonly look: () => Promise<LookedAt>;
}

interface LookedAt {
  readonly source: UploadSource;
  /** As `UploadRecord.modifiedAt`. */
  readonly modifiedAt?: number;
}

export interface UploadItem extends BatchItem {
  readonly file: OutgoingFile;
  readonly modifiedAt?: number;
  readonly send: (options: UploadOptions) => Promise<Uploaded>;
}

/** How an upload of several files ended. */
export type UploadResult = BatchResult<UploadItem, Uploaded> & {
  /** Whose uploads they are. */
  readonly account: Account;
};

export function outgoingFile(uri: vscode.Uri): OutgoingFile {
  return {
    uri,
    name: uri.path.split('/').at(-1) ?? '',
    look: async () => ({
      source: await sourceFor(uri),
      // Taken before the file is opened: should it change in between, comparing finds the change.
      modifiedAt: (await vscode.workspace.fs.stat(uri)).mtime,
    }),
  };
}

/** Bytes that came with a drop or from the clipboard: from now on they stay, for as many tries. */
export function outgoingBytes({ name, bytes }: HeldBytes): OutgoingFile {
  return { name, look: async () => ({ source: bytesSource(name, await bytes) }) };
}

/**
 * Sends files behind one progress, as one account, whoever signs in meanwhile. Every verified
 * upload goes into the history at once. @throws Cancelled when nobody is signed in any more
 * @param signal cancels it, as the progress's button does
 */
export async function uploadFiles(
  services: Services,
  account: Account,
  files: readonly OutgoingFile[],
  signal?: AbortSignal,
): Promise<UploadResult> {
  const current = await stillSignedIn(services, account);
  await savedFirst(files);
  const title =
    files.length === 1
      ? vscode.l10n.t('Uploading to Pyrus')
      : vscode.l10n.t('Uploading to Pyrus: {0}', fileCount(files.length));
  const send = (progress: TransferProgress): Promise<UploadResult> =>
    sendFiles(services, current, files, progress);
  return withTransferProgress(services.transfers, title, send, signal);
}

/**
 * What is sent is what is on the screen, also when it is tried again: whoever was told that a file is
 * empty has typed something into it. @throws Cancelled when a save was refused
 */
export async function savedFirst(files: readonly OutgoingFile[]): Promise<void> {
  await savedFiles(files.flatMap(({ uri, known }) => (known === undefined ? (uri ?? []) : [])));
}

/** The same as {@link uploadFiles} within a progress that shows more than that. */
export async function sendFiles(
  services: Services,
  account: Account,
  files: readonly OutgoingFile[],
  { signal, show, showWait }: TransferProgress,
): Promise<UploadResult> {
  const client = services.clientOf(account);
  const result = await runBatch<UploadItem, Uploaded>({
    items: await Promise.all(files.map(file => uploadItem(client, file))),
    run: async (item, onProgress) => {
      const uploaded = await onceMore(() => item.send({ signal, onProgress, onWait: showWait }));
      if (item.file.known === undefined) {
        await services.history.add([newUpload(item, uploaded, account)]);
      }
      return uploaded;
    },
    isFatal: concernsAll,
    onProgress: show,
    signal,
  });
  if (result.done.length > 0) {
    tickOff('hasUploaded');
  }
  for (const { item, error } of result.failed) {
    logFailure(services.log, `upload of ${item.name}`, error);
  }
  return { ...result, account };
}

async function uploadItem(client: PyrusClient, file: OutgoingFile): Promise<UploadItem> {
  const { name, known } = file;
  if (known !== undefined) {
    const { guid, md5, size } = known;
    return { file, name, send: () => Promise.resolve({ guid, md5, size }) };
  }
  try {
    const { source, ...times } = await file.look();
    const send = (options: UploadOptions): Promise<Uploaded> => client.upload(source, options);
    return { file, name, size: source.size, ...times, send };
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error));
    return { file, name, send: () => Promise.reject(reason) };
  }
}

function newUpload(
  { file: { uri, name }, modifiedAt }: UploadItem,
  uploaded: Uploaded,
  { id, label }: Account,
): NewUpload {
  return {
    ...uploaded,
    name,
    ...(uri === undefined ? {} : { uri: uri.toString() }),
    uploadedAt: Date.now(),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    account: { id, label },
  };
}
