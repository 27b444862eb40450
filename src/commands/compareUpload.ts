import * as vscode from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import { compareWithUpload } from '../transfer/fileState';
import type { FileState } from '../transfer/fileState';
import { fileNameText } from '../words/plainText';
import { runCommand } from './command';
import { nameList } from './failedTransfers';
import { uploadsMeant } from './knownUpload';
import { withTransferProgress } from './progress';
import { comparePyrusFile } from './pyrusFile';
import type { Services } from './services';
import { uploadFilesOf } from './uploadAgain';

interface Compared {
  readonly record: UploadRecord;
  readonly state: FileState;
}

/** `pyrus.uploads.compare`: whether files still are what was uploaded of them, by MD5. */
export async function compareUpload(
  services: Services,
  args: readonly unknown[],
): Promise<readonly FileState[]> {
  const records = await uploadsMeant(services, args);
  const title = vscode.l10n.t('Comparing with what was uploaded');
  const compared = await withTransferProgress(services.transfers, title, async ({ signal }) => {
    const states: Compared[] = [];
    for (const record of records) {
      states.push({ record, state: await compareWithUpload(record, signal) });
    }
    return states;
  });
  // The answer does not wait for somebody to close the message.
  void runCommand(services, 'pyrus.uploads.compare', () => tell(services, compared));
  return compared.map(({ state }) => state);
}

async function tell(services: Services, compared: readonly Compared[]): Promise<void> {
  const outdated = compared.filter(isOutdated).map(({ record }) => record);
  const uploadAgain = vscode.l10n.t('Upload Again');
  const showChanges = vscode.l10n.t('Show Changes');
  const changed =
    compared.length === 1 ? await attachedAndChanged(services, compared[0]) : undefined;
  const chosen = await vscode.window.showInformationMessage(
    comparisonText(compared),
    ...(changed === undefined ? [] : [showChanges]),
    ...(outdated.length > 0 ? [uploadAgain] : []),
  );
  if (chosen === showChanges) {
    await changed?.();
  }
  if (chosen === uploadAgain) {
    await uploadFilesOf(services, outdated);
  }
}

/** @returns what shows a changed file beside what its task has of it, when that can be had */
async function attachedAndChanged(
  services: Services,
  compared: Compared | undefined,
): Promise<(() => Promise<void>) | undefined> {
  if (compared?.state !== 'changed' || compared.record.uri === undefined) {
    return undefined;
  }
  const { record } = compared;
  const fileId = record.state.kind === 'attached' ? record.state.fileId : undefined;
  const account = await services.accounts.find(record.account.id);
  if (fileId === undefined || account === undefined) {
    return undefined;
  }
  const { name, size, md5 } = record;
  const local = vscode.Uri.parse(compared.record.uri);
  return () => comparePyrusFile(services, account, { id: fileId, name, size, md5 }, local);
}

/** There is a file, and its GUID does not stand for what is in it, or attaches nothing any more. */
function isOutdated({ state, record }: Compared): boolean {
  return state === 'changed' || (state === 'unchanged' && record.state.kind !== 'unattached');
}

function comparisonText(compared: readonly Compared[]): string {
  const [first, ...others] = compared;
  return first !== undefined && others.length === 0 ? textForOne(first) : textForMany(compared);
}

function textForOne({ record, state }: Compared): string {
  const name = fileNameText(record.name);
  switch (state) {
    case 'unchanged':
      return record.state.kind === 'unattached'
        ? vscode.l10n.t('“{0}” is still what was uploaded: the MD5 is the same.', name)
        : vscode.l10n.t(
            '“{0}” is still what was uploaded, but this GUID attaches nothing any more.',
            name,
          );
    case 'changed':
      return vscode.l10n.t('“{0}” has changed since it was uploaded.', name);
    case 'missing':
      return record.uri === undefined
        ? vscode.l10n.t('“{0}” was not uploaded from a file, so there is nothing to compare.', name)
        : vscode.l10n.t('“{0}” is no longer where it was uploaded from.', name);
  }
}

/** Names what is not as it was, and counts the rest. */
function textForMany(compared: readonly Compared[]): string {
  const namesOf = (wanted: FileState): string[] =>
    compared.filter(({ state }) => state === wanted).map(({ record }) => record.name);
  const [changed, missing, unchanged] = [
    namesOf('changed'),
    namesOf('missing'),
    namesOf('unchanged'),
  ];
  return [
    ...(changed.length > 0
      ? [vscode.l10n.t('Changed since the upload: {0}.', nameList(changed))]
      : []),
    ...(missing.length > 0 ? [vscode.l10n.t('No longer there: {0}.', nameList(missing))] : []),
    vscode.l10n.t('Unchanged: {0} of {1}.', unchanged.length, compared.length),
  ].join(' ');
}
