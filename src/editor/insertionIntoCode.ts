import * as vscode from 'vscode';
import type { UserFormats } from './format';
import type { FormatChoice } from './formatChoices';
import { InsertionTarget } from './insertionTarget';

/** Puts files into code, and writes them down. How that is done is loaded when it comes to it. */
export class InsertionIntoCode {
  /** @param users the templates of the user */
  constructor(private readonly users: UserFormats) {}

  /** The active editor with its cursors, as they are now; undefined when there is nothing to write to. */
  readonly target = (): InsertionTarget | undefined => {
    const editor = vscode.window.activeTextEditor;
    return editor === undefined || isReadOnly(editor.document.uri)
      ? undefined
      : new InsertionTarget(editor, this.users);
  };

  /** Whether code in this language can refer to attached files by their ids. */
  readonly takesFileIds = async (languageId: string): Promise<boolean> =>
    (await import('./attachmentIds.js')).takesAttachmentIds(languageId);

  /** Every way of writing files down, those for a language first. */
  readonly formats = async (languageId?: string): Promise<FormatChoice[]> => {
    const [{ formatChoices }, users] = await Promise.all([
      import('./formatChoices.js'),
      this.users(),
    ]);
    return formatChoices(users, languageId);
  };
}

/** Read-only is what is known to be so; all others show it when they are written to. */
function isReadOnly({ scheme }: vscode.Uri): boolean {
  return scheme === 'output' || vscode.workspace.fs.isWritableFileSystem(scheme) === false;
}
