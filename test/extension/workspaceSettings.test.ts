import { strict as assert } from 'node:assert';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { fileIds } from '../pyrus-server/fixtures';
import { readLog } from './logFile';
import { accepting } from './quickInput';
import { Scene } from './scene';
import { uploadIfAllowed } from './uploading';

describe('settings of a workspace', () => {
  let scene: Scene;
  let folder: string;
  beforeEach(async () => {
    scene = await Scene.open();
    folder = path.join(path.dirname(scene.folder), '.vscode');
    await mkdir(folder);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
    await scene.close();
  });

  it('W2 change nothing, also in a trusted one: not where bytes go, nor what is asked', async () => {
    assert.ok(vscode.workspace.isTrusted);
    const { foreign } = scene.pyrus.origins;
    const hostile = {
      'pyrus.upload.askBefore': [],
      'pyrus.upload.folderExcludes': [],
      'pyrus.server': foreign,
      'pyrus.apiUrl': `${foreign}/v4/`,
      'pyrus.download.folder': '../../',
      'http.proxy': foreign,
    };
    await settle({ ...hostile, '[plaintext]': hostile });
    const own = vscode.workspace.getConfiguration('pyrus', scene.folderUri);
    for (const name of ['upload.askBefore', 'upload.folderExcludes']) {
      assert.deepEqual(own.get(name), own.inspect(name)?.defaultValue, name);
    }

    const key = await scene.file('server.pem', 'secret');
    const before = (await readLog()).length;
    assert.equal(await uploadIfAllowed(key, [key]), undefined);
    assert.match((await readLog()).slice(before), /refused to show dialog.*passwords or keys/);
    await vscode.env.clipboard.writeText(String(fileIds.plain));
    const target = scene.folderUri;
    await accepting(vscode.commands.executeCommand('pyrus.download', target, [target]));
    assert.deepEqual((await readdir(scene.folder)).sort(), ['server.pem', 'test.txt']);
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  /** Writes the settings; resolves when VS Code has read them, which it shows by one that may change. */
  async function settle(settings: object): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const listening = vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration('editor.tabSize')) {
          listening.dispose();
          resolve();
        }
      });
      const text = JSON.stringify({ ...settings, 'editor.tabSize': 7 });
      writeFile(path.join(folder, 'settings.json'), text).catch(reject);
    });
    assert.equal(vscode.workspace.getConfiguration('editor').get('tabSize'), 7);
  }
});
