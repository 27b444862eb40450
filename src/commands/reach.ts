import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
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

/** Whether a folder of this machine lies in the workspace also when all links are followed. */
export async function isInsideWorkspace(folder: vscode.Uri): Promise<boolean> {
  if (folder.scheme !== 'file') {
    return true;
  }
  const roots = (vscode.workspace.workspaceFolders ?? []).filter(
    ({ uri }) => uri.scheme === 'file',
  );
  const [real, ...realRoots] = await Promise.all(
    [folder, ...roots.map(({ uri }) => uri)].map(uri =>
      realpath(uri.fsPath).catch(() => undefined),
    ),
  );
  if (real === undefined) {
    // It is gone: saving says so, in words, and needs no question first.
    return vscode.workspace.getWorkspaceFolder(folder) !== undefined;
  }
  return realRoots.some(root => root !== undefined && (real + sep).startsWith(withEnd(root)));
}

function withEnd(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
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
