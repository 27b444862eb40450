import assert from 'node:assert/strict';
import { once } from 'node:events';
import { truncateSync } from 'node:fs';
import fetch from 'node-fetch';
import { multipartBody } from '../../../src/pyrus/multipart';
import type { OpenSource } from '../../../src/pyrus/ports';
import { fileSource } from '../../../src/transfer/fileSource';
import { Md5Worker } from '../../../src/transfer/md5';
import { RawServer } from '../pyrus/rawServer';
import { TempFolder, md5Of, mebibyte } from './filesOnDisk';
import { kind } from './openSources';

describe('a source sent over a socket', () => {
  let folder: TempFolder;
  let worker: Md5Worker;
  let server: RawServer;

  before(async () => {
    folder = await TempFolder.create();
    worker = new Md5Worker();
  });
  beforeEach(async () => (server = await RawServer.start()));
  afterEach(async () => {
    await server.stop();
    assert.equal(folder.descriptors(), 0, 'descriptors left open');
  });
  after(async () => {
    await worker.end();
    await folder.remove();
  });

  const open = async (
    path: string,
    onBytes: (count: number) => void = () => undefined,
    signal = new AbortController().signal,
  ): Promise<OpenSource> => (await fileSource(path, worker)).open(signal, onBytes);

  const send = async (source: OpenSource, signal?: AbortSignal): Promise<string> => {
    const { headers, body } = multipartBody('file.bin', source);
    const options = { method: 'POST', headers: { ...headers }, body, signal: signal ?? null };
    return (await fetch(server.url, options)).text();
  };

  for (const [how, every, milliseconds] of [
    ['piece by piece', 1, 0],
    ['with long waits', 32, 40],
  ] as const) {
    it(`arrives undamaged when the server reads ${how}: memory is used again only when sent`, async () => {
      const { path, bytes } = await folder.file('slow.bin', 30 * mebibyte);
      let pieces = 0;
      server.onData = socket => {
        pieces += 1;
        if (pieces % every === 0) {
          socket.pause();
          setTimeout(() => socket.resume(), milliseconds);
        }
      };
      const source = await open(path);
      assert.equal(await send(source), '{}');
      assert.equal(await source.verify(), md5Of(bytes));
      await source.close();
      const [request] = server.requests;
      assert.ok(request?.body.includes(bytes), 'the bytes on the wire are those of the file');
    });
  }

  it('reads no more than a few chunks ahead of a server that does not', async () => {
    const { path } = await folder.file('stalled.bin', 40 * mebibyte);
    server.onData = socket => socket.pause();
    let read = 0;
    const cancel = new AbortController();
    const source = await open(path, count => (read += count), cancel.signal);
    const sending = send(source, cancel.signal);
    let before = -1;
    while (before !== read) {
      before = read;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    // What the system holds for the socket comes on top, up to several MiB on loopback.
    assert.ok(read <= 16 * mebibyte, `${read} bytes`);
    cancel.abort();
    await assert.rejects(sending, { name: 'AbortError' });
    await source.close();
  });

  for (const size of [3, 30]) {
    it(`fails at once with the file's own failure when it shrinks (${size} MiB)`, async () => {
      const { path } = await folder.file('shrinking.bin', size * mebibyte);
      const source = await open(path, () => truncateSync(path, mebibyte + 1));
      await assert.rejects(send(source), kind('changed'));
      await assert.rejects(source.verify(), kind('changed'));
      await source.close();
    });

    it(`releases the file when the server goes away (${size} MiB)`, async () => {
      const { path } = await folder.file('cut.bin', size * mebibyte);
      server.onData = socket => socket.destroy();
      const source = await open(path);
      const { content } = source;
      assert.ok(!Buffer.isBuffer(content));
      const closed = once(content, 'close');
      await assert.rejects(send(source), { name: 'FetchError' });
      await closed;
      await source.close();
    });
  }
});
