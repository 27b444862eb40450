import { strict as assert } from 'node:assert';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { inspect } from 'node:util';
import * as vscode from 'vscode';
import { leaving } from './quickInput';
import { questionOf } from './logFile';
import { Scene } from './scene';
import { extensionUnderTest } from './signedIn';
import { assertUploaded, upload, uploadIfAllowed } from './uploading';

describe('pyrus.upload takes', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
    await vscode.env.clipboard.writeText('as it was');
  });
  afterEach(() => scene.close());

  it('an Explorer selection: (Uri, Uri[])', async () => {
    const a = { uri: await scene.file('a.txt', 'first'), content: 'first' };
    const b = { uri: await scene.file('b.txt', 'second'), content: 'second' };
    const c = { uri: await scene.file('c.txt', 'third'), content: 'third' };
    const answer = await upload(b.uri, [c.uri, a.uri, b.uri]);
    await assertUploaded(scene, answer, [c, a, b]);
  });

  it('one file of the Explorer: (Uri, [Uri])', async () => {
    const a = { uri: await scene.file('a.txt', 'first'), content: 'first' };
    await assertUploaded(scene, await upload(a.uri, [a.uri]), [a]);
  });

  it('a file selected twice, once', async () => {
    const a = { uri: await scene.file('a.txt', 'first'), content: 'first' };
    await assertUploaded(scene, await upload(a.uri, [a.uri, a.uri]), [a]);
  });

  it('an item without a selection: (Uri, [])', async () => {
    const a = { uri: await scene.file('a.txt', 'first'), content: 'first' };
    await assertUploaded(scene, await upload(a.uri, []), [a]);
  });

  it('a tab: (Uri, {groupId, editorIndex})', async () => {
    const a = { uri: await scene.file('a.txt', 'first'), content: 'first' };
    await assertUploaded(scene, await upload(a.uri, { groupId: 0, editorIndex: 0 }), [a]);
  });

  it('plain objects in place of Uris', async () => {
    const a = { uri: await scene.file('a.txt', 'first'), content: 'first' };
    const plain: unknown = JSON.parse(JSON.stringify(a.uri));
    assert.ok(!(plain instanceof vscode.Uri));
    await assertUploaded(scene, await upload(plain, [plain]), [a]);
  });

  it('Source Control items: (state, state, …)', async () => {
    const a = { uri: await scene.file('a.txt', 'first'), content: 'first' };
    const b = { uri: await scene.file('b.txt', 'second'), content: 'second' };
    const states = [b, a].map(({ uri }) => ({ resourceUri: uri }));
    await assertUploaded(scene, await upload(...states), [b, a]);
  });

  it('a lone Uri only after asking, whoever passed it', async () => {
    const uri = await scene.file('a.txt', 'first');
    const shapes: readonly (readonly unknown[])[] = [[uri], [[uri]], [uri.toJSON()]];
    for (const args of shapes) {
      assert.match(await questionOf('pyrus.upload', ...args), /^Upload 1 file to Pyrus as bob/);
    }
    assert.deepEqual(scene.uploadRequests, []);
    assert.equal(await vscode.env.clipboard.readText(), 'as it was');
  });

  it('a folder, and what looks like a secret, only after asking', async () => {
    const uri = await scene.file('a.txt', 'first');
    const folder = scene.folderUri;
    assert.match(
      await questionOf('pyrus.upload', folder, [folder]),
      /^Upload 1 file from pyrus-scene/,
    );
    const key = await scene.file('server.pem', 'first');
    assert.match(await questionOf('pyrus.upload', uri, [uri, key]), /^Files like these often hold/);
    assert.deepEqual(scene.uploadRequests, []);
  });

  describe('nothing unasked', () => {
    let outside: vscode.Uri;
    beforeEach(async () => {
      const folder = await mkdtemp(path.join(await realpath(tmpdir()), 'pyrus-outside-'));
      outside = vscode.Uri.file(path.join(folder, 'private.txt'));
      await vscode.workspace.fs.writeFile(outside, Buffer.from('private'));
    });
    afterEach(() => rm(path.dirname(outside.fsPath), { recursive: true }));

    it('W8 of a file that a task, a keybinding or a link names: the question names the account', async () => {
      const inside = await scene.file('a.txt', 'first');
      const written = (uri: vscode.Uri): unknown => JSON.parse(JSON.stringify(uri));
      const shapes: readonly (readonly unknown[])[] = [
        [inside.toJSON()],
        [{ resourceUri: written(inside) }],
        [[written(inside), written(outside)]],
        [outside, [outside]],
        [written(outside), [written(outside)]],
        [{ resourceUri: outside }, { resourceUri: outside }],
        [outside, { groupId: 0 }],
      ];
      for (const args of shapes) {
        const question = await questionOf('pyrus.upload', ...args);
        assert.match(question, /^Upload \d files? to Pyrus as bob\.smith@example\.com/);
      }
      assert.deepEqual(scene.uploadRequests, []);
      assert.equal(await vscode.env.clipboard.readText(), 'as it was');
    });

    it('W8 but what is open in a tab was pointed at', async () => {
      await vscode.window.showTextDocument(outside);
      const answer = await upload(outside, { groupId: 0, editorIndex: 0 });
      await assertUploaded(scene, answer, [{ uri: outside, content: 'private' }]);
    });

    it('W8 of nonsense in place of a file', async () => {
      const nonsense = ['/etc/passwd', 'file:///etc/passwd', 7, null, { path: '/etc/passwd' }];
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      for (const argument of nonsense) {
        assert.equal(await leaving(uploadIfAllowed(argument, [argument])), undefined);
      }
      assert.deepEqual(scene.uploadRequests, []);
    });

    it('W9 another extension is answered nothing that is secret', async () => {
      const uri = await scene.file('a.txt', 'first');
      const answers: unknown[] = [await upload(uri, [uri])];
      const asking = ['pyrus.signIn', 'pyrus.showLog'];
      for (const id of asking) {
        answers.push(await leaving(vscode.commands.executeCommand(id)));
      }
      assert.ok(answers.length > 2);
      const told = inspect(answers, { depth: 10, showHidden: true });
      for (const secret of [...scene.pyrus.validTokens(), scene.pyrus.securityKey]) {
        assert.ok(!told.includes(secret));
      }
      const { exports } = extensionUnderTest();
      assert.equal(exports, undefined);
    });
  });

  describe('nothing, and means', () => {
    const sample = (name: string): vscode.Uri =>
      vscode.Uri.file(path.join(process.env['PYRUS_TEST_WORKSPACE'] ?? '', name));

    it('the text file in the active tab', async () => {
      await vscode.window.showTextDocument(await scene.file('other.txt', 'other'));
      const a = { uri: await scene.file('a.txt', 'first'), content: 'first' };
      await vscode.window.showTextDocument(a.uri, { preview: false });
      await assertUploaded(scene, await upload(), [a]);
    });

    it('the picture in the active tab', async () => {
      const uri = sample('diagram.png');
      await vscode.commands.executeCommand('vscode.open', uri);
      await activeTab(input => input instanceof vscode.TabInputCustom);
      const content = await vscode.workspace.fs.readFile(uri);
      await assertUploaded(scene, await upload(), [{ uri, content }]);
    });

    it('the notebook in the active tab', async () => {
      const content = JSON.stringify({ cells: [], metadata: {}, nbformat: 4, nbformat_minor: 2 });
      const uri = await scene.file('a.ipynb', content);
      // Not awaited: in a headless browser the cells may never be ready, only the tab is there.
      void vscode.commands.executeCommand('vscode.open', uri);
      await activeTab(input => input instanceof vscode.TabInputNotebook);
      await assertUploaded(scene, await upload(), [{ uri, content }]);
    });

    it('the right-hand file of a comparison', async () => {
      const left = await scene.file('left.txt', 'left');
      const right = { uri: await scene.file('right.txt', 'right'), content: 'right' };
      await vscode.commands.executeCommand('vscode.diff', left, right.uri);
      await activeTab(input => input instanceof vscode.TabInputTextDiff);
      await assertUploaded(scene, await upload(), [right]);
    });

    it('whatever a file dialog answers when no tab is open', async () => {
      await vscode.commands.executeCommand('workbench.action.closeAllEditors');
      assert.equal(await leaving(uploadIfAllowed()), undefined);
      assert.deepEqual(scene.uploadRequests, []);
    });
  });
});

/** Waits until the active tab is of this kind. */
async function activeTab(isIt: (input: unknown) => boolean): Promise<void> {
  const { tabGroups } = vscode.window;
  await new Promise<void>(resolve => {
    const look = (): void => {
      if (isIt(tabGroups.activeTabGroup.activeTab?.input)) {
        listening.dispose();
        resolve();
      }
    };
    const listening = vscode.Disposable.from(
      tabGroups.onDidChangeTabs(look),
      tabGroups.onDidChangeTabGroups(look),
    );
    look();
  });
}
