import type { PreparedToolInvocation, Uri } from 'vscode';
import type { Account, Accounts } from '../account/accounts';
import type { UploadHistory } from '../history/uploadHistory';
import type { AttachedFile } from '../pyrus/attachedFiles';
import type { PyrusClient } from '../pyrus/client';
import type { Task } from '../pyrus/taskWire';
import type { Uploaded } from '../pyrus/upload';
import type { BatchItem, BatchResult, Failed } from '../transfer/batch';
import type { SaveResult } from '../transfer/target';

/** What tools are given; built once by the composition root. */
export interface ToolServices {
  readonly accounts: Accounts;
  readonly clientOf: (account: Account) => PyrusClient;
  readonly history: UploadHistory;
  readonly transfers: Transfers;
  /** Told what went wrong, for the log. */
  readonly onFailure: (error: unknown) => void;
}

/** A tool for somebody who is signed in: as `Tool`, which is made of it. */
export interface AccountTool {
  prepare(account: Account, input: unknown, signal: AbortSignal): Promise<PreparedToolInvocation>;
  invoke(account: Account, input: unknown, signal: AbortSignal): Promise<object>;
}

/**
 * What moves bytes, by the same laws as the commands, with a progress and without questions. The answer
 * is undefined when the user has left.
 */
export interface Transfers {
  readonly upload: (
    account: Account,
    files: readonly Uri[],
    signal: AbortSignal,
  ) => Promise<UploadResult | undefined>;
  readonly attach: (
    account: Account,
    request: AttachRequest,
    signal: AbortSignal,
  ) => Promise<AttachOutcome | undefined>;
  /** Never over another file: what has a name that is taken gets another one. */
  readonly download: (
    account: Account,
    files: readonly WantedFile[],
    folder: Uri,
    signal: AbortSignal,
  ) => Promise<DownloadResult | undefined>;
}

export interface SentItem extends BatchItem {
  readonly file: { readonly uri?: Uri };
}

export interface ReceivedItem extends BatchItem {
  readonly file: WantedFile;
}

export type UploadResult = BatchResult<SentItem, Uploaded>;

export type DownloadResult = BatchResult<ReceivedItem, SaveResult>;

/** A file to fetch, and what its task told about it. */
export interface WantedFile {
  readonly id: number;
  readonly name?: string;
  readonly size?: number;
  readonly md5?: string;
}

/** Files, or uploads by their GUIDs, for one comment on a task. */
export interface AttachRequest {
  readonly task: Task;
  readonly files: readonly Uri[];
  readonly guids: readonly string[];
  readonly text: string;
}

/** How attaching ended. */
export type AttachOutcome =
  | {
      readonly kind: 'attached';
      readonly attached: { readonly commentId?: number; readonly files: readonly AttachedFile[] };
    }
  /** Nothing was attached, because these could not be uploaded. */
  | { readonly kind: 'notUploaded'; readonly failed: readonly Failed<BatchItem>[] }
  | { readonly kind: 'notAttached'; readonly error: unknown }
  | { readonly kind: 'cancelled'; readonly commentMayBeThere: boolean };
