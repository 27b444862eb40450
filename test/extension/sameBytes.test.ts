import { strict as assert } from 'node:assert';
import { utimes } from 'node:fs/promises';
import * as vscode from 'vscode';
import { Scene } from './scene';
import { upload } from './uploading';
import { setUserSetting } from './userSettings';

describe('the same bytes', () => {
  let scene: Scene;
  let undo: () => PromiseLike<void>;
  beforeEach(async () => {
    scene = await Scene.open();
    undo = await setUserSetting('upload.sameBytes', 'reuse');
  });
  afterEach(async () => {
    await undo();
    await scene.close();
  });

  const guidOf = async (uri: vscode.Uri): Promise<string | undefined> =>
    (await upload(uri, [uri]))[0]?.guid;

  it('keep their GUID, and nothing is sent, also when only the time of the file is another', async () => {
    const uri = await scene.file('a.txt', 'the same');
    const first = await guidOf(uri);
    await utimes(uri.fsPath, new Date(0), new Date(0));
    await vscode.env.clipboard.writeText('');
    assert.equal(await guidOf(uri), first);
    assert.equal(scene.uploadRequests.length, 1);
    assert.equal(await vscode.env.clipboard.readText(), first);
  });

  it('of a large file do, too', async () => {
    const uri = await scene.file('large.bin', Buffer.alloc(17 * 1024 * 1024, 7));
    assert.equal(await guidOf(uri), await guidOf(uri));
    assert.equal(scene.uploadRequests.length, 1);
  });

  it('are no others of the same size, and none under another name', async () => {
    const uri = await scene.file('a.txt', 'one');
    const other = await scene.file('b.txt', 'one');
    const guids = [await guidOf(uri), await guidOf(other)];
    await vscode.workspace.fs.writeFile(uri, Buffer.from('two'));
    guids.push(await guidOf(uri));
    assert.equal(new Set(guids).size, 3);
    assert.equal(scene.uploadRequests.length, 3);
  });

  it('twice in one selection have two GUIDs', async () => {
    await vscode.workspace.fs.createDirectory(vscode.Uri.joinPath(scene.folderUri, 'b'));
    const uris = [await scene.file('a.txt', 'one'), await scene.file('b/a.txt', 'one')];
    const [first] = await upload(uris[0], [uris[0]]);
    const both = await upload(uris[0], uris);
    assert.equal(new Set(both.map(({ guid }) => guid)).size, 2);
    assert.equal(both[0]?.guid, first?.guid);
    assert.equal(scene.uploadRequests.length, 2);
  });

  it('are uploaded again when the user wants that', async () => {
    const again = await setUserSetting('upload.sameBytes', 'upload');
    try {
      const uri = await scene.file('a.txt', 'the same');
      assert.notEqual(await guidOf(uri), await guidOf(uri));
      assert.equal(scene.uploadRequests.length, 2);
    } finally {
      await again();
    }
  });

  it('of another account are uploaded', async () => {
    const uri = await scene.file('a.txt', 'the same');
    const first = await guidOf(uri);
    const other = await Scene.open();
    try {
      assert.notEqual(await guidOf(uri), first);
      assert.equal(other.uploadRequests.length, 1);
    } finally {
      await other.close();
    }
  });
});
