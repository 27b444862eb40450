import * as vscode from 'vscode';
import { isInsideWorkspace } from '../transfer/insideWorkspace';

/**
 * Whether the user can have pointed at these files in VS Code, knowing what they are: they are in the
 * workspace, or open in a tab. Of other files of this machine only the name may have been passed, by
 * a link or an extension; and a link in the workspace may lead anywhere, under a harmless name.
 */
export async function areInReach(files: readonly vscode.Uri[]): Promise<boolean> {
  const near = await Promise.all(
    files.map(async file => isOpen(file) || (await isInsideWorkspace(file))),
  );
  return near.every(Boolean);
}

/** By its address alone, wherever a link leads. */
export function isOfWorkspace(file: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(file) !== undefined;
}

function isOpen(file: vscode.Uri): boolean {
  return vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(tab => shows(tab.input, file)));
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
