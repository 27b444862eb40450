import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** How files of a language end. */
const ENDINGS = {
  json: 'json',
  python: 'py',
  plaintext: 'txt',
  markdown: 'md',
  ini: 'ini',
} as const;
export type Language = keyof typeof ENDINGS;

const folder = path.join(tmpdir(), `pyrus-editing-${process.pid}`);
let opened = 0;

/**
 * Opens a file written with `‹›` around selections and `|` at cursors. A file of its own each time:
 * VS Code may give an untitled document the text of one that had its name before.
 * @returns the editor, with those selections and no others
 */
export async function openEditor(
  marked: string,
  language: Language = 'plaintext',
  options: vscode.TextDocumentShowOptions = {},
): Promise<vscode.TextEditor> {
  const uri = vscode.Uri.file(path.join(folder, `${++opened}.${ENDINGS[language]}`));
  await vscode.workspace.fs.writeFile(uri, Buffer.from(marked.replace(/[‹›|]/g, '')));
  const document = await vscode.workspace.openTextDocument(uri);
  assert.equal(document.languageId, language);
  const editor = await vscode.window.showTextDocument(document, { preview: false, ...options });
  editor.selections = selectionsIn(marked, document);
  return editor;
}

function selectionsIn(marked: string, document: vscode.TextDocument): vscode.Selection[] {
  let removed = 0;
  let anchor: vscode.Position | undefined;
  const selections: vscode.Selection[] = [];
  for (const { 0: mark, index } of marked.matchAll(/[‹›|]/g)) {
    const position = document.positionAt(index - removed++);
    if (mark === '‹') {
      anchor = position;
    } else {
      selections.push(
        new vscode.Selection(mark === '|' ? position : (anchor ?? position), position),
      );
    }
  }
  return selections;
}

/** The text with `|` at cursors and `‹›` around selections. */
export function marked({ document, selections }: vscode.TextEditor): string {
  const marks = selections.flatMap(({ start, end, isEmpty }): (readonly [number, string])[] => {
    const [from, to] = [document.offsetAt(start), document.offsetAt(end)];
    return isEmpty
      ? [[from, '|']]
      : [
          [from, '‹'],
          [to, '›'],
        ];
  });
  return marks
    .sort(([a], [b]) => b - a)
    .reduce(
      (text, [offset, mark]) => text.slice(0, offset) + mark + text.slice(offset),
      document.getText(),
    );
}

/** Undo once, and assert that the document is what it was. */
export async function assertUndone(document: vscode.TextDocument, before: string): Promise<void> {
  await vscode.window.showTextDocument(document);
  await vscode.commands.executeCommand('undo');
  assert.equal(document.getText(), before);
}

/** Closes all editors, without saving, and removes their files. */
export async function closeEditors(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  await rm(folder, { recursive: true, force: true });
}
