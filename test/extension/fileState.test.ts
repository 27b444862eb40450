import { strict as assert } from 'node:assert';
import { chmod, rm, utimes } from 'node:fs/promises';
import * as vscode from 'vscode';
import { compareWithUpload, glanceAtUpload, md5Of } from '../../src/transfer/fileState';
import type { UploadedBytes } from '../../src/transfer/fileState';
import { Scene } from './scene';
import { md5 } from './uploading';

const { signal } = new AbortController();

describe('a file and what was uploaded of it', () => {
  let scene: Scene;
  let uri: vscode.Uri;
  let uploaded: UploadedBytes;
  beforeEach(async () => {
    scene = await Scene.open();
    uri = await scene.file('Отчёт.txt', 'as it was');
    const { size, mtime } = await vscode.workspace.fs.stat(uri);
    uploaded = { uri: uri.toString(), size, md5: md5('as it was'), modifiedAt: mtime };
  });
  afterEach(() => scene.close());

  const both = async (): Promise<string[]> => [
    await compareWithUpload(uploaded, signal),
    await glanceAtUpload(uploaded, signal),
  ];

  it('are the same', async () => {
    assert.deepEqual(await both(), ['unchanged', 'unchanged']);
  });

  it('are the same when only the time is another', async () => {
    await utimes(uri.fsPath, new Date(0), new Date(0));
    assert.deepEqual(await both(), ['unchanged', 'unchanged']);
    const { modifiedAt, ...without } = uploaded;
    assert.ok(modifiedAt);
    assert.equal(await glanceAtUpload(without, signal), 'unchanged');
  });

  it('are not the same when a byte is another', async () => {
    await vscode.workspace.fs.writeFile(uri, Buffer.from('as it is!'));
    await utimes(uri.fsPath, new Date(0), new Date(0));
    assert.deepEqual(await both(), ['changed', 'changed']);
  });

  it('are not the same with the time of then when comparing looks at the bytes; a glance does not', async () => {
    await vscode.workspace.fs.writeFile(uri, Buffer.from('as it is!'));
    const { mtime } = await vscode.workspace.fs.stat(uri);
    uploaded = { ...uploaded, modifiedAt: mtime };
    assert.deepEqual(await both(), ['changed', 'unchanged']);
  });

  it('are not the same when the file is longer or empty', async () => {
    for (const content of ['as it was, and more', '']) {
      await vscode.workspace.fs.writeFile(uri, Buffer.from(content));
      assert.deepEqual(await both(), ['changed', 'changed']);
    }
  });

  it('cannot be compared when there is no file (any more)', async () => {
    await rm(uri.fsPath);
    assert.deepEqual(await both(), ['missing', 'missing']);
    const { size, md5: digest } = uploaded;
    assert.equal(await compareWithUpload({ size, md5: digest }, signal), 'missing');
  });

  it('cannot be compared when the file cannot be read', async function () {
    if (process.getuid?.() === 0) {
      // Nothing is unreadable for root.
      this.skip();
    }
    await utimes(uri.fsPath, new Date(0), new Date(0));
    await chmod(uri.fsPath, 0);
    await assert.rejects(compareWithUpload(uploaded, signal), { name: 'FileError' });
    // The scene looks into every file for secrets when it ends.
    await chmod(uri.fsPath, 0o600);
  });

  it('have an MD5 whatever the size, until nobody wants it', async () => {
    for (const size of [1, 1024 * 1024 + 1, 5 * 1024 * 1024]) {
      const content = Buffer.alloc(size, size);
      const large = await scene.file(`${size}.bin`, content);
      assert.equal(await md5Of(large, signal), md5(content));
      await assert.rejects(md5Of(large, AbortSignal.abort()), { name: 'AbortError' });
    }
  });
});
