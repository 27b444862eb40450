import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { UploadRecord } from '../history/uploadRecord';
import { plural } from '../words/numbers';
import { fileNameText, plainText } from '../words/plainText';
import { Cancelled } from './command';
import { exists } from './exists';
import { pickRow } from './pickRow';

interface Answer extends vscode.QuickPickItem {
  readonly files: readonly vscode.Uri[];
}

/** A GUID is of use once, and only to whoever uploaded the file. */
export function isSpent({ state, account: { id } }: UploadRecord, account: Account): boolean {
  return state.kind !== 'unattached' || id !== account.id;
}

/** Where the uploaded file is; undefined when it is not there any more, or was in no file. */
export async function existingFile({ uri }: UploadRecord): Promise<vscode.Uri | undefined> {
  const file = uri === undefined ? undefined : vscode.Uri.parse(uri);
  return file === undefined || !(await exists(file)) ? undefined : file;
}

/**
 * Says why these uploads cannot be attached and offers to upload their files again.
 * @param hasOthers whether anything is left without them
 * @returns the files to upload
 * @throws Cancelled
 */
export async function askAboutSpent(
  spent: readonly UploadRecord[],
  account: Account,
  hasOthers: boolean,
): Promise<readonly vscode.Uri[]> {
  const files = (await Promise.all(spent.map(existingFile))).flatMap(file => file ?? []);
  const answers = [
    ...(files.length > 0 ? [uploadAgain(files)] : []),
    ...(hasOthers ? [leaveOut()] : []),
  ];
  if (answers.length === 0) {
    void vscode.window.showErrorMessage(
      `${reasonFor(spent, account)} ${vscode.l10n.t('Its file is not there any more, so it cannot be uploaded again.')}`,
    );
    throw new Cancelled();
  }
  const picked = await pickRow(answers, {
    title: titleFor(spent),
    placeholder: reasonFor(spent, account),
    ignoreFocusOut: true,
  });
  return picked.files;
}

function uploadAgain(files: readonly vscode.Uri[]): Answer {
  const paths = files.map(file => vscode.workspace.asRelativePath(file));
  return {
    label: vscode.l10n.t('Upload Again and Attach'),
    iconPath: new vscode.ThemeIcon('cloud-upload'),
    detail: fileNameText(paths.join(', '), 120),
    files,
  };
}

function leaveOut(): Answer {
  return {
    label: vscode.l10n.t('Leave Them Out'),
    iconPath: new vscode.ThemeIcon('exclude'),
    files: [],
  };
}

function titleFor(spent: readonly UploadRecord[]): string {
  const [first] = spent;
  const count = spent.length;
  if (count === 1 && first !== undefined) {
    return vscode.l10n.t('“{0}” cannot be attached by its GUID', fileNameText(first.name, 40));
  }
  return plural(count, {
    one: () => vscode.l10n.t({ message: '{0} GUID is used up', args: [count], comment: ['one'] }),
    few: () => vscode.l10n.t({ message: '{0} GUIDs are used up', args: [count], comment: ['few'] }),
    many: () =>
      vscode.l10n.t({ message: '{0} GUIDs are used up', args: [count], comment: ['many'] }),
  });
}

function reasonFor(spent: readonly UploadRecord[], account: Account): string {
  const [first] = spent;
  if (first === undefined || spent.length > 1) {
    return vscode.l10n.t('A GUID attaches a file once, and only for whoever uploaded it.');
  }
  const { state } = first;
  if (first.account.id !== account.id) {
    return vscode.l10n.t(
      'It was uploaded as {0}: its GUID is of no use to you.',
      plainText(first.account.label, 80),
    );
  }
  return state.kind === 'attached'
    ? vscode.l10n.t('It is attached to task {0} already: a GUID attaches once.', state.taskId)
    : vscode.l10n.t('Pyrus no longer takes its GUID.');
}
