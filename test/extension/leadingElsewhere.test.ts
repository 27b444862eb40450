import { strict as assert } from 'node:assert';
import { chmod, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { Modals } from './modals';
import { Scene } from './scene';
import { upload, uploadIfAllowed } from './uploading';

describe('a link in the workspace', () => {
  let scene: Scene;
  let modals: Modals;
  let outside: string;
  let answer: string | undefined;
  beforeEach(async () => {
    scene = await Scene.open();
    outside = await mkdtemp(path.join(await realpath(tmpdir()), 'pyrus-outside-'));
    await writeFile(path.join(outside, 'config'), 'private');
    answer = undefined;
    modals = new Modals(() => answer);
  });
  afterEach(async () => {
    modals.dispose();
    await rm(outside, { recursive: true });
    await scene.close();
  });

  const link = async (name: string, target: string): Promise<vscode.Uri> => {
    const uri = vscode.Uri.joinPath(scene.folderUri, name);
    await symlink(target, uri.fsPath);
    return uri;
  };

  it('out of it is asked about, by both names, whoever clicks it', async () => {
    const uri = await link('spec.pdf', path.join(outside, 'config'));
    for (const command of ['pyrus.upload', 'pyrus.attach']) {
      modals.asked.length = 0;
      await vscode.commands.executeCommand(command, uri, [uri]);
      const [{ text, detail } = { text: '', detail: '' }] = modals.asked;
      assert.match(text, /^Upload 1 file to Pyrus as bob/);
      assert.equal(detail, `${uri.fsPath} → ${path.join(outside, 'config')}`);
    }
    assert.deepEqual(scene.uploadRequests, []);
    answer = 'Upload';
    assert.equal((await upload(uri, [uri])).length, 1);
  });

  it('to a folder out of it is asked about, too', async () => {
    const uri = await link('assets', outside);
    answer = 'Upload';
    assert.equal((await upload(uri, [uri])).length, 1);
    assert.deepEqual(
      modals.asked.map(({ text }) => text.slice(0, 14)),
      ['Upload 1 file ', 'Upload 1 file '],
    );
    assert.match(modals.asked[1]?.detail ?? '', new RegExp(`→ ${outside}/config$`));
  });

  it('to what looks like a secret is one', async () => {
    await scene.file('.env', 'KEY=1');
    const uri = await link('notes.txt', '.env');
    await uploadIfAllowed(uri, [uri]);
    assert.deepEqual(scene.uploadRequests, []);
    const [{ text, detail } = { text: '', detail: '' }] = modals.asked;
    assert.match(text, /often hold passwords or keys/);
    assert.equal(detail, 'notes.txt → .env');
  });

  it('to another file of it is as good as the file', async () => {
    await scene.file('a.txt', 'a');
    const uri = await link('b.txt', 'a.txt');
    assert.equal((await upload(uri, [uri])).length, 1);
    assert.deepEqual(modals.asked, []);
  });
});

describe('a folder that is uploaded', () => {
  let scene: Scene;
  let modals: Modals;
  beforeEach(async () => {
    scene = await Scene.open();
    modals = new Modals(() => 'Upload');
  });
  afterEach(async () => {
    modals.dispose();
    await scene.close();
  });

  it('goes without what cannot be read in it, which is named', async function () {
    if (process.getuid?.() === 0) {
      // Nothing is unreadable for root.
      this.skip();
    }
    await scene.file('a.txt', 'a');
    const closed = path.join(scene.folder, 'pgdata');
    await mkdir(closed, { mode: 0 });
    try {
      const folder = scene.folderUri;
      const uploaded = await upload(folder, [folder]);
      assert.deepEqual(
        uploaded.map(({ name }) => name),
        ['a.txt'],
      );
      assert.match(
        modals.asked[0]?.detail ?? '',
        /\n\nCannot be read, so left out: “[^”]*\/pgdata”\.$/,
      );
    } finally {
      // The scene is looked through, and removed.
      await chmod(closed, 0o700);
    }
  });
});
