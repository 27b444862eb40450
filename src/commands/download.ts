import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { PyrusClient } from '../pyrus/client';
import type { IncomingFile } from '../pyrus/ports';
import { runBatch } from '../transfer/batch';
import type { BatchItem, BatchResult } from '../transfer/batch';
import { onceMore } from '../transfer/onceMore';
import { saveFile, saveFileAs } from '../transfer/target';
import type { ConflictChoice, SaveResult } from '../transfer/target';
import { fileCount } from '../words/numbers';
import { concernsAll, logFailure, runCommand, signedIn, stillSignedIn } from './command';
import { Conflicts, fallbackName, keepUnconfirmed } from './conflicts';
import { askForDestination } from './destination';
import type { Destination } from './destination';
import { askForFiles } from './downloadInput';
import { confirmDownload, requestedDownload } from './downloadArguments';
import { reportDownloads } from './downloadReport';
import type { DownloadedFile } from './downloadReport';
import { withTransferProgress } from './progress';
import type { TransferProgress } from './progress';
import { comparePyrusFile, lookedAt } from './pyrusFile';
import { asUri, resourcesFrom } from './resources';
import type { Services } from './services';
import { askForTaskFiles } from './taskFilePicker';
import type { FileQuestion } from './taskFilePicker';
import { askForTask, readTask } from './taskPicker';
import { expectedOf } from './wantedFile';
import type { WantedFile } from './wantedFile';

interface DownloadItem extends BatchItem {
  readonly file: WantedFile;
}

/** A file whose name was taken, and what has it; shown side by side in place of a download. */
interface Compared {
  readonly file: WantedFile;
  readonly local: vscode.Uri;
}

/** What is asked about the names of the files that come. */
export interface NameQuestions {
  /** A file is about to come under this name. */
  readonly onName?: (file: WantedFile, name: string) => void;
  /** Something has the name that it should have had. */
  readonly onConflict: (
    file: WantedFile,
    local: vscode.Uri,
    name: string,
  ) => Promise<ConflictChoice>;
}

/** How a download of several files ended. */
export type DownloadResult = BatchResult<DownloadItem, SaveResult>;

/**
 * `pyrus.download`: from the palette, or into a folder of the Explorer; a task leads to its files. Other
 * extensions pass what they want, and the user is asked whether they shall have it.
 */
export async function download(
  services: Services,
  args: readonly unknown[],
): Promise<readonly DownloadedFile[]> {
  const account = await signedIn(services);
  const requested = requestedDownload(args);
  if (requested !== undefined) {
    await confirmDownload(requested, account);
    const files = requested.ids.map(id => ({ id }));
    return fetchFiles(services, account, files, requested.folder);
  }
  const clicked = clickedIn(args);
  const wanted = await askForFiles(services, account, {
    title: vscode.l10n.t('Download Pyrus Files'),
  });
  const files =
    'task' in wanted
      ? await askForTaskFiles(
          await readTask(services, account, wanted.task),
          toDownload(services, account),
        )
      : wanted.files;
  return fetchFiles(services, account, files, clicked);
}

/** `pyrus.downloadFromTask`: from the palette, or into a folder of the Explorer. */
export async function downloadFromTask(
  services: Services,
  args: readonly unknown[],
): Promise<readonly DownloadedFile[]> {
  const account = await signedIn(services);
  const clicked = clickedIn(args);
  const title = vscode.l10n.t('Download Files of Pyrus Task');
  const task = await askForTask(services, account, { title, near: clicked });
  return fetchFiles(
    services,
    account,
    await askForTaskFiles(task, toDownload(services, account)),
    clicked,
  );
}

/** Of several selected, the one that was clicked: the selection is in the order selected. */
function clickedIn(args: readonly unknown[]): vscode.Uri | undefined {
  return asUri(args[0]) ?? resourcesFrom(args).uris[0];
}

function toDownload(services: Services, account: Account): FileQuestion {
  return {
    placeholder: vscode.l10n.t('Choose what to download'),
    many: true,
    ...lookedAt(services, account),
  };
}

