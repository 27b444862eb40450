import * as vscode from 'vscode';
import type { Format } from './format';
import { formatLabel } from './formatLabels';
import { formatsFor } from './formats';
import type { InsertableFile } from './insertableFile';
import { InsertionTarget } from './insertionTarget';
import { render } from './render';

/** A way of writing files down, to choose from. */
export interface FormatChoice {
  readonly id: string;
  readonly label: string;
  /** Made for the language that was asked for. */
  readonly isForLanguage: boolean;
  /** The files as the clipboard is to hold them. */
  readonly written: (files: readonly InsertableFile[]) => string;
}

/** Puts files into code, and writes them down. */
export class InsertionIntoCode {
  /** @param users the templates of the user, asked for every time */
  constructor(private readonly users: () => readonly Format[]) {}

  /** The active editor with its cursors, as they are now; undefined when there is nothing to write to. */
  readonly target = (): InsertionTarget | undefined => {
    const editor = vscode.window.activeTextEditor;
    return editor === undefined || isReadOnly(editor.document.uri)
      ? undefined
      : new InsertionTarget(editor, this.users);
  };

  /** Every way of writing files down, those for a language first. */
  readonly formats = (languageId = 'plaintext'): FormatChoice[] =>
    formatsFor(languageId, this.users()).map(format => ({
      id: format.id,
      label: formatLabel(format),
      isForLanguage: format.languages.some(id => id === languageId || id === '*'),
      written: files => render(format, files, { as: 'plain', languageId }),
    }));
}

/** Read-only is what is known to be so; all others show it when they are written to. */
function isReadOnly({ scheme }: vscode.Uri): boolean {
  return scheme === 'output' || vscode.workspace.fs.isWritableFileSystem(scheme) === false;
}
