import * as vscode from 'vscode';

/** Whether there is something at an address: of any file system, and as far as it can be told. */
export async function exists(uri: vscode.Uri): Promise<boolean> {
  return vscode.workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
