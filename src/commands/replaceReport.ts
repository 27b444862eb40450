import * as vscode from 'vscode';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import type { Replaced } from './guidsInCode';

/** A message has room for this many names. */
const MOST_NAMES = 3;

/** Says in how many files, or how often in one, the GUID of a file was replaced. */
export function tellReplaced(name: string, { places, files, leftOut }: Replaced): void {
  const replaced = files > 1 ? inFiles(name, files) : inPlaces(name, places);
  if (leftOut.length === 0) {
    void vscode.window.showInformationMessage(replaced);
  } else {
    void vscode.window.showWarningMessage(`${replaced} ${leftOutText(leftOut)}`);
  }
}

/** Puts the GUID of a file that is in Pyrus now on the clipboard, for it stands nowhere. */
export async function tellNotReplaced(guid: string, name: string, found?: number): Promise<void> {
  await vscode.env.clipboard.writeText(guid);
  const file = fileNameText(name);
  void vscode.window.showInformationMessage(
    found === 0
      ? vscode.l10n.t(
          'The old GUID is no longer there to be replaced. “{0}” is in Pyrus, verified; its new GUID is on the clipboard.',
          file,
        )
      : vscode.l10n.t(
          'No GUID was replaced. “{0}” is in Pyrus, verified; its new GUID is on the clipboard.',
          file,
        ),
  );
}

function inFiles(name: string, count: number): string {
  const args = [fileNameText(name), count];
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: '“{0}” is in Pyrus, verified. GUID replaced in {1} file.',
        args,
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: '“{0}” is in Pyrus, verified. GUID replaced in {1} files.',
        args,
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: '“{0}” is in Pyrus, verified. GUID replaced in {1} files.',
        args,
        comment: ['many'],
      }),
  });
}

function inPlaces(name: string, count: number): string {
  const args = [fileNameText(name), count];
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: '“{0}” is in Pyrus, verified. GUID replaced in {1} place.',
        args,
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: '“{0}” is in Pyrus, verified. GUID replaced in {1} places.',
        args,
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: '“{0}” is in Pyrus, verified. GUID replaced in {1} places.',
        args,
        comment: ['many'],
      }),
  });
}

function leftOutText(files: readonly vscode.Uri[]): string {
  const names = files
    .slice(0, MOST_NAMES)
    .map(uri => vscode.l10n.t('“{0}”', fileNameText(vscode.workspace.asRelativePath(uri))));
  const more = files.length - names.length;
  const list =
    more > 0 ? vscode.l10n.t('{0} and {1} more', names.join(', '), more) : names.join(', ');
  return vscode.l10n.t(
    'Not changed, for they lie outside the workspace, or are not text in the encoding set for them: {0}.',
    list,
  );
}
