import * as vscode from 'vscode';
import { plainText } from '../words/plainText';
import { Cancelled } from './command';
import { uploadsMeant } from './knownUpload';
import { openTask } from './openTask';
import type { Services } from './services';

/** `pyrus.uploads.openTask`: the task a file was attached to, in the Pyrus it was uploaded to. */
export async function openUploadTask(services: Services, [row]: readonly unknown[]): Promise<void> {
  const [{ state, account }] = await uploadsMeant(services, [row]);
  if (state.kind !== 'attached') {
    void vscode.window.showInformationMessage(vscode.l10n.t('This upload is attached to no task.'));
    throw new Cancelled();
  }
  const uploader = await services.accounts.find(account.id);
  if (uploader === undefined) {
    // Only an account tells which Pyrus it is; what the history says of it is no address.
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Sign in as {0} to open its task.', plainText(account.label)),
    );
    throw new Cancelled();
  }
  await openTask(uploader.server, state.taskId);
}
