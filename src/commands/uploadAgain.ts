import * as vscode from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import { signedIn, Cancelled } from './command';
import { confirmUpload, withoutUnwantedSecrets } from './confirm';
import { savedFiles } from './dirty';
import { nameList } from './failedTransfers';
import { uploadsMeant } from './knownUpload';
import { areInReach } from './reach';
import type { Services } from './services';
import { outgoingFile } from './uploading';
import { reportUploads } from './uploadReport';
import type { UploadedFile } from './upload';

/** `pyrus.uploads.uploadAgain`: the same files as they are now, for new GUIDs. */
export async function uploadAgain(
  services: Services,
  args: readonly unknown[],
): Promise<readonly UploadedFile[]> {
  return uploadFilesOf(services, await uploadsMeant(services, args));
}

/** @throws Cancelled */
export async function uploadFilesOf(
  services: Services,
  records: readonly UploadRecord[],
): Promise<readonly UploadedFile[]> {
  const files = filesOf(records);
  const account = await signedIn(services);
  if (!(await areInReach(files))) {
    await confirmUpload(files, account);
  }
  const agreed = await savedFiles(await withoutUnwantedSecrets(files));
  // Nobody is asked about the same bytes here: a new GUID is what is wanted.
  return reportUploads(services, account, agreed.map(outgoingFile));
}

/** Each once; says which uploads there is no file of. @throws Cancelled when there is none at all */
function filesOf(records: readonly UploadRecord[]): vscode.Uri[] {
  const uris = new Set(records.flatMap(({ uri }) => uri ?? []));
  const without = records.filter(({ uri }) => uri === undefined);
  if (without.length > 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        '{0}: uploaded from the clipboard or by a drop, so there is no file to upload again.',
        nameList(without.map(({ name }) => name)),
      ),
    );
  }
  if (uris.size === 0) {
    throw new Cancelled();
  }
  return Array.from(uris, uri => vscode.Uri.parse(uri));
}
