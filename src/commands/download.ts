import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { PyrusClient } from '../pyrus/client';
import type { IncomingFile } from '../pyrus/ports';
import { runBatch } from '../transfer/batch';
import type { BatchItem, BatchResult } from '../transfer/batch';
import { onceMore } from '../transfer/onceMore';
import { saveFile, saveFileAs } from '../transfer/target';
import type { SaveResult } from '../transfer/target';
import { fileCount } from '../words/numbers';
import { concernsAll, logFailure, signedIn, stillSignedIn } from './command';
import { conflictQuestion, keepUnconfirmed } from './conflicts';
import { askForDestination } from './destination';
import type { Destination } from './destination';
import { askForFileIds } from './downloadInput';
import { reportDownloads } from './downloadReport';
import { withTransferProgress } from './progress';
import { resourcesFrom } from './resources';
import type { Services } from './services';

interface DownloadItem extends BatchItem {
  readonly id: number;
}

/** How a download of several files ended. */
export type DownloadResult = BatchResult<DownloadItem, SaveResult>;

/** `pyrus.download`: from the palette, or into a folder of the Explorer. */
export async function download(
  services: Services,
  args: readonly unknown[],
): Promise<readonly vscode.Uri[]> {
  const account = await signedIn(services);
  const ids = await askForFileIds(account.server);
  const [clicked] = resourcesFrom(args).uris;
  const destination = await askForDestination(clicked, ids, id =>
    headOf(services.clientOf(account), id, services.transfers.signal),
  );
  const onConflict = conflictQuestion(ids.length);
  return reportDownloads(services, ids, destination, (pending, place) =>
    downloadFiles(services, account, pending, place, onConflict),
  );
}

/** All of them as one account, whoever signs in meanwhile. */
async function downloadFiles(
  services: Services,
  account: Account,
  ids: readonly number[],
  destination: Destination,
  onConflict: ReturnType<typeof conflictQuestion>,
): Promise<DownloadResult> {
  const { log, parts, transfers } = services;
  const client = services.clientOf(await stillSignedIn(services, account));
  const title =
    ids.length === 1
      ? vscode.l10n.t('Downloading from Pyrus')
      : vscode.l10n.t('Downloading from Pyrus: {0}', fileCount(ids.length));
  return withTransferProgress(transfers, title, async ({ signal, show, showWait }) => {
    const result = await runBatch<DownloadItem, SaveResult>({
      items: ids.map(id => ({ id, name: vscode.l10n.t('file {0}', id) })),
      run: ({ id }, onProgress) => {
        const take = (file: IncomingFile): Promise<SaveResult> => {
          let received = 0;
          const request = {
            file,
            fallbackName: `file-${id}`,
            onConflict,
            onUnconfirmed: (size: number) => keepUnconfirmed(file.name ?? `file-${id}`, size),
            signal,
            parts,
            onBytes: (count: number) => onProgress((received += count), file.size),
          };
          return destination.kind === 'file'
            ? saveFileAs(destination.target, request)
            : saveFile({ ...request, folder: destination.folder, name: file.name ?? '' });
        };
        return onceMore(() => client.download(id, take, { signal, onWait: showWait }));
      },
      isFatal: concernsAll,
      onProgress: show,
      signal,
    });
    for (const { item, error } of result.failed) {
      logFailure(log, `download of ${item.id}`, error);
    }
    return result;
  });
}

/** What a file is called, from the head of its answer; the body is left unread. */
function headOf(client: PyrusClient, id: number, signal: AbortSignal): Promise<string | undefined> {
  return client.download(id, file => Promise.resolve(file.name), { signal });
}
