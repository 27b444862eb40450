import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { FileError } from '../../../src/transfer/errors';
import { Md5Worker } from '../../../src/transfer/md5';
import { virtualSource } from '../../../src/transfer/virtualSource';
import type { ReadingFileSystem, VirtualPlace } from '../../../src/transfer/virtualSource';
import { md5Of, mebibyte } from './filesOnDisk';
import { kind, whole } from './openSources';

/** A file system with one file, as a provider of VS Code would offer it. */
class OneFile implements ReadingFileSystem<VirtualPlace> {
  mtime = 1;
  type = 1;
  reads = 0;
  failure: Error | undefined;

  constructor(
    public bytes: Uint8Array,
    public size = bytes.length,
  ) {}

  stat(): Promise<{ type: number; mtime: number; size: number }> {
    const { type, mtime, size } = this;
    return this.failure ? Promise.reject(this.failure) : Promise.resolve({ type, mtime, size });
  }

  readFile(): Promise<Uint8Array> {
    this.reads += 1;
    return Promise.resolve(this.bytes);
  }
}

describe('a file that only VS Code can read', () => {
  const worker = new Md5Worker();
  const never = new AbortController().signal;
  // A `code` would pass for one of a file system.
  const reason = Object.assign(new Error('cancelled'), { code: 'Canceled' });
  const address = 'memfs:/папка/отчёт "1".txt';
  const uri = { path: '/папка/отчёт "1".txt', toString: () => address };
  after(() => worker.end());

  for (const size of [1, mebibyte, mebibyte + 1, 17 * mebibyte]) {
    it(`delivers ${size} bytes and their MD5`, async () => {
      const bytes = randomBytes(size);
      const source = await virtualSource(uri, new OneFile(bytes), worker);
      assert.equal(source.name, "отчёт '1'.txt".normalize('NFC'));
      assert.equal(source.size, size);
      const steps: number[] = [];
      const open = await source.open(never, count => steps.push(count));
      assert.ok((await whole(open)).equals(bytes));
      assert.equal(steps.length, Math.ceil(size / mebibyte), 'progress by the mebibyte');
      assert.equal(await open.verify(), md5Of(bytes));
      await open.close();
    });
  }

  it('notices a change by time or size', async () => {
    for (const change of [{ mtime: 2 }, { size: 11 }]) {
      const files = new OneFile(randomBytes(10));
      const open = await (await virtualSource(uri, files)).open(never, () => undefined);
      Object.assign(files, change);
      await assert.rejects(open.verify(), kind('changed'));
    }
  });

  it('is judged by its size before it is read', async () => {
    const files = new OneFile(randomBytes(1), 2_147_483_648);
    await assert.rejects(virtualSource(uri, files), kind('tooLarge'));
    files.size = 1;
    const source = await virtualSource(uri, files);
    files.size = 2_147_483_648;
    await assert.rejects(
      source.open(never, () => undefined),
      kind('tooLarge'),
    );
    assert.equal(files.reads, 0);
  });

  it('counts itself when the provider says 0', async () => {
    const bytes = randomBytes(10);
    const source = await virtualSource(uri, new OneFile(bytes, 0));
    assert.equal(source.size, 10);
    const open = await source.open(never, () => undefined);
    assert.equal(await open.verify(), md5Of(bytes));
    await assert.rejects(virtualSource(uri, new OneFile(Buffer.of(), 0)), kind('empty'));
  });

  for (const call of ['stat', 'readFile'] as const) {
    it(`is left at once on cancel, however long its provider takes to ${call}`, async () => {
      const files = new OneFile(randomBytes(10));
      const source = await virtualSource(uri, files);
      let fail: (error: Error) => void = () => assert.fail('it was not asked');
      const asked = () => new Promise<never>((_resolve, reject) => (fail = reject));
      Object.assign(files, { [call]: asked });
      const cancel = new AbortController();
      const opening = source.open(cancel.signal, () => assert.fail('it was cancelled'));
      await new Promise(setImmediate);
      cancel.abort(reason);
      await assert.rejects(opening, reason);
      // What it says afterwards is nobody's, and no unhandled rejection, which mocha would tell.
      fail(new Error('too late'));
      await new Promise(setImmediate);
    });
  }

  it('is left at once on cancel while its provider is asked whether it has changed', async () => {
    const files = new OneFile(randomBytes(10));
    const cancel = new AbortController();
    const open = await (await virtualSource(uri, files)).open(cancel.signal, () => undefined);
    files.stat = () => new Promise(() => undefined);
    const verifying = open.verify();
    await new Promise(setImmediate);
    cancel.abort(reason);
    await assert.rejects(verifying, reason);
  });

  it('may not be a folder, and may be missing, closed or broken', async () => {
    const files = new OneFile(randomBytes(1));
    files.type = 2;
    await assert.rejects(virtualSource(uri, files), kind('notAFile'));
    const failures = { FileNotFound: 'notFound', NoPermissions: 'unreadable' } as const;
    for (const [code, expected] of Object.entries(failures)) {
      files.failure = Object.assign(new Error(code), { code });
      await assert.rejects(virtualSource(uri, files), kind(expected));
    }
    files.failure = Object.assign(new Error('gone'), { code: 'Unavailable' });
    await assert.rejects(virtualSource(uri, files), (error: unknown) => {
      assert.ok(error instanceof FileError);
      assert.equal(error.path, address);
      assert.deepEqual(error.failure, { kind: 'unreadable', code: 'Unavailable' });
      return true;
    });
  });
});
