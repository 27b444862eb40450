import { strict as assert } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { readFile, rm, symlink } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { SeenRequest } from '../pyrus-server/journal';
import { MemoryFiles } from './memoryFiles';
import { Messages, press } from './messages';
import { Scene } from './scene';
import { assertUploaded, md5, upload, uploadIfAllowed } from './uploading';

describe('pyrus.upload sends', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(() => scene.close());

  const chosen = (uris: readonly vscode.Uri[]): ReturnType<typeof upload> => upload(uris[0], uris);

  it('names byte for byte', async () => {
    const names = [
      'Договор поставки № 5.txt',
      '🧾 чек.txt',
      "it's 100% & [more]; a=b.txt",
      'é.txt',
    ];
    const files: { uri: vscode.Uri; content: string }[] = [];
    for (const name of names) {
      files.push({ uri: await scene.file(name, name), content: name });
    }
    await assertUploaded(scene, await chosen(files.map(({ uri }) => uri)), files);
    assert.deepEqual(
      scene.pyrus.uploads.map(({ name }) => name).sort(),
      names.map(name => name.normalize('NFC')).sort(),
    );
  });

  it('many files, and answers in the order selected, whichever is ready first', async () => {
    const files: { uri: vscode.Uri; content: Buffer }[] = [];
    for (const [index, size] of [30_000, 1, 2_000, 10, 1_500, 5, 7].entries()) {
      const content = randomBytes(size);
      files.push({ uri: await scene.file(`${index}.bin`, content), content });
    }
    const first = ({ headers }: SeenRequest): boolean => Number(headers['content-length']) > 30_000;
    const others = new Set<SeenRequest>();
    const held = scene.pyrus.script({
      match: first,
      send: {
        drip: {
          bytes: 16,
          everyMs: 0,
          hold: scene.pyrus.when(
            request => request.path.includes('/files/upload') && !first(request),
            request => request.outcome === 'answered' && others.add(request).size === 6,
          ),
        },
      },
    });
    await assertUploaded(scene, await chosen(files.map(({ uri }) => uri)), files);
    assert.equal(held.hits.length, 1);
    assert.equal(others.size, 6, 'it was not the last one to be ready: this shows nothing');
  });

  it('20 MiB, hashed by the worker as it is shipped', async () => {
    const content = randomBytes(20 * 1024 * 1024 + 7);
    const uri = await scene.file('large.bin', content);
    await assertUploaded(scene, await chosen([uri]), [{ uri, content }]);
  });

  it('what is fine beside what is empty, missing, a dangling link, or refused', async () => {
    const first = { uri: await scene.file('first.txt', 'first'), content: 'first' };
    const empty = await scene.file('empty.txt', '');
    const missing = vscode.Uri.file(path.join(scene.folder, 'missing.txt'));
    const dangling = vscode.Uri.file(path.join(scene.folder, 'dangling.txt'));
    await symlink(path.join(scene.folder, 'nowhere'), dangling.fsPath);
    const refused = await scene.file('refused.txt', 'x'.repeat(5000));
    const refusal = scene.pyrus.script({
      match: ({ headers }) => Number(headers['content-length']) > 5000,
      answer: { status: 403, body: JSON.stringify({ error_code: 'access_denied', error: 'No' }) },
    });
    const last = { uri: await scene.file('last.txt', 'last'), content: 'last' };
    const uris = [empty, first.uri, missing, refused, dangling, last.uri];
    await assertUploaded(scene, await chosen(uris), [first, last]);
    assert.equal(refusal.hits.length, 1);
    assert.equal(scene.uploadRequests.length, 3);
  });

  it('no GUID to the clipboard when nothing arrived', async () => {
    await vscode.env.clipboard.writeText('as it was');
    const empty = await scene.file('empty.txt', '');
    assert.deepEqual(await chosen([empty]), []);
    assert.deepEqual(scene.uploadRequests, []);
    assert.equal(await vscode.env.clipboard.readText(), 'as it was');
  });

  it('no GUID when Pyrus stored other bytes', async () => {
    await vscode.env.clipboard.writeText('as it was');
    scene.pyrus.script({
      match: /files\/upload/,
      times: Infinity,
      reshape: ({ body, ...rest }) => {
        assert.ok(typeof body === 'string');
        return { ...rest, body: body.replace(md5('first'), md5('other')) };
      },
    });
    const uri = await scene.file('a.txt', 'first');
    assert.deepEqual(await chosen([uri]), []);
    assert.ok(scene.uploadRequests.length > 0);
    assert.equal(await vscode.env.clipboard.readText(), 'as it was');
  });

  it('the bytes on the screen: an unsaved editor is saved first', async () => {
    const uri = await scene.file('draft.txt', 'old');
    const document = await vscode.workspace.openTextDocument(uri);
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'new and '));
    assert.ok(document.isDirty);
    await assertUploaded(scene, await chosen([uri]), [{ uri, content: 'new and old' }]);
    assert.ok(!document.isDirty);
    assert.equal(String(await vscode.workspace.fs.readFile(uri)), 'new and old');
  });

  it('the bytes on the screen also when it is tried again', async () => {
    const uri = await scene.file('draft.txt', '');
    const messages = new Messages();
    try {
      assert.deepEqual(await upload(uri, [uri]), []);
      const failure = await messages.next();
      assert.match(failure.text, /“draft\.txt”: The file is empty/);
      const editor = await vscode.window.showTextDocument(uri);
      await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'typed meanwhile'));
      await press(failure, 'Retry');
      assert.match((await messages.next()).text, /“draft\.txt” is in Pyrus, verified/);
    } finally {
      messages.dispose();
    }
    assert.equal(String(scene.pyrus.uploads[0]?.bytes), 'typed meanwhile');
    assert.equal(await readFile(uri.fsPath, 'utf8'), 'typed meanwhile');
  });

  it('the text of a document that was changed without a tab, too', async () => {
    const uri = await scene.file('draft.txt', 'old');
    const document = await vscode.workspace.openTextDocument(uri);
    const edit = new vscode.WorkspaceEdit();
    edit.insert(uri, new vscode.Position(0, 0), 'new and ');
    await vscode.workspace.applyEdit(edit);
    assert.ok(document.isDirty);
    await assertUploaded(scene, await chosen([uri]), [{ uri, content: 'new and old' }]);
  });

  it('an untitled editor under the name it is saved as', async () => {
    const uri = vscode.Uri.file(path.join(scene.folder, 'made.txt'));
    const document = await vscode.workspace.openTextDocument(uri.with({ scheme: 'untitled' }));
    const editor = await vscode.window.showTextDocument(document);
    await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'typed'));
    await assertUploaded(scene, await upload(), [{ uri, content: 'typed' }]);
  });

  it('a link to a file as the file it leads to', async () => {
    const target = await scene.file('target.txt', 'target');
    const uri = vscode.Uri.file(path.join(scene.folder, 'link.txt'));
    await symlink(target.fsPath, uri.fsPath);
    await assertUploaded(scene, await chosen([uri]), [{ uri, content: 'target' }]);
  });

  it('nothing of a file that vanished after it was chosen', async () => {
    const uri = await scene.file('a.txt', 'first');
    await rm(uri.fsPath);
    assert.deepEqual(await uploadIfAllowed(uri, [uri]), []);
    assert.deepEqual(scene.uploadRequests, []);
  });

  describe('from a file system only VS Code can read', () => {
    let files: MemoryFiles;
    let registration: vscode.Disposable;
    beforeEach(() => {
      files = new MemoryFiles();
      registration = vscode.workspace.registerFileSystemProvider('memory', files);
    });
    afterEach(() => {
      registration.dispose();
    });

    const write = async (address: string, content: string | Uint8Array): Promise<vscode.Uri> => {
      const uri = vscode.Uri.parse(`memory:${address}`);
      await vscode.workspace.fs.writeFile(uri, Buffer.from(content));
      return uri;
    };

    it('small and large files, and names as they are', async () => {
      const small = { uri: await write('/Отчёт 🧾.txt', 'small'), content: 'small' };
      const content = randomBytes(17 * 1024 * 1024);
      const large = { uri: await write('/large.bin', content), content };
      await assertUploaded(scene, await chosen([large.uri, small.uri]), [large, small]);
    });

    it('a file whose address has a query, also when it comes as a plain object', async () => {
      await write('/a.txt', 'without');
      const uri = await write('/a.txt?version=2', 'with');
      const plain: unknown = JSON.parse(JSON.stringify(uri));
      await assertUploaded(scene, await upload(plain, [plain]), [{ uri, content: 'with' }]);
    });

    it('nothing of an empty or a missing file', async () => {
      const empty = await write('/empty.txt', '');
      const missing = vscode.Uri.parse('memory:/missing.txt');
      assert.deepEqual(await chosen([empty, missing]), []);
      assert.deepEqual(scene.uploadRequests, []);
    });
  });
});
