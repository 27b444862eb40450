import * as vscode from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { Cancelled, runCommand } from './command';
import { uploadsMeant } from './knownUpload';
import type { Services } from './services';

/** `pyrus.uploads.forget`: off the history and off the disk, unless the user takes it back. */
export async function forgetUploads(services: Services, args: readonly unknown[]): Promise<void> {
  const records = await uploadsMeant(services, args);
  await services.history.forget(records.map(({ guid }) => guid));
  // Whoever ran the command does not wait for somebody to close the message.
  void runCommand(services, 'pyrus.uploads.forget', async () => {
    const undo = vscode.l10n.t('Undo');
    const chosen = await vscode.window.showInformationMessage(forgottenText(records), undo);
    if (chosen === undo) {
      await services.history.restore(records);
    }
  });
}

/** `pyrus.uploads.clear`: all of it, for good. */
export async function clearUploads({ history }: Services): Promise<void> {
  const { length: count } = await history.all();
  if (count === 0) {
    // The file may hold more than is shown: what belongs to no upload, or what a limit of 0 hides.
    await history.clear();
    void vscode.window.showInformationMessage(vscode.l10n.t('The upload history is empty.'));
    return;
  }
  const clear = vscode.l10n.t('Clear History');
  const answer = await vscode.window.showWarningMessage(
    clearQuestion(count),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Files in Pyrus stay there. A GUID that you have noted nowhere else cannot be found again. To have no more uploads noted, turn off the setting “pyrus.history.record”.',
      ),
    },
    clear,
  );
  if (answer !== clear) {
    throw new Cancelled();
  }
  await history.clear();
  vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Upload history cleared'), 3000);
}

function forgottenText(records: readonly [UploadRecord, ...UploadRecord[]]): string {
  const [{ name }] = records;
  const count = records.length;
  if (count === 1) {
    return vscode.l10n.t('Forgot “{0}”. Nothing changes in Pyrus.', fileNameText(name));
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Forgot {0} upload. Nothing changes in Pyrus.',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Forgot {0} uploads. Nothing changes in Pyrus.',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Forgot {0} uploads. Nothing changes in Pyrus.',
        args: [count],
        comment: ['many'],
      }),
  });
}

function clearQuestion(count: number): string {
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Remove {0} upload from the history?',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Remove {0} uploads from the history?',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Remove {0} uploads from the history?',
        args: [count],
        comment: ['many'],
      }),
  });
}
