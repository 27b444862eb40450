import * as vscode from 'vscode';
import type { Server } from '../pyrus/servers';
import { taskUrl } from '../pyrus/taskLinks';

/** Shows a task in the browser, at the Pyrus of the account that knows it and nowhere else. */
export async function openTask(server: Server, id: number): Promise<void> {
  await vscode.env.openExternal(vscode.Uri.parse(taskUrl(server, id), true));
}
