import * as vscode from 'vscode';
import type { Place } from './movedRange';

/** `text` in place of `range`. Several are in document order and do not overlap. */
export interface Change {
  readonly range: vscode.Range;
  readonly text: string;
}

/**
 * Changes a document that an editor shows, to be undone in one step.
 * @param cursors where the cursors are to be then; by default they stay with the text around them
 * @returns false when nothing was written
 */
export async function writeInEditor(
  editor: vscode.TextEditor,
  changes: readonly Change[],
  cursors?: readonly Place[],
): Promise<boolean> {
  const write = async (): Promise<boolean> =>
    editor.edit(edit => {
      changes.forEach(({ range, text }) => edit.replace(range, text));
    });
  const written = await unlessClosed(editor, write, changes);
  if (written && cursors !== undefined) {
    goTo(editor, cursors);
  }
  return written;
}

/**
 * The same for a snippet as it is: its tab stops are stepped through, at all places at once.
 * @param changes the places, and what is to be there without tab stops
 */
export async function writeSnippet(
  editor: vscode.TextEditor,
  snippet: string,
  changes: readonly Change[],
): Promise<boolean> {
  const places = changes.map(({ range }) => range);
  const write = async (): Promise<boolean> =>
    editor.insertSnippet(new vscode.SnippetString(snippet), places, {
      undoStopBefore: true,
      undoStopAfter: true,
      keepWhitespace: true,
    });
  return unlessClosed(editor, write, changes);
}

/** The same for a document that no editor shows. */
export async function writeUnseen(
  document: vscode.TextDocument,
  changes: readonly Change[],
): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    changes.map(({ range, text }) => vscode.TextEdit.replace(range, text)),
  );
  return isWritten(document, () => vscode.workspace.applyEdit(edit));
}

/**
 * VS Code refuses with an error what is asked of an editor that it has closed, of which extensions
 * are told a moment later. The document is written to all the same, if it is still there.
 */
async function unlessClosed(
  { document }: vscode.TextEditor,
  write: () => Promise<boolean>,
  changes: readonly Change[],
): Promise<boolean> {
  try {
    return await isWritten(document, write);
  } catch {
    return !document.isClosed && (await writeUnseen(document, changes));
  }
}

/** A read-only editor does nothing and calls that done: only the document tells. */
async function isWritten(
  document: vscode.TextDocument,
  write: () => Thenable<boolean>,
): Promise<boolean> {
  const { version } = document;
  return (await write()) && document.version !== version;
}

function goTo(editor: vscode.TextEditor, cursors: readonly Place[]): void {
  editor.selections = cursors.map(({ line, character }) => {
    const cursor = new vscode.Position(line, character);
    return new vscode.Selection(cursor, cursor);
  });
  const [first] = editor.selections;
  if (first !== undefined) {
    editor.revealRange(first, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
  }
}
