import { Hover } from 'vscode';
import type { TextDocument } from 'vscode';
import type { Accounts } from '../account/accounts';
import type { UploadHistory } from '../history/uploadHistory';
import type { FileStates } from './fileStates';
import type { GuidInDocument } from './guidInDocument';
import { isEditable } from './openTexts';
import { uploadMarkdown } from './uploadMarkdown';

/** What the upload history and the disk tell; the network is never asked. */
export interface KnownUploads {
  readonly history: UploadHistory;
  readonly accounts: Accounts;
  readonly fileStates: FileStates;
}

/** What is known of a GUID; undefined for every GUID that is not in the upload history. */
export async function hoverOf(
  { history, accounts, fileStates }: KnownUploads,
  document: TextDocument,
  { guid, range }: GuidInDocument,
  signal: AbortSignal,
): Promise<Hover | undefined> {
  const record = await history.find(guid);
  if (record === undefined || signal.aborted) {
    return undefined;
  }
  const [account, fileState] = await Promise.all([
    accounts.find(record.account.id),
    fileStates.of(record, signal),
  ]);
  const text = uploadMarkdown({
    record,
    server: account?.server,
    fileState,
    document: isEditable(document) ? document.uri : undefined,
  });
  return new Hover(text, range);
}
