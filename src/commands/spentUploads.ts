import * as vscode from 'vscode';
import type { UploadRecord } from '../history/uploadRecord';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { uploadStateText } from '../words/uploadState';
import { pickRow } from './pickRow';

/** What to do with uploads whose GUIDs attach nothing any more. */
export type SpentChoice =
  /** Upload the files anew. */
  | 'again'
  /** Refer to the attached files by their ids. */
  | 'fileId'
  | 'anyway';

interface SpentItem extends vscode.QuickPickItem {
  readonly choice: SpentChoice;
}

/** A GUID attaches a file once. */
export function isSpent({ state }: UploadRecord): boolean {
  return state.kind !== 'unattached';
}

/** The id under which an upload is attached, as far as that is known. */
export function fileIdOf({ state }: UploadRecord): number | undefined {
  return state.kind === 'attached' ? state.fileId : undefined;
}

/**
 * Says what is the matter with these uploads and asks what to do.
 * @param takesIds whether they can be referred to by the ids of the attached files
 * @throws Cancelled
 */
export async function askAboutSpent(
  spent: readonly UploadRecord[],
  takesIds: boolean,
): Promise<SpentChoice> {
  const picked = await pickRow(
    [
      ...(spent.every(({ uri }) => uri !== undefined) ? [uploadAgain(spent)] : []),
      ...(takesIds && spent.every(record => fileIdOf(record) !== undefined)
        ? [byFileId(spent)]
        : []),
      insertAnyway(spent),
    ],
    {
      title: titleFor(spent),
      placeholder: vscode.l10n.t('A GUID attaches a file once. What shall be inserted?'),
    },
  );
  return picked.choice;
}

function uploadAgain(spent: readonly UploadRecord[]): SpentItem {
  const paths = spent.map(({ uri }) =>
    vscode.workspace.asRelativePath(vscode.Uri.parse(uri ?? '')),
  );
  return {
    label: vscode.l10n.t('$(cloud-upload) Upload Again and Insert the New GUID'),
    detail: fileNameText(paths.join(', '), 120),
    choice: 'again',
  };
}

function byFileId(spent: readonly UploadRecord[]): SpentItem {
  const ids = spent.map(fileIdOf).join(', ');
  return {
    label: vscode.l10n.t('$(link) Refer to the Attached File'),
    detail: `"attachment_id": ${ids}`,
    choice: 'fileId',
  };
}

function insertAnyway(spent: readonly UploadRecord[]): SpentItem {
  return {
    label: vscode.l10n.t('$(insert) Insert the Old GUID Anyway'),
    detail: spent.map(({ guid }) => guid).join(', '),
    choice: 'anyway',
  };
}

function titleFor(spent: readonly UploadRecord[]): string {
  const [first] = spent;
  const count = spent.length;
  if (count === 1 && first !== undefined) {
    return vscode.l10n.t('“{0}”: {1}', fileNameText(first.name, 40), uploadStateText(first.state));
  }
  return plural(count, {
    one: () => vscode.l10n.t({ message: '{0} GUID is used up', args: [count], comment: ['one'] }),
    few: () => vscode.l10n.t({ message: '{0} GUIDs are used up', args: [count], comment: ['few'] }),
    many: () =>
      vscode.l10n.t({ message: '{0} GUIDs are used up', args: [count], comment: ['many'] }),
  });
}
