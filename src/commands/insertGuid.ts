import * as vscode from 'vscode';
import { isBoolean, userSetting } from '../settings/userSetting';
import { runCommand } from './command';
import { guidLines } from './insertFiles';
import { insertRecords } from './insertRecords';
import type { Services } from './services';
import { uploadAndInsert, uploadAndInsertAt } from './uploadAndInsert';
import { pickUploads } from './uploadPick';

/** `pyrus.insertGuid`: a GUID of the upload history, at the cursors. Asks no server anything. */
export async function insertGuid(services: Services): Promise<void> {
  const target = services.insertion.target();
  try {
    const records = await services.history.all();
    if (records.length === 0) {
      tellNoUploads(services);
      return;
    }
    const choice = await pickUploads(records);
    switch (choice.kind) {
      case 'upload':
        await uploadAndInsertAt(services, target);
        return;
      case 'copy':
        await vscode.env.clipboard.writeText(guidLines(choice.records));
        vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) GUID copied'), 3000);
        return;
      default:
        await insertRecords(services, choice.records, {
          target,
          asksForFormat: choice.kind === 'insertAs',
        });
    }
  } finally {
    target?.dispose();
  }
}

function tellNoUploads(services: Services): void {
  const upload = vscode.l10n.t('Upload File and Insert GUID…');
  const text = userSetting('history.record', isBoolean)
    ? vscode.l10n.t('There are no uploads to choose from yet.')
    : vscode.l10n.t(
        'There are no uploads to choose from: the setting “pyrus.history.record” is off.',
      );
  // The command is over; the button is a command of its own.
  void runCommand(services, 'pyrus.uploadAndInsert', async () => {
    if ((await vscode.window.showInformationMessage(text, upload)) === upload) {
      await uploadAndInsert(services);
    }
  });
}
