import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, open, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { FileError } from '../../../src/transfer/errors';
import { fileSource } from '../../../src/transfer/fileSource';
import { Md5Worker } from '../../../src/transfer/md5';
import { uploadName } from '../../../src/transfer/uploadName';
import { TempFolder, md5Of, mebibyte } from './filesOnDisk';
import { kind, streamOf, whole } from './openSources';

describe('a file as an upload source', () => {
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

  const sizes = [1, mebibyte - 1, mebibyte, mebibyte + 1, 16 * mebibyte - 1, 16 * mebibyte];
  for (const size of [...sizes, 16 * mebibyte + 1, 40 * mebibyte]) {
    it(`delivers ${size} bytes and their MD5`, async () => {
      const { path, bytes } = await folder.file('sized.bin', size);
      let counted = 0;
      const source = await opened(path, count => (counted += count));
      assert.equal(source.size, size);
      assert.equal(Buffer.isBuffer(source.content), size <= mebibyte);
      assert.ok((await whole(source)).equals(bytes));
      assert.equal(counted, size);
      assert.equal(await source.verify(), md5Of(bytes));
      await source.close();
      await source.close();
    });
  }

  it('hands out chunks of 1 MiB and keeps the newest five intact', async () => {
    const { path, bytes } = await folder.file('chunks.bin', 20 * mebibyte);
    const source = await opened(path);
    const held: Buffer[] = [];
    let position = 0;
    for await (const chunk of streamOf(source)) {
      held.push(chunk as Buffer);
      assert.equal((chunk as Buffer).length, mebibyte);
      position += mebibyte;
      const last = held.slice(-5);
      const from = position - last.length * mebibyte;
      assert.ok(Buffer.concat(last).equals(bytes.subarray(from, position)), `at ${position}`);
    }
    assert.equal(await source.verify(), md5Of(bytes));
    await source.close();
  });

  it('opens anew for every try', async () => {
    const { path, bytes } = await folder.file('again.bin', 2 * mebibyte);
    const source = await fileSource(path, worker);
    for (let attempt = 0; attempt < 3; attempt += 1) {
      const content = await source.open(never, () => undefined);
      assert.ok((await whole(content)).equals(bytes));
      await content.close();
    }
  });

  it('follows a link to a file', async () => {
    const { path, bytes } = await folder.file('linked.bin', 10);
    const link = join(folder.path, 'link.bin');
    await symlink(path, link);
    const source = await opened(link);
    assert.equal(await source.verify(), md5Of(bytes));
    await source.close();
  });

  it('serves five at a time', async () => {
    const files = await Promise.all(
      [18, 19, 20, 21, 3].map(size => folder.file(`${size}.bin`, size * mebibyte)),
    );
    await Promise.all(
      files.map(async ({ path, bytes }) => {
        const source = await opened(path);
        assert.ok((await whole(source)).equals(bytes));
        assert.equal(await source.verify(), md5Of(bytes));
        await source.close();
      }),
    );
  });

  describe('refuses', () => {
    const kindOf = async (path: string): Promise<string> => {
      const error = await fileSource(path).then(
        () => assert.fail('accepted'),
        (reason: unknown) => reason,
      );
      assert.ok(error instanceof FileError);
      assert.equal(error.path, path);
      return error.failure.kind;
    };
    const at = (name: string): string => join(folder.path, name);

    it('what is not there', async () => {
      assert.equal(await kindOf(at('missing')), 'notFound');
      await symlink(at('missing'), at('broken'));
      assert.equal(await kindOf(at('broken')), 'notFound');
    });

    it('a folder, a pipe, a socket, a device', async () => {
      await mkdir(at('folder'));
      makePipe(at('pipe'));
      const server = createServer().listen(at('socket'));
      await once(server, 'listening');
      for (const name of ['folder', 'pipe', 'socket']) {
        assert.equal(await kindOf(at(name)), 'notAFile', name);
      }
      assert.equal(await kindOf('/dev/null'), 'notAFile');
      server.close();
    });

    it('nothing at all', async () => {
      await writeFile(at('empty'), '');
      assert.equal(await kindOf(at('empty')), 'empty');
    });

    it('one byte more than Pyrus takes, and not that many', async () => {
      await writeFile(at('huge'), '');
      await truncate(at('huge'), 2_147_483_648);
      assert.equal(await kindOf(at('huge')), 'tooLarge');
      await truncate(at('huge'), 2_147_483_647);
      assert.equal((await fileSource(at('huge'))).size, 2_147_483_647);
      await rm(at('huge'));
    });

    it('what has become something else before it is opened, without waiting for it', async () => {
      const { path } = await folder.file('swapped', 10);
      const source = await fileSource(path);
      const openAgain = () => source.open(never, () => undefined);
      await truncate(path, 0);
      await assert.rejects(openAgain, kind('empty'));
      await rm(path);
      await assert.rejects(openAgain, kind('notFound'));
      makePipe(path);
      await assert.rejects(openAgain, kind('notAFile'));
      await rm(path);
      await mkdir(path);
      await assert.rejects(openAgain, kind('notAFile'));
    });
  });

  it('waits for a free descriptor', async () => {
    const { path } = await folder.file('scarce.bin', 10);
    const program = `
      const { openSync, closeSync } = require('node:fs');
      const { fileSource } = require(${JSON.stringify(require.resolve('../../../src/transfer/fileSource'))});
      (async () => {
        const source = await fileSource(${JSON.stringify(path)});
        const held = [];
        try { for (;;) held.push(openSync('/dev/null')); } catch (error) {
          if (error.code !== 'EMFILE') throw error;
        }
        setTimeout(() => held.forEach(closeSync), 300);
        const open = await source.open(new AbortController().signal, () => {});
        console.log(await open.verify());
        await open.close();
      })();`;
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', 'ulimit -n 64 && exec "$0" -e "$1"', process.execPath, program],
      { encoding: 'utf8' },
    );
    assert.match(stdout, /^[0-9a-f]{32}\n$/, stderr);
  });

  it('is cancelled while it waits for a free descriptor, for the reason of the signal', async () => {
    const { path } = await folder.file('scarce.bin', 10);
    const program = `
      const { openSync } = require('node:fs');
      const { fileSource } = require(${JSON.stringify(require.resolve('../../../src/transfer/fileSource'))});
      (async () => {
        const source = await fileSource(${JSON.stringify(path)});
        try { for (;;) openSync('/dev/null'); } catch (error) {
          if (error.code !== 'EMFILE') throw error;
        }
        const cancel = new AbortController();
        setTimeout(() => cancel.abort(new Error('left')), 50);
        await source.open(cancel.signal, () => {}).catch(({ message }) => console.log(message));
      })();`;
    const { stdout, stderr } = spawnSync(
      'bash',
      ['-c', 'ulimit -n 64 && exec "$0" -e "$1"', process.execPath, program],
      { encoding: 'utf8' },
    );
    assert.equal(stdout, 'left\n', stderr);
  });

  it('does not stand in the way of others who write', async () => {
    const { path } = await folder.file('shared.bin', 3 * mebibyte);
    const source = await opened(path);
    const writer = await open(path, 'r+');
    await writer.write('x');
    await writer.close();
    await source.close();
  });
});

describe('the name of an upload', () => {
  const names: readonly (readonly [string, string])[] = [
    ['report.pdf', 'report.pdf'],
    ['Отчёт за май.docx', 'Отчёт за май.docx'],
    ['Отчёт'.normalize('NFD'), 'Отчёт'.normalize('NFC')],
    ['a"b".txt', "a'b'.txt"],
    ['a\r\nX-Evil: 1.txt', 'a__X-Evil: 1.txt'],
    ['tab\tdel\x7fc1\x85.txt', 'tab_del_c1_.txt'],
    ['lone\ud800.txt', 'lone\ufffd.txt'],
    ['😀;%22\\ .txt', '😀;%22\\ .txt'],
    [' spaces .txt ', ' spaces .txt '],
  ];
  for (const [given, stored] of names) {
    it(`${JSON.stringify(given)} → ${JSON.stringify(stored)}`, () => {
      assert.equal(uploadName(given), stored);
    });
  }
});

function makePipe(path: string): void {
  const { status, stderr } = spawnSync('mkfifo', [path], { encoding: 'utf8' });
  assert.equal(status, 0, stderr);
}
