import * as vscode from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import { signedIn } from './command';
import { askForFormat } from './copyAs';
import { insertFiles } from './insertFiles';
import type { InsertRequest } from './insertFiles';
import type { Services } from './services';
import { askAboutSpent, fileIdOf, isSpent } from './spentUploads';
import { sendAndReport } from './upload';
import type { ReportedFile } from './uploadReport';

/** Where to put uploads, and how. */
export interface RecordsRequest extends Pick<InsertRequest, 'target' | 'focus'> {
  /** By what is around each cursor when left out. */
  readonly asksForFormat?: boolean;
}

/** Inserts what was uploaded, unless it is used up and the user wants something better. */
export async function insertRecords(
  services: Services,
  records: readonly UploadRecord[],
  { asksForFormat = false, ...where }: RecordsRequest,
): Promise<void> {
  const spent = records.filter(isSpent);
  const language = where.target?.document.languageId;
  const takesIds = language === undefined || (await services.insertion.takesFileIds(language));
  const choice = spent.length === 0 ? 'anyway' : await askAboutSpent(spent, takesIds);
  if (choice === 'fileId') {
    await insertFiles(services, records, { ...where, fileIds: records.map(fileIdOf) });
    return;
  }
  const how = asksForFormat
    ? {
        format: await askForFormat(services, records, vscode.l10n.t('Insert As'), language),
      }
    : {};
  if (choice === 'anyway') {
    await insertFiles(services, records, { ...where, ...how });
    return;
  }
  const uris = spent.flatMap(({ uri }) => (uri === undefined ? [] : vscode.Uri.parse(uri)));
  await sendAndReport(services, await signedIn(services), uris, {
    deliver: uploaded =>
      insertFiles(
        services,
        records.flatMap(record =>
          isSpent(record) ? (newUploadOf(record, uploaded) ?? []) : record,
        ),
        { ...where, ...how },
      ),
  });
}

function newUploadOf(
  { uri }: UploadRecord,
  uploaded: readonly ReportedFile[],
): ReportedFile | undefined {
  return uploaded.find(file => file.uri?.toString() === uri);
}
