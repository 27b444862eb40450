import type { Uri } from 'vscode';
import type { Account } from '../account/accounts';
import type { Task } from '../pyrus/taskWire';
import { noteOutcome } from './attachHistory';
import { attachNow } from './attaching';
import type { AttachOutcome } from './attaching';
import { fileItem, unknownItem, uploadItem } from './attachItem';
import type { AttachItem } from './attachItem';
import { planFor } from './attachPlan';
import { isCancel } from './command';
import { savedFiles } from './dirty';
import { downloadFiles } from './download';
import type { DownloadResult } from './download';
import type { Services } from './services';
import { outgoingFile, uploadFiles } from './uploading';
import type { UploadResult } from './uploading';
import type { WantedFile } from './wantedFile';

/** Files, or uploads by their GUIDs, and the task they are for. */
export interface UnattendedAttach {
  /** As it was read before. */
  readonly task: Task;
  readonly files: readonly Uri[];
  readonly guids: readonly string[];
  readonly text: string;
}

/** The answer to each is undefined when the user has left, as with Esc in a save dialog. */
export interface Unattended {
  upload(
    account: Account,
    files: readonly Uri[],
    signal: AbortSignal,
  ): Promise<UploadResult | undefined>;
  attach(
    account: Account,
    request: UnattendedAttach,
    signal: AbortSignal,
  ): Promise<AttachOutcome | undefined>;
  /** What has a name that is taken gets another one. */
  download(
    account: Account,
    files: readonly WantedFile[],
    folder: Uri,
    signal: AbortSignal,
  ): Promise<DownloadResult | undefined>;
}

/**
 * What the commands do, without their questions before and their messages after: for whoever asks and
 * answers in another way. The progress is the same, and so is every check.
 */
export function unattended(services: Services): Unattended {
  return {
    upload: (account, files, signal) =>
      unlessLeft(async () => {
        const saved = await savedFiles(files);
        return uploadFiles(services, account, saved.map(outgoingFile), signal);
      }),
    attach: (account, { task, files, guids, text }, signal) =>
      unlessLeft(async () => {
        const uploads = await Promise.all(guids.map(guid => itemOf(services, guid)));
        const sent = (await savedFiles(files)).map(file => fileItem(outgoingFile(file)));
        const plan = { ...planFor(task, [...sent, ...uploads]), text };
        const outcome = await attachNow(services, account, plan, signal);
        await noteOutcome(services, outcome);
        return outcome;
      }),
    download: (account, files, folder, signal) =>
      unlessLeft(() => {
        const destination = { kind: 'folder', folder } as const;
        const names = { onConflict: () => Promise.resolve('keepBoth' as const) };
        return downloadFiles(services, account, files, destination, names, signal);
      }),
  };
}

async function itemOf({ history }: Services, guid: string): Promise<AttachItem> {
  const record = await history.find(guid);
  return record === undefined ? unknownItem(guid) : uploadItem(record, undefined);
}

async function unlessLeft<T>(run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    if (isCancel(error)) {
      return undefined;
    }
    throw error;
  }
}
