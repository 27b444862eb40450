import * as vscode from 'vscode';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { runCommand } from './command';
import { tickOff } from './firstSteps';
import type { FormatChoice, InsertableFile, InsertionTarget, InsertOptions } from './insertion';
import type { Services } from './services';

/** Where to put files, and how. */
export interface InsertRequest extends Omit<InsertOptions, 'format'> {
  readonly format?: FormatChoice;
  /** Undefined: there was no editor. */
  readonly target: InsertionTarget | undefined;
}

/**
 * Puts files into the code, and says where when that is not to be seen. When it cannot be done they
 * are on the clipboard, and the user is told why.
 */
export async function insertFiles(
  services: Services,
  files: readonly InsertableFile[],
  { target, format, ...options }: InsertRequest,
): Promise<void> {
  const outcome = await target?.insert(files, {
    ...options,
    ...(format === undefined ? {} : { format: format.id }),
  });
  if (target !== undefined && outcome === 'inserted') {
    tickOff('hasInserted');
    tellInserted(services, files, target.document);
    return;
  }
  await vscode.env.clipboard.writeText(format?.written(files) ?? guidLines(files));
  const reason = refusal(target, outcome === 'closed');
  void vscode.window.showWarningMessage(`${reason} ${clipboardText(files.length)}`);
}

/** One per line. */
export function guidLines(files: readonly InsertableFile[]): string {
  return files.map(({ guid }) => guid).join('\n');
}

function tellInserted(
  services: Services,
  files: readonly InsertableFile[],
  document: vscode.TextDocument,
): void {
  const text = insertedText(files, nameOf(document));
  if (vscode.window.visibleTextEditors.some(editor => editor.document === document)) {
    vscode.window.setStatusBarMessage(`$(check) ${text}`, 5000);
    return;
  }
  void runCommand(services, 'pyrus.uploadAndInsert', async () => {
    const show = vscode.l10n.t('Show');
    if ((await vscode.window.showInformationMessage(text, show)) === show) {
      await vscode.window.showTextDocument(document);
    }
  });
}

function insertedText(files: readonly InsertableFile[], document: string): string {
  const [first] = files;
  const count = files.length;
  if (first !== undefined && count === 1) {
    return vscode.l10n.t(
      'The GUID of “{0}” is inserted into {1}',
      fileNameText(first.name, 40),
      document,
    );
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: '{0} GUID inserted into {1}',
        args: [count, document],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: '{0} GUIDs inserted into {1}',
        args: [count, document],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: '{0} GUIDs inserted into {1}',
        args: [count, document],
        comment: ['many'],
      }),
  });
}

function refusal(target: InsertionTarget | undefined, isClosed: boolean): string {
  if (target === undefined) {
    return vscode.l10n.t('No editor is open to insert into.');
  }
  const name = nameOf(target.document);
  return isClosed
    ? vscode.l10n.t('“{0}” was closed meanwhile, so nothing was inserted.', name)
    : vscode.l10n.t('“{0}” cannot be changed, so nothing was inserted.', name);
}

function clipboardText(count: number): string {
  return count === 1
    ? vscode.l10n.t('The GUID is on the clipboard.')
    : vscode.l10n.t('The GUIDs are on the clipboard, one per line.');
}

function nameOf({ uri }: vscode.TextDocument): string {
  return fileNameText(uri.path.split('/').at(-1) ?? '', 40);
}
