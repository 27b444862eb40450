import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { Uploaded } from '../pyrus/upload';
import { collectFiles } from './collect';
import { Cancelled, signedIn } from './command';
import { confirmUpload, withoutUnwantedSecrets } from './confirm';
import { savedFiles } from './dirty';
import { areInReach } from './reach';
import { activeResource, resourcesFrom } from './resources';
import type { Resources } from './resources';
import { knownToPyrus } from './sameBytes';
import type { InsertionTarget } from './insertion';
import type { Services } from './services';
import { outgoingFile } from './uploading';
import { reportUploads } from './uploadReport';
import type { ReportOptions } from './uploadReport';

/** What the command answers to other extensions, in the order given: as JSON, for it may leave the host. */
export interface UploadedFile extends Uploaded {
  /** As `Uri.toString()` writes it. */
  readonly uri: string;
  readonly name: string;
}

/** `pyrus.upload`: from the Explorer, a tab, Source Control or the palette. */
export function upload(
  services: Services,
  args: readonly unknown[],
): Promise<readonly UploadedFile[]> {
  return uploadResources(services, resourcesFrom(args));
}

/** The same for what somebody pointed at in another way. @throws Cancelled */
export async function uploadResources(
  services: Services,
  { uris, pointedAt }: Resources,
): Promise<readonly UploadedFile[]> {
  const target = services.insertion.target();
  const onEnd = (): void => target?.dispose();
  try {
    const account = await signedIn(services);
    const files = await collectFiles(uris.length > 0 ? uris : await askForFiles(pointedAt));
    if (uris.length > 0 && !(pointedAt && (await areInReach(uris)))) {
      await confirmUpload(files, account);
    }
    const options = { target: unlessAmong(files, target), onEnd };
    return await sendAndReport(services, account, files, options);
  } catch (error) {
    onEnd();
    throw error;
  }
}

/**
 * From the files agreed on to the message that they are in Pyrus.
 * @param account whoever the user was told of
 * @throws Cancelled
 */
export async function sendAndReport(
  services: Services,
  account: Account,
  files: readonly vscode.Uri[],
  options?: ReportOptions,
): Promise<readonly UploadedFile[]> {
  const agreed = await savedFiles(await withoutUnwantedSecrets(files));
  const outgoing = await knownToPyrus(services, account, agreed.map(outgoingFile));
  return reportUploads(services, account, outgoing, options);
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
