import * as vscode from 'vscode';
import type { Uploaded } from '../pyrus/upload';
import { collectFiles } from './collect';
import { Cancelled, signedIn } from './command';
import { confirmUpload, withoutUnwantedSecrets } from './confirm';
import { savedFiles } from './dirty';
import { isInReach } from './reach';
import { activeResource, resourcesFrom } from './resources';
import { knownToPyrus } from './sameBytes';
import type { InsertionTarget } from './insertion';
import type { Services } from './services';
import { outgoingFile, uploadFiles } from './uploading';
import type { OutgoingFile, UploadResult } from './uploading';
import { reportUploads } from './uploadReport';
import type { ReportOptions } from './uploadReport';

/** What the command answers to other extensions, in the order given: as JSON, for it may leave the host. */
export interface UploadedFile extends Uploaded {
  /** As `Uri.toString()` writes it. */
  readonly uri: string;
  readonly name: string;
}

/** `pyrus.upload`: from the Explorer, a tab, Source Control or the palette. */
export async function upload(
  services: Services,
  args: readonly unknown[],
): Promise<readonly UploadedFile[]> {
  const target = services.insertion.target();
  const onEnd = (): void => target?.dispose();
  try {
    const account = await signedIn(services);
    const { uris, pointedAt } = resourcesFrom(args);
    const files = await collectFiles(uris.length > 0 ? uris : await askForFiles(pointedAt));
    if (uris.length > 0 && !(pointedAt && uris.every(isInReach))) {
      await confirmUpload(files, account);
    }
    return await sendAndReport(services, files, { target: unlessAmong(files, target), onEnd });
  } catch (error) {
    onEnd();
    throw error;
  }
}

/** From the files agreed on to the message that they are in Pyrus. @throws Cancelled */
export async function sendAndReport(
  services: Services,
  files: readonly vscode.Uri[],
  options?: ReportOptions,
): Promise<readonly UploadedFile[]> {
  const account = await signedIn(services);
  const agreed = await savedFiles(await withoutUnwantedSecrets(files));
  const outgoing = await knownToPyrus(services, account, agreed.map(outgoingFile));
  const send = (pending: readonly OutgoingFile[]): Promise<UploadResult> =>
    uploadFiles(services, account, pending);
  return reportUploads(services, outgoing, send, options);
}

/** A click on a file to upload it may open it: nobody wants its GUID in itself. */
function unlessAmong(
  files: readonly vscode.Uri[],
  target: InsertionTarget | undefined,
): InsertionTarget | undefined {
  const address = target?.document.uri.toString();
  return files.some(file => file.toString() === address) ? undefined : target;
}

/**
 * The active tab's file when there is one, else whatever a file dialog answers.
 * @param nowhere the user pointed at no file: into the empty area under several folders
 * @throws Cancelled
 */
async function askForFiles(nowhere: boolean): Promise<readonly vscode.Uri[]> {
  const active = nowhere ? undefined : activeResource();
  return active === undefined ? chooseFiles() : [active];
}

/** Whatever a file dialog answers. @throws Cancelled */
export async function chooseFiles(): Promise<readonly vscode.Uri[]> {
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
