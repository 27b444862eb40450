import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { isReservedName, isToolFolder } from '../../src/transfer/reservedNames';
import { Expectations } from '../../src/transfer/expectations';
import { fileIds } from '../pyrus-server/fixtures';
import { withHeaders } from '../pyrus-server/scripted';
import { eventually } from '../unit/transfer/incomingFiles';
import { DownloadScene, failureOf } from './downloadScene';
import { bytesReceived } from './uploadScene';

interface HeaderRow {
  readonly id: string;
  readonly header: string;
}

const headers = JSON.parse(
  readFileSync(join(process.cwd(), 'test/data/content-disposition.json'), 'utf8'),
) as readonly HeaderRow[];

/** Shown by a desktop in another order than it is, or not at all. */
const unseen = /[\p{Cc}\p{Bidi_Control}\u200b]/u;

describe('faults: a server that wants more than to send a file', () => {
  const scene = DownloadScene.prepare();
  const add = (header: string, content: string | Buffer = 'content'): number =>
    scene.pyrus.addFile({ name: 'x', content, headers: { 'Content-Disposition': header } }).id;
  const everything = (): string[] =>
    readdirSync(scene.temp.path, { recursive: true, encoding: 'utf8' }).sort();

  it(`H2 no Content-Disposition leads out of the folder or to a name that acts`, async () => {
    assert.ok(headers.length >= 60);
    let sent = 0;
    for (const { id, header } of headers) {
      // What is longer is refused as a whole: see H9.
      if (header.length > 8000) {
        continue;
      }
      sent++;
      const folder = join(scene.folder, id.replace(/\W/g, '-'));
      mkdirSync(folder);
      const before = everything();
      const answer = await scene.save(add(header), { folder });
      assert.ok(answer.outcome === 'saved', id);
      const [name = '', ...more] = readdirSync(folder);
      assert.deepEqual([name, more], [answer.name, []], id);
      assert.ok(!isReservedName(name) && !unseen.test(name), `${id}: ${JSON.stringify(name)}`);
      assert.deepEqual(
        everything().filter(entry => !before.includes(entry)),
        [join('папка', id.replace(/\W/g, '-'), name)],
        id,
      );
    }
    assert.ok(sent >= 60);
  });

  const traversals = [
    '.vscode/settings.json',
    '.git/config',
    '.git\\hooks\\pre-commit',
    '../.vscode/tasks.json',
    '..\\..\\.bashrc',
    '/etc/cron.d/x',
    'C:\\Windows\\x.dll',
    '.husky',
    '.git',
  ];
  for (const name of traversals) {
    it(`H3 ${name} becomes one harmless component`, async () => {
      const header = `attachment; filename*=UTF-8''${encodeURIComponent(name)}`;
      const answer = await scene.save(add(header));
      assert.ok(answer.outcome === 'saved');
      assert.deepEqual(scene.names(), [answer.name]);
      assert.ok(!isToolFolder(answer.name) && !isReservedName(answer.name), answer.name);
      assert.deepEqual(everything(), ['папка', join('папка', answer.name)]);
    });
  }

  for (const refused of [
    '.vscode',
    '.git',
    '.git/hooks',
    '.husky',
    'a/.VSCODE',
    '.ssh',
    '.github',
  ]) {
    it(`H3 nothing is downloaded into ${refused}, whatever it is called`, async () => {
      const folder = join(scene.folder, refused);
      mkdirSync(folder, { recursive: true });
      const failure = await failureOf(
        scene.save(add('attachment; filename=tasks.json'), { folder }),
      );
      assert.deepEqual(failure, { kind: 'folderRefused' });
      assert.deepEqual(readdirSync(folder), []);
    });
  }

  it('H4 ten terabytes are refused as soon as they are announced', async () => {
    const id = add('attachment; filename=big.bin');
    const script = scene.pyrus.script({
      match: /files\/download/,
      send: { contentLength: 10_000_000_000_000, stallAfter: 0 },
    });
    const limit = 2_147_483_647;
    assert.deepEqual(await failureOf(scene.save(id)), {
      kind: 'tooLarge',
      size: 10_000_000_000_000,
      limit,
    });
    assert.equal(script.hits.length, 1);
    assert.deepEqual(scene.names(), []);
  });

  it('H4 a body without end stops at the size its task tells', async () => {
    const endless = {
      *blocks() {
        for (;;) {
          yield Buffer.alloc(65_536, 'x');
        }
      },
      size: Infinity,
    };
    scene.pyrus.script({
      match: /files\/download/,
      times: Infinity,
      answer: {
        status: 200,
        headers: { 'Content-Type': 'text/plain' },
        body: endless,
        chunked: true,
      },
    });
    const { kind } = await failureOf(scene.save(fileIds.plain, { expected: { size: 300_000 } }));
    assert.equal(kind, 'sizeMismatch');
    assert.deepEqual(scene.names(), []);
  });

  it('H4 a body without end and without a size stops at the largest file of Pyrus', () => {
    const file = { body: process.stdin, assertComplete: () => undefined };
    const expectations = new Expectations({ file } as never, 'x');
    expectations.assertBelowLimit(2_147_483_647);
    assert.throws(() => expectations.assertBelowLimit(2_147_483_648), {
      failure: { kind: 'tooLarge', size: 2_147_483_648, limit: 2_147_483_647 },
    });
  });

  it('H5 a bomb of compressed zeros stays what it is: nothing is unpacked, nothing kept', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
    const script = scene.pyrus.script({
      match: /files\/download/,
      times: Infinity,
      reshape: real => withHeaders(real, { 'Content-Encoding': 'gzip' }),
    });
    const before = process.memoryUsage().rss;
    const failure = await failureOf(scene.save(add('attachment; filename=a.bin', bomb)));
    assert.deepEqual(failure, { kind: 'encodedDownload', encoding: 'gzip' });
    assert.ok(process.memoryUsage().rss - before < 48 * 1024 * 1024);
    assert.equal(script.hits[0]?.headers['accept-encoding'], undefined);
    assert.deepEqual(scene.names(), []);
  });

  it('H5 a compressed file that says it is one comes as it is', async () => {
    const packed = gzipSync('content');
    await scene.save(add('attachment; filename=a.gz', packed));
    assert.ok(scene.content('a.gz').equals(packed));
  });
});

describe('faults: a server that drips its headers', () => {
  const scene = DownloadScene.prepare({ ownClock: true });

  it('H12 is left after the minute an answer may take, however many bytes it dripped', async () => {
    const script = scene.pyrus.script({
      match: /files\/download/,
      times: Infinity,
      send: { drip: { bytes: 1, everyMs: 3 } },
    });
    const moreBytes = (): Promise<boolean> => {
      const before = bytesReceived();
      return eventually(() => (bytesReceived() > before ? true : undefined));
    };
    const failing = failureOf(scene.save(fileIds.plain));
    for (let tries = 1; tries <= 5; tries++) {
      await eventually(() => (script.hits.length === tries ? true : undefined));
      await moreBytes();
      scene.clock.advance(59_999);
      await moreBytes();
      assert.ok(scene.clock.isSet(60_000), 'left too early');
      scene.clock.advance(1);
      await eventually(() => (script.hits[tries - 1]?.outcome === 'aborted' ? true : undefined));
    }
    const { host } = new URL(scene.pyrus.origins.files);
    assert.deepEqual(await failing, { kind: 'timedOut', host, phase: 'answer' });
    assert.equal(script.hits.length, 5);
    assert.deepEqual(scene.names(), []);
  });
});
