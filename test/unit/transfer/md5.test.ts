import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileSource } from '../../../src/transfer/fileSource';
import { Md5Failed, Md5Worker, followFile } from '../../../src/transfer/md5';
import { TempFolder, md5Of, mebibyte } from './filesOnDisk';

describe('the MD5 of a file that is being written', () => {
  let folder: TempFolder;
  let worker: Md5Worker;
  let path: string;

  before(async () => (folder = await TempFolder.create()));
  beforeEach(async () => {
    worker = new Md5Worker(30_000);
    path = join(folder.path, 'growing.part');
    await writeFile(path, '');
  });
  afterEach(async () => {
    await worker.end();
    assert.equal(folder.descriptors(), 0, 'descriptors left open');
  });
  after(() => folder.remove());

  for (const size of [0, 1, mebibyte, mebibyte + 1, 20 * mebibyte + 17]) {
    it(`is that of its ${size} bytes, and the file is closed by then`, async () => {
      const bytes = randomBytes(size);
      const followed = followFile(path, worker);
      await writeBehind(bytes, 300_000, total => followed.written(total));
      assert.equal(await followed.finish(), md5Of(bytes));
      assert.equal(folder.descriptors(), 0);
    });
  }

  it('never covers bytes it was not told of', async () => {
    const bytes = randomBytes(4 * mebibyte);
    const half = 2 * mebibyte - 1000;
    const followed = followFile(path, worker);
    const file = await open(path, 'r+');
    // The end first: a reader that trusts the length of the file would hash a hole.
    await file.write(bytes, half, bytes.length - half, half);
    followed.written(0);
    await roundTrip();
    await file.write(bytes, 0, half - 1, 0);
    followed.written(half - 1);
    await roundTrip();
    await file.write(bytes, half - 1, 1, half - 1);
    followed.written(bytes.length);
    await file.close();
    assert.equal(await followed.finish(), md5Of(bytes));
  });

  it('fails when the file is shorter than said', async () => {
    await writeFile(path, 'short');
    const followed = followFile(path, worker);
    followed.written(6);
    await assert.rejects(followed.finish(), /ends at 5 of 6/);
  });

  it('fails when there is no file', async () => {
    const followed = followFile(join(folder.path, 'missing'), worker);
    await assert.rejects(followed.finish(), (error: unknown) => {
      assert.ok(error instanceof Md5Failed);
      assert.equal(error.code, 'ENOENT');
      return true;
    });
  });

  it('closes the file when cancelled, at any time', async () => {
    await writeFile(path, randomBytes(5 * mebibyte));
    const followed = followFile(path, worker);
    followed.written(5 * mebibyte);
    followed.cancel();
    followed.cancel();
    await assert.rejects(followed.finish(), /cancelled/);
    await roundTrip();
    assert.equal(folder.descriptors(), 0);
    const finished = followFile(path, worker);
    await finished.finish();
    finished.cancel();
  });

  it('fails when the worker is ended meanwhile', async () => {
    const followed = followFile(path, worker);
    await roundTrip();
    const finished = assert.rejects(followed.finish(), Md5Failed);
    await worker.end();
    await finished;
  });

  it('comes beside an upload from the same worker', async () => {
    const { path: other, bytes: otherBytes } = await folder.file('other.bin', 30 * mebibyte);
    const bytes = randomBytes(30 * mebibyte);
    const upload = (async () => {
      const source = await fileSource(other, worker);
      const content = await source.open(new AbortController().signal, () => undefined);
      assert.ok(!Buffer.isBuffer(content.content));
      await buffer(content.content.map((chunk: Buffer) => Buffer.from(chunk)));
      const md5 = await content.verify();
      await content.close();
      return md5;
    })();
    const followed = followFile(path, worker);
    await writeBehind(bytes, mebibyte, total => followed.written(total));
    assert.equal(await followed.finish(), md5Of(bytes));
    assert.equal(await upload, md5Of(otherBytes));
  });

  /**
   * The worker reads a mebibyte of each job in turn: when this one of five has gone through, so have
   * up to five of another, told of before.
   */
  async function roundTrip(): Promise<void> {
    const probe = join(folder.path, 'probe');
    await writeFile(probe, Buffer.alloc(5 * mebibyte));
    const followed = followFile(probe, worker);
    followed.written(5 * mebibyte);
    await followed.finish();
  }

  async function writeBehind(
    bytes: Buffer,
    step: number,
    written: (total: number) => void,
  ): Promise<void> {
    const file = await open(path, 'r+');
    for (let position = 0; position < bytes.length; position += step) {
      const { bytesWritten } = await file.write(
        bytes,
        position,
        Math.min(step, bytes.length - position),
      );
      written(position + bytesWritten);
    }
    await file.close();
  }
});

describe('the md5 worker', () => {
  let folder: TempFolder;
  before(async () => (folder = await TempFolder.create()));
  after(() => folder.remove());

  it('starts at the first job, is kept while it is used, and ends when idle', async () => {
    const { path, bytes } = await folder.file('some', 10);
    const worker = new Md5Worker(50);
    assert.equal(worker.running, false);
    const first = followFile(path, worker);
    assert.equal(worker.running, true);
    const second = followFile(path, worker);
    await first.finish();
    await new Promise(resolve => setTimeout(resolve, 120));
    assert.equal(worker.running, true, 'a job is still under way');
    await second.finish();
    assert.equal(worker.running, true, 'kept for the next');
    await new Promise(resolve => setTimeout(resolve, 120));
    assert.equal(worker.running, false);
    await followFile(path, worker).finish();
    const fourth = followFile(path, worker);
    await new Promise(resolve => setTimeout(resolve, 120));
    fourth.written(10);
    assert.equal(await fourth.finish(), md5Of(bytes), 'the idle time of the one before is off');
    await worker.end();
    assert.equal(worker.running, false);
  });

  it('is started again after a crash', async () => {
    const { path, bytes } = await folder.file('some', 10);
    const file = join(folder.path, 'once.js');
    const real = JSON.stringify(require.resolve('../../../src/transfer/md5Worker'));
    const flag = JSON.stringify(join(folder.path, 'crashed'));
    await writeFile(
      file,
      `const fs = require('node:fs');
       if (!fs.existsSync(${flag})) { fs.writeFileSync(${flag}, ''); throw new Error('crash'); }
       require(${real});`,
    );
    const worker = new Md5Worker(50, file);
    await assert.rejects(followFile(path, worker).finish(), /crashed/);
    const again = followFile(path, worker);
    again.written(10);
    assert.equal(await again.finish(), md5Of(bytes));
    await worker.end();
  });

  it('holds the process for a job and not when idle', async () => {
    const { path, bytes } = await folder.file('some', 10);
    const program = `
      const { followFile } = require(${JSON.stringify(require.resolve('../../../src/transfer/md5'))});
      const followed = followFile(${JSON.stringify(path)});
      followed.written(10);
      followed.finish().then(() => {
        // Idle in between: the second job has to hold the process anew.
        const again = followFile(${JSON.stringify(path)});
        again.written(10);
        again.finish().then(console.log);
      });`;
    const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', program], {
      encoding: 'utf8',
      timeout: 9_000,
    });
    assert.equal(stderr, '');
    assert.equal(stdout, `${md5Of(bytes)}\n`);
    assert.equal(status, 0, 'did not wait for the idle time');
  });
});
