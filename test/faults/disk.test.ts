import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';
import { localDisk } from '../../src/transfer/disk';
import type { Disk } from '../../src/transfer/disk';
import { md5Worker } from '../../src/transfer/md5';
import { FailingDisk, failure } from '../unit/transfer/failingDisk';
import { md5Of, mebibyte } from '../unit/transfer/filesOnDisk';
import { DownloadScene, failureOf } from './downloadScene';

const size = 3 * mebibyte;
const bytes = randomBytes(size);
/** Milliseconds for a program of its own: one that hangs would hold up mocha, its timeouts and all. */
const timeout = 30_000;

describe('faults: the disk a download goes to', () => {
  const scene = DownloadScene.prepare();
  const add = (content: Buffer = bytes, name = 'отчёт.bin'): number =>
    scene.pyrus.addFile({ name, content }).id;
  after(() => md5Worker.end());

  /** A disk that has this many bytes left, as the system tells and as writes meet it. */
  const diskWith = (free: number): Disk => ({
    ...localDisk,
    statfs: (async (path: string) => {
      const stats = await localDisk.statfs(path);
      return Object.assign(stats, { blocks: 1000, bsize: 1, bavail: free, bfree: free });
    }) as Disk['statfs'],
  });

  it('F1 a file larger than the free space is refused before a byte of it is read', async () => {
    const onBytes = (): never => assert.fail('read');
    assert.deepEqual(await failureOf(scene.save(add(), { disk: diskWith(size - 1), onBytes })), {
      kind: 'diskFull',
      room: { need: size, free: size - 1 },
    });
    assert.equal(scene.tries, 1);
    assert.deepEqual(scene.names(), []);
  });

  it('F1 a file that just fits, or a disk that does not tell, is no reason to refuse', async () => {
    await scene.save(add(), { disk: diskWith(size), name: 'a' });
    const silent = new FailingDisk({ statfs: () => failure('ENOSYS', 'statfs') });
    await scene.save(add(), { disk: silent.port, name: 'b' });
    const zeros = { ...localDisk, statfs: (() => Promise.resolve({ blocks: 0 })) as never };
    await scene.save(add(), { disk: zeros, name: 'c' });
    assert.deepEqual(scene.names(), ['a', 'b', 'c']);
  });

  it('F1 a disk that fills up on the way keeps nothing, and is not tried again', async () => {
    let written = 0;
    const disk = new FailingDisk({
      write: () => ((written += 1) > 1 ? failure('ENOSPC', 'write') : undefined),
    });
    assert.deepEqual(await failureOf(scene.save(add(), { disk: disk.port })), { kind: 'diskFull' });
    assert.ok(written > 1);
    assert.equal(scene.tries, 1);
    assert.deepEqual(scene.names(), []);
  });

  it('F1 a real disk of one mebibyte says so, and is as empty afterwards', function () {
    const mounted = spawnSync('unshare', ['-Urm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt'], {
      timeout,
    });
    if (mounted.status !== 0) {
      this.skip();
    }
    const program = `
      const { saveLocally } = require(${JSON.stringify(require.resolve('../../src/transfer/localTarget'))});
      const { Readable } = require('node:stream');
      const save = announced => saveLocally('/mnt', { replace: 'a.bin' }, {
        file: { ...announced, body: Readable.from([Buffer.alloc(900000), Buffer.alloc(900000)]), assertComplete() {} },
        signal: new AbortController().signal, onBytes() {},
      }).then(() => 'saved', error => error.failure);
      (async () => console.log(JSON.stringify(
        [await save({}), await save({ size: 1800000 }), require('node:fs').readdirSync('/mnt')])))();`;
    const { stdout, stderr, signal } = spawnSync(
      'unshare',
      [
        '-Urm',
        'sh',
        '-c',
        'mount -t tmpfs -o size=1m tmpfs /mnt && exec "$0" -e "$1"',
        process.execPath,
        program,
      ],
      { encoding: 'utf8', timeout },
    );
    assert.equal(signal, null, stderr);
    assert.deepEqual(
      JSON.parse(stdout || 'null'),
      [{ kind: 'diskFull' }, { kind: 'diskFull', room: { need: 1_800_000, free: 2 ** 20 } }, []],
      stderr,
    );
  });

  for (const [code, expected] of [
    ['EACCES', 'noPermission'],
    ['EPERM', 'noPermission'],
    ['EROFS', 'readOnly'],
  ] as const) {
    it(`F4 a folder that says ${code} fails before the bytes are read, and another one may be chosen`, async () => {
      const id = add();
      const disk = new FailingDisk({
        open: path => (path.endsWith('.part') ? failure(code, 'open') : undefined),
      });
      const onBytes = (): never => assert.fail('read');
      assert.deepEqual(await failureOf(scene.save(id, { disk: disk.port, onBytes })), {
        kind: expected,
      });
      assert.equal(scene.tries, 1);
      const folder = join(scene.temp.path, 'another');
      fs.mkdirSync(folder);
      await scene.save(id, { folder });
      assert.ok(fs.readFileSync(join(folder, 'отчёт.bin')).equals(bytes));
    });
  }

  /** Takes names for the same as case-insensitive, composing file systems do. */
  const foldingDisk = (): Disk => {
    const key = (name: string): string => name.normalize('NFC').toLowerCase();
    const existing = (path: string): string => {
      const name = path.slice(path.lastIndexOf('/') + 1);
      const twin = scene.names().find(other => key(other) === key(name));
      return twin === undefined ? path : join(path.slice(0, path.lastIndexOf('/')), twin);
    };
    return {
      ...localDisk,
      lstat: ((path: string) => localDisk.lstat(existing(path))) as Disk['lstat'],
      link: (from, to) => localDisk.link(from, existing(String(to))),
      rename: (from, to) => localDisk.rename(from, existing(String(to))),
    };
  };

  for (const [what, mine, theirs] of [
    ['in another case', 'ОТЧЁТ.bin', 'отчёт.BIN'],
    ['composed differently', 'й.bin', 'и\u0306.bin'],
  ] as const) {
    it(`F14 a twin ${what} is asked about and never written over`, async () => {
      fs.writeFileSync(join(scene.folder, theirs), 'theirs');
      const asked: string[] = [];
      const saved = await scene.save(add(bytes, mine), {
        disk: foldingDisk(),
        onConflict: name => {
          asked.push(name);
          return Promise.resolve('keepBoth');
        },
      });
      const copy = mine.replace('.', ' (1).');
      assert.deepEqual(saved, { outcome: 'saved', name: copy, size });
      assert.deepEqual(asked, [mine]);
      assert.deepEqual([...scene.names()].sort(), [copy, theirs].sort());
      assert.equal(scene.content(theirs).toString(), 'theirs');
      assert.ok(scene.content(copy).equals(bytes));
    });
  }

  it('F16 a download takes eight descriptors at the most, its worker and its socket included', async () => {
    const content = randomBytes(20 * mebibyte);
    const expected = { size: content.length, md5: md5Of(content) };
    // Once before, so that the thread and its channels are there.
    await scene.save(add(content), { expected, name: 'first.bin' });
    const descriptors = (): number => fs.readdirSync('/proc/self/fd').length;
    const before = descriptors();
    let most = 0;
    const onBytes = (): number => (most = Math.max(most, descriptors()));
    await scene.save(add(content), { expected, onBytes: () => void onBytes() });
    // The stand-in's end of the connection is in this process, too.
    assert.ok(most - before <= 8, `${most - before} descriptors`);
    assert.ok(most > before, 'none was seen');
  });

  it('F16 a process that is out of descriptors waits for one, in the worker, too', () => {
    const program = `
      const { openSync, closeSync, writeFileSync } = require('node:fs');
      const { followFile, md5Worker } = require(${JSON.stringify(require.resolve('../../src/transfer/md5'))});
      const path = ${JSON.stringify(join(scene.folder, 'followed.bin'))};
      (async () => {
        writeFileSync(path, 'content');
        const warm = followFile(path);
        warm.written(7);
        await warm.finish();
        const held = [];
        try { for (;;) held.push(openSync('/dev/null')); } catch (error) {
          if (error.code !== 'EMFILE') throw error;
        }
        setTimeout(() => held.forEach(closeSync), 300);
        const followed = followFile(path);
        followed.written(7);
        console.log(await followed.finish());
        await md5Worker.end();
      })();`;
    const { stdout, stderr, signal } = spawnSync(
      'bash',
      ['-c', 'ulimit -n 64 && exec "$0" -e "$1"', process.execPath, program],
      { encoding: 'utf8', timeout },
    );
    assert.equal(signal, null, stderr);
    assert.equal(stdout.trim(), md5Of(Buffer.from('content')), stderr);
  });
});
