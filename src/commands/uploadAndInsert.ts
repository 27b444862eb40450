import * as vscode from 'vscode';
import { Cancelled, signedIn } from './command';
import { insertFiles } from './insertFiles';
import type { InsertionTarget } from './insertion';
import type { Services } from './services';
import { sendAndReport } from './upload';
import type { UploadedFile } from './upload';

/** `pyrus.uploadAndInsert`: files of a dialog, their GUIDs where the cursors are now. */
export async function uploadAndInsert(services: Services): Promise<readonly UploadedFile[]> {
  const target = services.insertion.target();
  try {
    return await uploadAndInsertAt(services, target);
  } finally {
    target?.dispose();
  }
}

/** @throws Cancelled */
export async function uploadAndInsertAt(
  services: Services,
  target: InsertionTarget | undefined,
): Promise<readonly UploadedFile[]> {
  const account = await signedIn(services);
  const folder = folderOf(target?.document);
  const chosen = await vscode.window.showOpenDialog({
    canSelectMany: true,
    openLabel: vscode.l10n.t('Upload and Insert'),
    title: vscode.l10n.t('Choose files to upload to Pyrus'),
    ...(folder === undefined ? {} : { defaultUri: folder }),
  });
  if (chosen === undefined) {
    throw new Cancelled();
  }
  return sendAndReport(
    services,
    account,
    chosen,
    target === undefined
      ? {}
      : { deliver: uploaded => insertFiles(services, uploaded, { target }) },
  );
}

/** Files of a request often lie beside it; a document that is nowhere yet has the workspace. */
function folderOf(document: vscode.TextDocument | undefined): vscode.Uri | undefined {
  return document?.uri.scheme === 'file'
    ? vscode.Uri.joinPath(document.uri, '..')
    : vscode.workspace.workspaceFolders?.[0]?.uri;
}
