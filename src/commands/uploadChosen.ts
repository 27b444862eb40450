import * as vscode from 'vscode';
import { Cancelled, signedIn } from './command';
import { withoutUnwantedSecrets } from './confirm';
import { savedFiles } from './dirty';
import { knownToPyrus } from './sameBytes';
import type { Services } from './services';
import type { UploadedFile } from './upload';
import { outgoingFile, uploadFiles } from './uploading';
import { reportUploads } from './uploadReport';

/** `pyrus.uploads.upload`: files chosen in a dialog, whatever is open in an editor. */
export async function uploadChosen(services: Services): Promise<readonly UploadedFile[]> {
  const account = await signedIn(services);
  const agreed = await savedFiles(await withoutUnwantedSecrets(await chooseFiles()));
  const outgoing = await knownToPyrus(services, account, agreed.map(outgoingFile));
  return reportUploads(services, outgoing, pending => uploadFiles(services, account, pending));
}

/** @throws Cancelled */
async function chooseFiles(): Promise<readonly vscode.Uri[]> {
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
