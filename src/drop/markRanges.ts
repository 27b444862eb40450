import * as vscode from 'vscode';
import { placesOf } from './uploadMark';
import { writeInEditor, writeUnseen } from '../editor/writeDocument';

/** Wherever a mark stands in a document. */
export function rangesOf(mark: string, document: vscode.TextDocument): vscode.Range[] {
  return placesOf(mark, document.getText()).map(
    start => new vscode.Range(document.positionAt(start), document.positionAt(start + mark.length)),
  );
}

/** How often somebody may be faster and type. */
const MOST_TRIES = 10;

/** Takes a mark out of a document, and nothing else. @returns false when it is still there */
export async function removeMark(mark: string, document: vscode.TextDocument): Promise<boolean> {
  for (let tries = 0; tries < MOST_TRIES && !document.isClosed; tries++) {
    const changes = rangesOf(mark, document).map(range => ({ range, text: '' }));
    if (changes.length === 0) {
      return true;
    }
    const { version } = document;
    const editor = vscode.window.visibleTextEditors.find(shown => shown.document === document);
    const written =
      editor === undefined
        ? await writeUnseen(document, changes)
        : await writeInEditor(editor, changes);
    if (written) {
      return true;
    }
    if (document.version === version) {
      return false;
    }
  }
  return document.isClosed;
}
