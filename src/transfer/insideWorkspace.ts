import { realpath } from 'node:fs/promises';
import { sep } from 'node:path';
import { workspace } from 'vscode';
import type { Uri } from 'vscode';

/** Whether a file or folder of this machine lies in the workspace also when all links are followed. */
export async function isInsideWorkspace(uri: Uri): Promise<boolean> {
  if (uri.scheme !== 'file') {
    return true;
  }
  const roots = (workspace.workspaceFolders ?? []).filter(
    ({ uri: root }) => root.scheme === 'file',
  );
  const [real, ...realRoots] = await Promise.all(
    [uri, ...roots.map(root => root.uri)].map(({ fsPath }) =>
      realpath(fsPath).catch(() => undefined),
    ),
  );
  if (real === undefined) {
    // It is gone: whoever reads or writes it says so, in words, and needs no question first.
    return workspace.getWorkspaceFolder(uri) !== undefined;
  }
  return realRoots.some(root => root !== undefined && (real + sep).startsWith(withEnd(root)));
}

function withEnd(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
