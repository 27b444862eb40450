import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { runBatch } from '../../src/transfer/batch';
import type { Placed } from '../../src/transfer/saveRequest';
import type { Fault } from '../pyrus-server/faults';
import { proxyPage, withHeaders } from '../pyrus-server/scripted';
import { md5Of } from '../unit/transfer/filesOnDisk';
import { DownloadScene, failureOf } from './downloadScene';

const size = 200_000;
const bytes = randomBytes(size);

describe('faults: a download that breaks', () => {
  const scene = DownloadScene.prepare();
  const add = (content: Buffer | string = bytes): number =>
    scene.pyrus.addFile({ name: 'отчёт.bin', content }).id;
  const fault = (send: Fault['send'], times = 1): void =>
    void scene.pyrus.script({ match: /download/, times, ...(send === undefined ? {} : { send }) });

  /** Breaks once: repaired. Breaks always: says so, and nothing is on disk. */
  const survives = async (send: Fault['send'], kinds: readonly string[]): Promise<void> => {
    const id = add();
    fault(send);
    assert.deepEqual(await scene.save(id), { outcome: 'saved', name: 'отчёт.bin', size });
    assert.ok(scene.content('отчёт.bin').equals(bytes));
    assert.equal(scene.tries, 2);
    fault(send, Infinity);
    const name = 'other.bin';
    const { kind } = await failureOf(scene.save(id, { name }));
    assert.ok(kinds.includes(kind), kind);
    assert.equal(scene.tries, 2 + 5);
    assert.deepEqual(scene.names(), ['отчёт.bin']);
  };

  for (const at of [0, 1, size / 2, size - 1]) {
    it(`D1 cut by FIN at ${at} of its bytes starts over, in the end says how much came`, () =>
      survives({ cut: { at, how: 'fin' } }, ['incompleteDownload']));
    it(`D2 cut by RST at ${at} of its bytes starts over`, () =>
      survives({ cut: { at, how: 'rst' } }, ['incompleteDownload']));
  }

  it('D3 a cut in a chunk starts over', () =>
    survives({ chunked: true, cut: { at: size / 2, how: 'fin' } }, ['connectionLost']));

  it('D3 a missing last chunk starts over', async () => {
    const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n';
    await survives({ raw: `${head}5\r\nhello\r\n` }, ['connectionLost']);
  });

  it('D5 more bytes than announced, in one write, are never kept', async () => {
    const id = add(Buffer.alloc(1000, 'x'));
    fault({ contentLength: 10 }, Infinity);
    const { kind } = await failureOf(scene.save(id));
    assert.ok(['incompleteDownload', 'unexpectedAnswer'].includes(kind), kind);
    assert.deepEqual(scene.names(), []);
  });

  it('D6 a body encoded though nobody asked, and cut, is refused at once', async () => {
    const zipped = gzipSync(bytes);
    const half = zipped.subarray(0, zipped.length / 2);
    scene.pyrus.script({
      match: /download/,
      reshape: real => withHeaders({ ...real, body: half }, { 'Content-Encoding': 'gzip' }),
    });
    assert.deepEqual(await failureOf(scene.save(add())), {
      kind: 'encodedDownload',
      encoding: 'gzip',
    });
    assert.equal(scene.tries, 1);
    const { headers } = scene.pyrus.requests.at(-1) ?? assert.fail();
    assert.equal(headers['accept-encoding'], undefined);
    assert.deepEqual(scene.names(), []);
  });

  for (const [what, expected] of [
    ['size', { size: size + 1 }],
    ['MD5', { md5: '0'.repeat(32) }],
  ] as const) {
    it(`D9 another ${what} than the task tells fails after one more try, with both in the failure`, async () => {
      const failure = await failureOf(scene.save(add(), { expected }));
      assert.deepEqual(
        failure,
        what === 'size'
          ? { kind: 'sizeMismatch', expected: size + 1, actual: size }
          : { kind: 'md5Mismatch', expected: '0'.repeat(32), actual: md5Of(bytes) },
      );
      assert.equal(scene.tries, 2);
      assert.deepEqual(scene.names(), []);
    });
  }

  it('D9 bytes damaged on the way once are repaired by one more try', async () => {
    const damaged = Buffer.from(bytes);
    damaged.writeUInt8((damaged.readUInt8(1000) + 1) % 256, 1000);
    scene.pyrus.script({ match: /download/, reshape: real => ({ ...real, body: damaged }) });
    await scene.save(add(), { expected: { size, md5: md5Of(bytes) } });
    assert.ok(scene.content('отчёт.bin').equals(bytes));
  });

  it('D10 an empty file is an empty file', async () => {
    const md5 = 'd41d8cd98f00b204e9800998ecf8427e';
    const saved = await scene.save(add(''), { expected: { size: 0, md5 } });
    assert.deepEqual(saved, { outcome: 'saved', name: 'отчёт.bin', size: 0 });
    assert.equal(scene.content('отчёт.bin').length, 0);
  });

  it('D11 without Content-Disposition the name is the task’s, else made of the id', async () => {
    const { id } = scene.pyrus.addFile({
      name: 'x',
      content: 'a',
      headers: { 'Content-Disposition': '' },
    });
    await scene.save(id);
    await scene.save(id, { name: 'из задачи.txt' });
    assert.deepEqual(scene.names(), [`file-${id}`, 'из задачи.txt']);
  });

  it('D12 a web page with 200 is no file, whatever its size', async () => {
    const page = { ...proxyPage(200), body: '<html>Sign in</html>' };
    scene.pyrus.script({ match: /download/, times: Infinity, answer: page });
    assert.equal((await failureOf(scene.save(add()))).kind, 'notPyrus');
    const named = withHeaders(page, { 'Content-Disposition': 'attachment; filename=a.bin' });
    scene.pyrus.clearFaults();
    scene.pyrus.script({ match: /download/, times: Infinity, answer: named });
    assert.equal((await failureOf(scene.save(add(), { expected: { size } }))).kind, 'sizeMismatch');
    assert.deepEqual(scene.names(), []);
  });

  it('D13 a token that ends amid 20 files is renewed once; every file is there once', async () => {
    const contents = Array.from({ length: 20 }, (_, index) => randomBytes(1000 + index));
    const items = contents.map((content, index) => {
      const name = `${index + 1}.bin`;
      return { name, content, id: scene.pyrus.addFile({ name, content }).id };
    });
    const result = await runBatch<(typeof items)[number], Placed>({
      items,
      run: ({ id, name }) => {
        if (name === '10.bin') {
          scene.pyrus.setTokens('expired');
        }
        return scene.save(id);
      },
      isFatal: () => false,
      onProgress: () => undefined,
      signal: scene.me.signal,
    });
    assert.deepEqual(result.failed, []);
    assert.equal(scene.names().length, 20);
    for (const { name, content } of items) {
      assert.ok(scene.content(name).equals(content), name);
    }
    assert.equal(scene.pyrus.authCount, 2);
    assert.ok(scene.tries > 20, 'nothing met the end of the token');
  });

  it('D14 a file replaced between two tries comes whole, without a byte of the older one', async () => {
    const id = add();
    const newer = randomBytes(size);
    fault({ cut: { at: size / 2, how: 'fin' } });
    const onWait = (): void =>
      void scene.pyrus.addFile({ id, name: 'отчёт.bin', content: newer, version: 2 });
    await scene.save(id, { onWait });
    assert.ok(scene.content('отчёт.bin').equals(newer));
    assert.ok(scene.pyrus.requests.every(({ headers }) => headers.range === undefined));
  });

  it('D15 what follows the answer is not taken for a part of it, nor for the next answer', async () => {
    const id = add();
    const other = scene.pyrus.addFile({ name: 'other.txt', content: 'other' }).id;
    fault({ trailing: 'HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil' });
    await scene.save(id);
    await scene.save(other);
    assert.ok(scene.content('отчёт.bin').equals(bytes));
    assert.equal(scene.content('other.txt').toString(), 'other');
    const downloads = scene.pyrus.requests.filter(({ path }) => path.includes('download'));
    const connections = downloads.map(({ connection }) => connection);
    assert.notEqual(connections[0], connections.at(-1), 'the socket was used again');
  });
});

