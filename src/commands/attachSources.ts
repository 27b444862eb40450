import type * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { UploadRecord } from '../history/uploadRecord';
import { fileItem, unknownItem, uploadItem } from './attachItem';
import type { AttachItem } from './attachItem';
import { askWhatToAttach } from './attachWhat';
import { filesMeant } from './collect';
import { confirmUpload, withoutUnwantedSecrets } from './confirm';
import { savedFiles } from './dirty';
import type { InsertableFile } from './insertion';
import { guidsMeant } from './knownUpload';
import { areInReach } from './reach';
import { resourcesFrom } from './resources';
import type { Services } from './services';
import { askAboutSpent, existingFile, isSpent } from './attachSpent';
import { outgoingFile } from './uploading';
import type { OutgoingFile } from './uploading';

/**
 * What the arguments of the command mean: rows of the uploads view `(row, rows)`, a GUID, or files
 * as `pyrus.upload` takes them. Without any the user is asked.
 * @throws Cancelled
 */
export async function itemsToAttach(
  services: Services,
  account: Account,
  args: readonly unknown[],
): Promise<readonly AttachItem[]> {
  const guids = guidsMeant(args);
  if (guids.length > 0) {
    return uploadsToAttach(services, account, guids);
  }
  const { uris, pointedAt } = resourcesFrom(args);
  if (uris.length > 0) {
    const isAsked = !(pointedAt && (await areInReach(uris)));
    return filesToAttach(uris, isAsked ? account : undefined);
  }
  const what = await askWhatToAttach(services, account);
  return what.kind === 'files'
    ? filesToAttach(what.uris)
    : uploadsToAttach(services, account, [what.guid]);
}

/** A file of an upload that is over; in no file system when there is no `uri`. */
export interface FileInPyrus extends InsertableFile {
  readonly uri?: vscode.Uri;
}

/**
 * Files that have been uploaded. Their message may have stood there for long: what the history has
 * learnt of them since comes first; it may also be off.
 * @throws Cancelled
 */
export function uploadedToAttach(
  services: Services,
  account: Account,
  files: readonly FileInPyrus[],
): Promise<readonly AttachItem[]> {
  const items = new Map(
    files.map(file => [file.guid, uploadItem(file, file.uri && outgoingFile(file.uri))]),
  );
  const unnoted = (guid: string): AttachItem => items.get(guid) ?? unknownItem(guid);
  return uploadsToAttach(services, account, [...items.keys()], unnoted);
}

/**
 * Files and what lies in folders, with the guards of every upload. Nobody is asked whether bytes in
 * Pyrus already shall be used: their GUID may stand in somebody's code, and attaching would use it up.
 * @param confirmFor asked whether these files may really be sent as this account
 */
async function filesToAttach(
  selected: readonly vscode.Uri[],
  confirmFor?: Account,
): Promise<AttachItem[]> {
  const files = await filesMeant(selected);
  if (confirmFor !== undefined) {
    await confirmUpload(files, confirmFor);
  }
  const agreed = await savedFiles(await withoutUnwantedSecrets(files));
  return agreed.map(uri => fileItem(outgoingFile(uri)));
}

/**
 * Uploads by their GUIDs; in place of those that cannot be attached any more, their files anew.
 * @param unnoted for a GUID that the history does not have
 */
async function uploadsToAttach(
  services: Services,
  account: Account,
  guids: readonly string[],
  unnoted: (guid: string) => AttachItem = unknownItem,
): Promise<AttachItem[]> {
  const items: AttachItem[] = [];
  const spent: UploadRecord[] = [];
  for (const guid of guids) {
    const record = await services.history.find(guid);
    if (record === undefined) {
      items.push(unnoted(guid));
    } else if (isSpent(record, account)) {
      spent.push(record);
    } else {
      items.push(uploadItem(record, await fileOf(record)));
    }
  }
  if (spent.length === 0) {
    return items;
  }
  const again = await askAboutSpent(spent, account, items.length > 0);
  return again.length === 0 ? items : [...items, ...(await filesToAttach(again))];
}

async function fileOf(record: UploadRecord): Promise<OutgoingFile | undefined> {
  const uri = await existingFile(record);
  return uri === undefined ? undefined : outgoingFile(uri);
}
