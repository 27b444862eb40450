import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { NewUpload } from '../history/uploadRecord';
import type { PyrusClient, UploadOptions } from '../pyrus/client';
import type { Uploaded } from '../pyrus/upload';
import { runBatch } from '../transfer/batch';
import type { BatchItem, BatchResult } from '../transfer/batch';
import { onceMore } from '../transfer/onceMore';
import { sourceFor } from '../transfer/source';
import { fileCount } from '../words/numbers';
import { collectFiles } from './collect';
import { Cancelled, concernsAll, logFailure, signedIn, stillSignedIn } from './command';
import { confirmUpload, withoutUnwantedSecrets } from './confirm';
import { savedFiles } from './dirty';
import { withTransferProgress } from './progress';
import { isInReach } from './reach';
import { activeResource, resourcesFrom } from './resources';
import type { Services } from './services';
import { reportUploads } from './uploadReport';

/** What the command answers to other extensions, in the order given. */
export interface UploadedFile extends Uploaded {
  readonly uri: vscode.Uri;
  readonly name: string;
}

interface UploadItem extends BatchItem {
  readonly uri: vscode.Uri;
  /** As `UploadRecord.modifiedAt`. */
  readonly modifiedAt?: number;
  readonly send: (options: UploadOptions) => Promise<Uploaded>;
}

/** How an upload of several files ended. */
export type UploadResult = BatchResult<UploadItem, Uploaded>;

/** `pyrus.upload`: from the Explorer, a tab, Source Control or the palette. */
export async function upload(
  services: Services,
  args: readonly unknown[],
): Promise<readonly UploadedFile[]> {
  const account = await signedIn(services);
  const { uris, pointedAt } = resourcesFrom(args);
  const files = await collectFiles(uris.length > 0 ? uris : await askForFiles());
  if (uris.length > 0 && !(pointedAt && uris.every(isInReach))) {
    await confirmUpload(files, account);
  }
  const agreed = await savedFiles(await withoutUnwantedSecrets(files));
  return reportUploads(services, agreed, pending => uploadFiles(services, account, pending));
}

/** The active tab's file when there is one, else whatever a file dialog answers. */
async function askForFiles(): Promise<readonly vscode.Uri[]> {
  const active = activeResource();
  if (active !== undefined) {
    return [active];
  }
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Upload'),
    title: vscode.l10n.t('Choose files to upload to Pyrus'),
  });
  if (chosen === undefined) {
    throw new Cancelled();
  }
  return chosen;
}

/** All of them as one account, whoever signs in meanwhile. */
async function uploadFiles(
  services: Services,
  account: Account,
  files: readonly vscode.Uri[],
): Promise<UploadResult> {
  const client = services.clientOf(await stillSignedIn(services, account));
  const title =
    files.length === 1
      ? vscode.l10n.t('Uploading to Pyrus')
      : vscode.l10n.t('Uploading to Pyrus: {0}', fileCount(files.length));
  return withTransferProgress(services.transfers, title, async ({ signal, show, showWait }) => {
    const result = await runBatch<UploadItem, Uploaded>({
      items: await Promise.all(files.map(file => uploadItem(client, file))),
      run: async (item, onProgress) => {
        const options = { signal, onProgress, onWait: showWait };
        const uploaded = await onceMore(() => item.send(options));
        await services.history.add([newUpload(item, uploaded, account)]);
        return uploaded;
      },
      isFatal: concernsAll,
      onProgress: show,
      signal,
    });
    for (const { item, error } of result.failed) {
      logFailure(services.log, `upload of ${item.name}`, error);
    }
    return result;
  });
}

function newUpload(
  { uri, name, modifiedAt }: UploadItem,
  uploaded: Uploaded,
  { id, label }: Account,
): NewUpload {
  return {
    ...uploaded,
    name,
    uri: uri.toString(),
    uploadedAt: Date.now(),
    ...(modifiedAt === undefined ? {} : { modifiedAt }),
    account: { id, label },
  };
}

/** Looks at the file: what is empty, too large or gone is known before a byte of any is sent. */
async function uploadItem(client: PyrusClient, uri: vscode.Uri): Promise<UploadItem> {
  const name = uri.path.split('/').at(-1) ?? '';
  try {
    const source = await sourceFor(uri);
    return {
      uri,
      name,
      size: source.size,
      // Taken before the file is opened: should it change in between, comparing finds the change.
      modifiedAt: (await vscode.workspace.fs.stat(uri)).mtime,
      send: options => client.upload(source, options),
    };
  } catch (error) {
    const reason = error instanceof Error ? error : new Error(String(error));
    return { uri, name, send: () => Promise.reject(reason) };
  }
}
