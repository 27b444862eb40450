import * as vscode from 'vscode';

/** The scheme of a notebook's cells, which have no tabs of their own. */
export const CELL = 'vscode-notebook-cell';

/**
 * Whether somebody can see a document, maybe by choosing its tab. VS Code and other extensions keep
 * documents in memory for minutes after their tabs were closed.
 */
export function isOpen(document: vscode.TextDocument): boolean {
  const { tabGroups, visibleTextEditors } = vscode.window;
  return (
    !document.isClosed &&
    (visibleTextEditors.some(editor => editor.document === document) ||
      tabGroups.all.some(({ tabs }) => tabs.some(({ input }) => shows(input, document.uri))))
  );
}

function shows(input: unknown, uri: vscode.Uri): boolean {
  if (input instanceof vscode.TabInputNotebook) {
    return uri.scheme === CELL && input.uri.path === uri.path;
  }
  const uris =
    input instanceof vscode.TabInputTextDiff
      ? [input.original, input.modified]
      : input instanceof vscode.TabInputText || input instanceof vscode.TabInputCustom
        ? [input.uri]
        : [];
  return uris.some(shown => shown.toString() === uri.toString());
}