describe('faults: a download whose end nothing marks', () => {
  const scene = DownloadScene.prepare();
  const open = (at?: number): number => {
    scene.pyrus.script({
      match: /download/,
      times: Infinity,
      send: { contentLength: 'none', ...(at === undefined ? {} : { cut: { at, how: 'fin' } }) },
    });
    return scene.pyrus.addFile({ name: 'a.bin', content: bytes }).id;
  };

  it('D4 is kept on the user’s yes only', async () => {
    const id = open(size / 2);
    for (const keep of [false, true]) {
      const asked: number[] = [];
      const onUnconfirmed = (received: number): Promise<boolean> => {
        asked.push(received);
        assert.ok(!scene.names().includes('a.bin'), 'it has its name before the answer');
        return Promise.resolve(keep);
      };
      const { outcome } = await scene.save(id, { onUnconfirmed });
      assert.equal(outcome, keep ? 'saved' : 'discarded');
      assert.deepEqual(asked, [size / 2]);
      assert.deepEqual(scene.names(), keep ? ['a.bin'] : []);
    }
  });

  it('D4 is asked about no longer when it is cancelled', async () => {
    const id = open();
    const onUnconfirmed = (): Promise<boolean> => {
      scene.me.controller.abort();
      return new Promise(() => undefined);
    };
    await assert.rejects(scene.save(id, { onUnconfirmed }), { name: 'AbortError' });
    assert.deepEqual(scene.names(), []);
  });

  for (const [what, expected, kind] of [
    ['size', { size }, 'sizeMismatch'],
    ['MD5', { md5: md5Of(bytes) }, 'md5Mismatch'],
  ] as const) {
    it(`D4 is judged by the ${what} of the task, without a question`, async () => {
      const whole = open();
      await scene.save(whole, { expected });
      assert.ok(scene.content('a.bin').equals(bytes));
      scene.pyrus.clearFaults();
      const cut = open(size - 1);
      assert.equal((await failureOf(scene.save(cut, { expected, name: 'b.bin' }))).kind, kind);
      assert.deepEqual(scene.names(), ['a.bin']);
    });
  }

  it('D4 chunks mark their end: no question', async () => {
    const { id } = scene.pyrus.addFile({ name: 'a.bin', content: bytes, chunked: true });
    await scene.save(id);
    assert.deepEqual(scene.names(), ['a.bin']);
  });
});
