import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { canaryIn } from '../pyrus-server/canary';
import { assertNoCanaryBelow } from '../pyrus-server/canaryFiles';
import type { RequestPattern } from '../pyrus-server/faults';
import type { PyrusOptions } from '../pyrus-server/options';
import { startPyrus, type PyrusServer } from '../pyrus-server/pyrus';
import type { SeenRequest } from '../pyrus-server/journal';
import { userData } from './logFile';
import { signIn, signOutAll } from './signedIn';
import type { GrantedAccount } from './signedIn';

/** Somebody signed in to a stand-in Pyrus, with an empty folder to work in. */
export class Scene {
  private constructor(
    readonly pyrus: PyrusServer,
    readonly account: GrantedAccount,
    /** Empty, in the workspace. */
    readonly folder: string,
  ) {}

  static async open(options: PyrusOptions = {}): Promise<Scene> {
    const pyrus = await startPyrus({ language: 'en', ...options });
    try {
      const account = await signIn(pyrus);
      const workspace = vscode.workspace.workspaceFolders?.[0];
      assert.ok(workspace);
      const folder = await mkdtemp(path.join(await realpath(workspace.uri.fsPath), 'pyrus-scene-'));
      return new Scene(pyrus, account, folder);
    } catch (error) {
      await pyrus.close();
      throw error;
    }
  }

  /** @throws Error when a token or a key lies in a file of the editor or the folder, or on the clipboard */
  async close(): Promise<void> {
    try {
      await assertNoCanaryBelow(userData);
      await assertNoCanaryBelow(this.folder);
      assert.equal(canaryIn(await vscode.env.clipboard.readText()), undefined, 'on the clipboard');
    } finally {
      await this.#close();
    }
  }

  async #close(): Promise<void> {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('notifications.clearAll');
    await signOutAll();
    await rm(this.folder, { recursive: true, force: true });
    await this.pyrus.close();
  }

  get folderUri(): vscode.Uri {
    return vscode.Uri.file(this.folder);
  }

  /** A file with this content in the folder. */
  async file(name: string, content: string | Uint8Array): Promise<vscode.Uri> {
    const uri = vscode.Uri.file(path.join(this.folder, name));
    await vscode.workspace.fs.writeFile(uri, Buffer.from(content));
    return uri;
  }

  /** Holds the answer to the next such request back behind its first bytes. @returns lets it go */
  holdAnswer(match: RequestPattern): () => void {
    const letGo = new AbortController();
    const hold = once(letGo.signal, 'abort');
    this.pyrus.script({ match, send: { drip: { bytes: 16, everyMs: 0, hold } } });
    return () => letGo.abort();
  }

  /** Waits until the client has closed the connection of a request, unanswered. */
  async aborted(request: SeenRequest): Promise<void> {
    await this.pyrus.when(
      seen => seen === request,
      ({ outcome }) => outcome === 'aborted',
    );
  }

  /** Requests that carried a file to Pyrus. */
  get uploadRequests(): readonly SeenRequest[] {
    return this.pyrus.requests.filter(({ path: where }) => where.includes('/files/upload'));
  }
}
