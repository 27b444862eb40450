import assert from 'node:assert/strict';
import {
  appendFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenSource } from '../../../src/pyrus/ports';
import { FileError } from '../../../src/transfer/errors';
import { fileSource } from '../../../src/transfer/fileSource';
import { Md5Worker } from '../../../src/transfer/md5';
import { openContent } from '../../../src/transfer/openContent';
import { TempFolder, mebibyte } from './filesOnDisk';
import { kind, whole } from './openSources';

const longAgo = new Date('2020-02-02');

describe('a file that changes while it is sent', () => {
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

  const opened = async (path: string, onBytes: (count: number) => void = () => undefined) =>
    (await fileSource(path, worker)).open(never, onBytes);

  describe('notices that the file', () => {
    /** Changes the file when the first chunk has been read. */
    const changing = async (size: number, change: (path: string) => void): Promise<OpenSource> => {
      const { path } = await folder.file('changing.bin', size);
      await utimes(path, longAgo, longAgo);
      await nextTickOfFileTimes(path);
      let changed = false;
      return opened(path, () => {
        if (!changed) {
          change(path);
          changed = true;
        }
      });
    };
    const changes: Record<string, (path: string) => void> = {
      grew: path => appendFileSync(path, 'more'),
      'was saved by renaming': path => {
        writeFileSync(`${path}.new`, 'new');
        renameSync(`${path}.new`, path);
      },
      'was deleted': path => rmSync(path),
      'was rewritten in place': path => writeFileSync(path, 'x', { flag: 'r+' }),
      'was rewritten and its time put back': path => {
        writeFileSync(path, 'x', { flag: 'r+' });
        utimesSync(path, longAgo, longAgo);
      },
    };
    for (const [what, change] of Object.entries(changes)) {
      for (const size of [1000, 5 * mebibyte, 20 * mebibyte]) {
        it(`${what} (${size} bytes)`, async () => {
          const source = await changing(size, change);
          assert.equal((await whole(source)).length, size, 'exactly the bytes there were');
          await assert.rejects(source.verify(), kind('changed'));
          await source.close();
        });
      }
    }

    for (const size of [5 * mebibyte, 20 * mebibyte]) {
      it(`shrank (${size} bytes), at once`, async () => {
        const source = await changing(size, path => truncateSync(path, 2 * mebibyte + 1));
        await assert.rejects(whole(source), kind('changed'));
        await assert.rejects(source.verify(), kind('changed'));
        await source.close();
      });
    }

    it('is another one behind the same link', async () => {
      const { path } = await folder.file('first.bin', 10);
      const { path: second } = await folder.file('second.bin', 10);
      const link = join(folder.path, 'link.bin');
      symlinkSync(path, link);
      const source = await opened(link);
      rmSync(link);
      symlinkSync(second, link);
      await assert.rejects(source.verify(), kind('changed'));
      await source.close();
    });

    it('shrank between being measured and being read whole', async () => {
      let released = 0;
      const shrunk = {
        path: 'x',
        size: 10,
        read: (_: Buffer, position: number) => Promise.resolve(position < 4 ? 4 : 0),
        isUnchanged: () => Promise.resolve(true),
        release: () => Promise.resolve(void (released += 1)),
      };
      await assert.rejects(
        openContent(shrunk, never, () => undefined),
        kind('changed'),
      );
      assert.equal(released, 1);
    });
  });

  describe('when reading fails', () => {
    for (const size of [10, 2 * mebibyte, 20 * mebibyte]) {
      it(`says so (${size} bytes)`, async () => {
        const broken = {
          path: 'x',
          size,
          read: () => Promise.reject(Object.assign(new Error('i/o'), { code: 'EIO' })),
          isUnchanged: () => Promise.resolve(true),
          release: () => Promise.resolve(),
        };
        const reading = openContent(broken, never, () => undefined, worker).then(whole);
        await assert.rejects(reading, (error: unknown) => {
          assert.ok(error instanceof FileError);
          assert.deepEqual(error.failure, { kind: 'unreadable', code: 'EIO' });
          return true;
        });
      });
    }
  });
});

/** The kernel stamps files in steps of some milliseconds; a change in the same step would not show. */
async function nextTickOfFileTimes(path: string): Promise<void> {
  const { ctimeMs } = await stat(path);
  while (Date.now() < ctimeMs + 20) {
    await new Promise(setImmediate);
  }
}