async function fetchFiles(
  services: Services,
  account: Account,
  files: readonly WantedFile[],
  clicked: vscode.Uri | undefined,
): Promise<readonly DownloadedFile[]> {
  const destination = await askForDestination(clicked, files, ({ id, name }) =>
    name === undefined
      ? nameInPyrus(services.clientOf(account), id, services.transfers.signal)
      : Promise.resolve(name),
  );
  let asked: { readonly place: Destination; readonly conflicts: Conflicts } | undefined;
  return reportDownloads(services, files, destination, async (pending, place) => {
    // What was said about one folder is not said about another.
    if (asked?.place !== place) {
      asked = { place, conflicts: new Conflicts(files, place) };
    }
    const { conflicts } = asked;
    const compared: Compared[] = [];
    const result = await downloadFiles(services, account, pending, place, {
      onName: ({ id }, name) => conflicts.claim(id, name),
      onConflict: async (file, local, name) => {
        const answer = await conflicts.answer(file.id, name);
        if (answer !== 'compare') {
          return answer;
        }
        compared.push({ file, local });
        return 'skip';
      },
    });
    await runCommand(services, 'pyrus.download', async () => {
      for (const { file, local } of compared) {
        await comparePyrusFile(services, account, file, local);
      }
    });
    return result;
  });
}

/**
 * All of them as one account, whoever signs in meanwhile, behind one progress.
 * @param outside cancels it, as the progress's button does
 */
export async function downloadFiles(
  services: Services,
  account: Account,
  files: readonly WantedFile[],
  destination: Destination,
  { onName, onConflict }: NameQuestions,
  outside?: AbortSignal,
): Promise<DownloadResult> {
  const { log, parts, transfers } = services;
  const client = services.clientOf(await stillSignedIn(services, account));
  const title =
    files.length === 1
      ? vscode.l10n.t('Downloading from Pyrus')
      : vscode.l10n.t('Downloading from Pyrus: {0}', fileCount(files.length));
  const run = async ({ signal, show, showWait }: TransferProgress): Promise<DownloadResult> => {
    const result = await runBatch<DownloadItem, SaveResult>({
      items: files.map(downloadItem),
      run: ({ file: item }, onProgress) => {
        const { id, name: ownName, size: ownSize } = item;
        const take = (file: IncomingFile): Promise<SaveResult> => {
          let received = 0;
          const name = file.name ?? ownName;
          const called = name ?? fallbackName(id);
          onName?.(item, called);
          const request = {
            file,
            fallbackName: fallbackName(id),
            expected: expectedOf(item),
            onUnconfirmed: (size: number) => keepUnconfirmed(called, size),
            signal,
            parts,
            onBytes: (count: number) => onProgress((received += count), file.size ?? ownSize),
          };
          return destination.kind === 'file'
            ? saveFileAs(destination.target, request)
            : saveFile({
                ...request,
                folder: destination.folder,
                name: name ?? '',
                onConflict: taken =>
                  onConflict(item, vscode.Uri.joinPath(destination.folder, taken), taken),
              });
        };
        return onceMore(() => client.download(id, take, { signal, onWait: showWait }));
      },
      isFatal: concernsAll,
      onProgress: show,
      signal,
    });
    for (const { item, error } of result.failed) {
      logFailure(log, `download of ${item.file.id}`, error);
    }
    return result;
  };
  return withTransferProgress(transfers, title, run, outside);
}

function downloadItem(file: WantedFile): DownloadItem {
  const { id, name, size } = file;
  return {
    file,
    name: name ?? vscode.l10n.t('file {0}', id),
    ...(size === undefined ? {} : { size }),
  };
}

/** What a file is called, from the head of its answer; the body is left unread. */
function nameInPyrus(
  client: PyrusClient,
  id: number,
  signal: AbortSignal,
): Promise<string | undefined> {
  return client.download(id, file => Promise.resolve(file.name), { signal });
}
