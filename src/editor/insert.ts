import * as vscode from 'vscode';

/**
 * Puts texts at the cursors of the active editor, in place of what is selected: one at each cursor
 * when there are as many, else all of them, one per line, at every cursor. One undo removes it.
 * @returns false when there is no editor, or it cannot be written to
 */
export async function insertTexts(texts: readonly string[]): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    return false;
  }
  const { selections } = editor;
  const inDocumentOrder = [...selections].sort((a, b) => a.start.compareTo(b.start));
  const inserted = await editor.edit(edit => {
    inDocumentOrder.forEach((selection, index) => {
      const own = texts.length === selections.length ? texts[index] : undefined;
      edit.replace(selection, own ?? texts.join('\n'));
    });
  });
  if (inserted) {
    // Whoever pressed a button wants to go on typing behind what it inserted.
    await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  }
  return inserted;
}
