import * as vscode from 'vscode';
import type { Uploaded } from '../pyrus/upload';
import { collectFiles } from './collect';
import { Cancelled, signedIn } from './command';
import { confirmUpload, withoutUnwantedSecrets } from './confirm';
import { savedFiles } from './dirty';
import { isInReach } from './reach';
import { activeResource, resourcesFrom } from './resources';
import { knownToPyrus } from './sameBytes';
import type { Services } from './services';
import { outgoingFile, uploadFiles } from './uploading';
import { reportUploads } from './uploadReport';

/** What the command answers to other extensions, in the order given. */
export interface UploadedFile extends Uploaded {
  readonly uri: vscode.Uri;
  readonly name: string;
}

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
  const outgoing = await knownToPyrus(services, account, agreed.map(outgoingFile));
  return reportUploads(services, outgoing, pending => uploadFiles(services, account, pending));
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
