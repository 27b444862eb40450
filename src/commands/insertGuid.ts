import * as vscode from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import { isBoolean, userSetting } from '../settings/userSetting';
import { runCommand } from './command';
import { askForFormat } from './copyAs';
import { guidLines, insertFiles } from './insertFiles';
import type { InsertionTarget } from './insertion';
import type { Services } from './services';
import { askAboutSpent, fileIdOf, isSpent } from './spentUploads';
import { uploadAndInsert, uploadAndInsertAt } from './uploadAndInsert';
import { sendAndReport } from './upload';
import type { UploadedFile } from './upload';
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
        await insertRecords(services, target, choice.records, choice.kind === 'insertAs');
    }
  } finally {
    target?.dispose();
  }
}

/** Inserts what was uploaded, unless it is used up and the user wants something better. */
async function insertRecords(
  services: Services,
  target: InsertionTarget | undefined,
  records: readonly UploadRecord[],
  asksForFormat: boolean,
): Promise<void> {
  const spent = records.filter(isSpent);
  const choice = spent.length === 0 ? 'anyway' : await askAboutSpent(spent);
  if (choice === 'fileId') {
    await insertFiles(services, records, { target, fileIds: records.map(fileIdOf) });
    return;
  }
  const how = asksForFormat
    ? {
        format: await askForFormat(
          services,
          records,
          vscode.l10n.t('Insert As'),
          target?.document.languageId,
        ),
      }
    : {};
  if (choice === 'anyway') {
    await insertFiles(services, records, { target, ...how });
    return;
  }
  const uris = spent.flatMap(({ uri }) => (uri === undefined ? [] : vscode.Uri.parse(uri)));
  await sendAndReport(services, uris, {
    deliver: uploaded =>
      insertFiles(
        services,
        records.flatMap(record =>
          isSpent(record) ? (newUploadOf(record, uploaded) ?? []) : record,
        ),
        { target, ...how },
      ),
  });
}

function newUploadOf(
  { uri }: UploadRecord,
  uploaded: readonly UploadedFile[],
): UploadedFile | undefined {
  return uploaded.find(file => file.uri.toString() === uri);
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
