import * as vscode from 'vscode';

/**
 * Whether the user can have pointed at a file in VS Code: it is in the workspace or open in a tab.
 * Of other files of this machine only the name may have been passed, by a link or an extension.
 */
export function isInReach(file: vscode.Uri): boolean {
  return (
    file.scheme !== 'file' ||
    vscode.workspace.getWorkspaceFolder(file) !== undefined ||
    vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(tab => shows(tab.input, file)))
  );
}

function shows(input: unknown, file: vscode.Uri): boolean {
  if (typeof input !== 'object' || input === null) {
    return false;
  }
  const uris = [
    'uri' in input ? input.uri : undefined,
    'modified' in input ? input.modified : undefined,
    'original' in input ? input.original : undefined,
  ];
  return uris.some(uri => uri instanceof vscode.Uri && uri.toString() === file.toString());
}
