import assert from 'node:assert/strict';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { FileError } from '../../../src/transfer/errors';
import { fileSource } from '../../../src/transfer/fileSource';
import { Md5Failed, Md5Worker } from '../../../src/transfer/md5';
import { openContent } from '../../../src/transfer/openContent';
import { TempFolder, mebibyte } from './filesOnDisk';
import { streamOf, whole } from './openSources';

describe('a source that ends early', () => {
  let folder: TempFolder;
  let worker: Md5Worker;
  const never = new AbortController().signal;

  before(async () => {
    folder = await TempFolder.create();
    worker = new Md5Worker();
  });
  afterEach(() => assert.equal(folder.descriptors(), 0, 'descriptors left open'));
  after(async () => {
    await worker.end();
    await folder.remove();
  });

  describe('on cancel', () => {
    const reason = new Error('cancelled by the test');

    it('does not open', async () => {
      const { path } = await folder.file('cancelled.bin', 10);
      const source = await fileSource(path);
      await assert.rejects(
        source.open(AbortSignal.abort(reason), () => undefined),
        reason,
      );
    });

    for (const size of [5, 40]) {
      for (const after of [0, 1, 3, size - 1, size]) {
        it(`releases ${size} MiB after ${after}`, async () => {
          const { path } = await folder.file('cancelled.bin', size * mebibyte);
          const cancel = new AbortController();
          const source = await (
            await fileSource(path, worker)
          ).open(cancel.signal, () => undefined);
          const reading = async (): Promise<void> => {
            if (after === 0) {
              cancel.abort(reason);
            }
            let bytes = 0;
            for await (const chunk of streamOf(source)) {
              bytes += (chunk as Buffer).length;
              if (bytes === after * mebibyte) {
                cancel.abort(reason);
              }
            }
          };
          await assert.rejects(reading, reason);
          await assert.rejects(source.verify(), reason);
          await source.close();
        });
      }
    }

    it('releases what was sent and not yet verified', async () => {
      for (const size of [1000, 2 * mebibyte, 20 * mebibyte]) {
        const { path } = await folder.file('cancelled.bin', size);
        const cancel = new AbortController();
        const source = await (await fileSource(path, worker)).open(cancel.signal, () => undefined);
        await whole(source);
        cancel.abort(reason);
        await assert.rejects(source.verify(), reason);
        await source.close();
        assert.equal(folder.descriptors(), 0);
      }
    });

    it('ends nothing else: no unhandled error when nobody reads', async () => {
      const { path } = await folder.file('unread.bin', 5 * mebibyte);
      const cancel = new AbortController();
      const source = await (await fileSource(path)).open(cancel.signal, () => undefined);
      const { content } = source;
      assert.ok(content instanceof Readable);
      cancel.abort(reason);
      await new Promise(resolve => content.once('close', resolve));
      assert.equal(content.errored, reason);
      await source.close();
    });

    it('releases a reader that waits for the worker', async () => {
      const silent = join(folder.path, 'silent.js');
      await writeFile(silent, "require('node:worker_threads').parentPort.on('message', () => {});");
      const idle = new Md5Worker(10, silent);
      const { path } = await folder.file('waiting.bin', 20 * mebibyte);
      const cancel = new AbortController();
      let read = 0;
      const source = await (await fileSource(path, idle)).open(cancel.signal, n => (read += n));
      const stream = streamOf(source).resume();
      const closed = once(stream, 'close').catch((error: unknown) => error);
      while (read < 6 * mebibyte) {
        await new Promise(setImmediate);
      }
      assert.equal(stream.destroyed, false);
      cancel.abort(reason);
      assert.equal(await closed, reason);
      assert.equal(read, 6 * mebibyte, 'not more than the ring holds');
      await source.close();
      await idle.end();
    });
  });

  describe('when the md5 worker', () => {
    const crashing: Record<string, string> = {
      throws: "require('node:worker_threads').parentPort.on('message', () => { throw 1 })",
      exits: "require('node:worker_threads').parentPort.on('message', () => process.exit(3))",
      'does not load': 'syntax error',
    };
    for (const [what, code] of Object.entries(crashing)) {
      it(`${what}, the upload fails and does not hang`, async () => {
        const file = join(folder.path, 'crashing.js');
        await writeFile(file, code);
        const { path } = await folder.file('big.bin', 20 * mebibyte);
        const source = await (
          await fileSource(path, new Md5Worker(10, file))
        ).open(never, () => undefined);
        const failed = (error: unknown): boolean => {
          assert.ok(error instanceof FileError);
          assert.deepEqual(error.failure, { kind: 'unreadable', code: 'ERR_MD5' });
          assert.ok(error.cause instanceof Md5Failed);
          return true;
        };
        await assert.rejects(whole(source), failed);
        await assert.rejects(source.verify(), failed);
        await source.close();
      });
    }
  });

  it('does not take a part for the whole', async () => {
    const { path } = await folder.file('part.bin', 5 * mebibyte);
    const source = await (await fileSource(path)).open(never, () => undefined);
    await once(streamOf(source), 'readable');
    await assert.rejects(source.verify(), /before the content was read/);
    await source.close();
  });

  it('leaves nothing behind when closed half-way, and the worker to its rest', async () => {
    const brief = new Md5Worker(20);
    const { path } = await folder.file('half.bin', 20 * mebibyte);
    const source = await (await fileSource(path, brief)).open(never, () => undefined);
    const content = streamOf(source);
    await once(content, 'readable');
    assert.equal(brief.running, true);
    await source.close();
    assert.ok(content.destroyed);
    await new Promise(resolve => setTimeout(resolve, 60));
    assert.equal(brief.running, false);
  });

  it('is released once, however often it is closed', async () => {
    let released = 0;
    const source = await openContent(
      {
        path: 'x',
        size: 1,
        read: () => Promise.resolve(1),
        isUnchanged: () => Promise.resolve(true),
        release: () => Promise.resolve(void (released += 1)),
      },
      never,
      () => undefined,
    );
    await Promise.all([source.close(), source.close()]);
    await source.close();
    assert.equal(released, 1);
  });
});
