import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { Uploaded } from '../pyrus/upload';
import type { HeldBytes } from '../transfer/heldBytes';
import { collectFiles } from './collect';
import { signedIn } from './command';
import { confirmUpload, withoutUnwantedSecrets } from './confirm';
import { savedFiles } from './dirty';
import { showFailures } from './failedTransfers';
import { guidLines, insertFiles } from './insertFiles';
import type { InsertableFile, InsertionTarget } from './insertion';
import { areInReach, isOfWorkspace } from './reach';
import { knownToPyrus } from './sameBytes';
import type { Services } from './services';
import { tellUploaded } from './uploadedMessage';
import { outgoingBytes, outgoingFile, uploadFiles } from './uploading';
import type { OutgoingFile, UploadResult } from './uploading';

/** What somebody dropped or pasted: files and folders, or bytes in none. */
export interface Dropped {
  readonly uris: readonly vscode.Uri[];
  /** Empty when there are addresses. */
  readonly bytes: readonly HeldBytes[];
  /** True when a person must have pointed at just these. */
  readonly isPointedAt: boolean;
}

/** A text in a document that stands for what is being uploaded. */
export interface Placeholder extends InsertionTarget {
  /** Aborted when the user took it out of the document, or closed that. */
  readonly signal: AbortSignal;
  /** False once somebody has changed what was put in: it can no longer be replaced by more. */
  readonly isUntouched: boolean;
  /** Takes it out, if it is still there; the place stays. */
  readonly clear: () => Promise<void>;
}

/**
 * Uploads what was dropped and puts it where the placeholder is, with the questions, the progress
 * and the words of every upload. What fails is named and can be tried again.
 * @throws Cancelled
 */
export async function uploadInPlace(
  services: Services,
  dropped: Dropped,
  place: Placeholder,
): Promise<void> {
  // Before anything is waited for: bytes are held for a while only.
  const bytes = dropped.bytes.map(outgoingBytes);
  try {
    const account = await signedIn(services);
    place.signal.throwIfAborted();
    const files =
      bytes.length > 0
        ? await agreedBytes(account, bytes, dropped)
        : await agreedFiles(services, account, dropped);
    await uploadInto(services, account, files, place);
  } finally {
    // However it ended: nothing that stands for nothing is left in anybody's code.
    await place.clear();
    place.dispose();
  }
}

/** Everything that is asked before a byte is sent. @throws Cancelled */
async function agreedBytes(
  account: Account,
  bytes: readonly OutgoingFile[],
  { isPointedAt }: Dropped,
): Promise<readonly OutgoingFile[]> {
  if (!isPointedAt) {
    await confirmUpload(bytes, account);
  }
  return withoutUnwantedSecrets(bytes);
}

/** The same for files and folders. @throws Cancelled */
async function agreedFiles(
  services: Services,
  account: Account,
  { uris, isPointedAt }: Dropped,
): Promise<readonly OutgoingFile[]> {
  const files = await collectFiles(uris);
  // Who points at a file of the workspace need not know where a link leads.
  if (!(await areInReach(isPointedAt ? uris.filter(isOfWorkspace) : uris))) {
    await confirmUpload(files, account);
  }
  const agreed = await savedFiles(await withoutUnwantedSecrets(files));
  return knownToPyrus(services, account, agreed.map(outgoingFile));
}

async function uploadInto(
  services: Services,
  account: Account,
  files: readonly OutgoingFile[],
  place: Placeholder,
): Promise<void> {
  const uploaded = new Map<OutgoingFile, Uploaded>();
  let pending = files;
  for (;;) {
    place.signal.throwIfAborted();
    const result = await uploadFiles(services, account, pending, place.signal);
    const { done, failed, cancelled } = result;
    done.forEach(({ item, value }) => uploaded.set(item.file, value));
    if (place.signal.aborted) {
      return;
    }
    if (cancelled) {
      await place.clear();
      await handOver(services, insertable(pending, uploaded), result);
      return;
    }
    if (done.length === 0) {
      await place.clear();
    } else if (place.isUntouched) {
      await insertFiles(services, insertable(files, uploaded), { target: place });
    } else {
      await handOver(services, insertable(pending, uploaded), result);
    }
    const summary = failureSummary(uploaded.size, files.length);
    if (failed.length === 0 || !(await showFailures(services, { failed, summary }))) {
      return;
    }
    pending = failed.map(({ item }) => item.file);
  }
}

/** In the order they were dropped in. */
function insertable(
  files: readonly OutgoingFile[],
  uploaded: ReadonlyMap<OutgoingFile, Uploaded>,
): InsertableFile[] {
  return files.flatMap(file => {
    const value = uploaded.get(file);
    return value === undefined ? [] : [{ name: file.name, ...value }];
  });
}

/** To the clipboard, as every upload that nobody has a place for. */
async function handOver(
  services: Services,
  files: readonly InsertableFile[],
  { cancelled, account }: Pick<UploadResult, 'cancelled' | 'account'>,
): Promise<void> {
  if (files.length > 0) {
    await vscode.env.clipboard.writeText(guidLines(files));
    const end = { account, left: files, cancelled, nothingSent: false, target: undefined };
    await tellUploaded(services, files, end);
  }
}

function failureSummary(done: number, total: number): string | undefined {
  if (total === 1) {
    return undefined;
  }
  return done === 0
    ? vscode.l10n.t('No file was uploaded.')
    : vscode.l10n.t('Uploaded {0} of {1}; their GUIDs are inserted.', done, total);
}
