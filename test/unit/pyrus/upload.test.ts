import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { globalAgent } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PyrusFailure } from '../../../src/pyrus/errors';
import { fileSource } from '../../../src/transfer/fileSource';
import type { UploadSource } from '../../../src/pyrus/ports';
import { startPyrus } from '../../pyrus-server/pyrus';
import type { PyrusServer } from '../../pyrus-server/pyrus';
import { OwnTime } from '../ownTime';
import { failure } from './failure';
import { signedInClient } from './signedInClient';
import type { SignedInClient } from './signedInClient';

const UPLOAD = 'POST /v4/files/upload';

/** Sockets of this process in use to an origin: the server learns of a close when it reads that far. */
function socketsTo(origin: string): number {
  const { port } = new URL(origin);
  const used = Object.entries(globalAgent.sockets).filter(([name]) => name.includes(`:${port}:`));
  return used.reduce((count, [, sockets]) => count + (sockets?.length ?? 0), 0);
}

describe('uploading a file', () => {
  let folder: string;
  let pyrus: PyrusServer;
  let me: SignedInClient;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pyrus-upload-'));
    pyrus = await startPyrus();
    me = await signedInClient(pyrus);
  });
  afterEach(async () => {
    assert.deepEqual(pyrus.foreignRequests, []);
    // A request that was cut off on purpose is the only kind of malformed one.
    assert.deepEqual(
      pyrus.malformed.filter(code => code !== 'HPE_INVALID_EOF_STATE'),
      [],
    );
    await pyrus.close();
    await rm(folder, { recursive: true });
  });

  const file = async (name: string, content: string | Buffer): Promise<UploadSource> => {
    await writeFile(join(folder, name), content);
    return fileSource(join(folder, name));
  };

  it('answers the GUID of exactly these bytes, sent to the files host under its Cyrillic name', async () => {
    const source = await file('Отчёт за март.txt', 'file content');
    const progress: number[] = [];
    const { guid, md5, size } = await me.client.upload(source, {
      signal: me.signal,
      onProgress: sent => progress.push(sent),
    });
    const [stored] = pyrus.uploads;
    assert.equal(stored?.guid, guid);
    assert.equal(stored.name, 'Отчёт за март.txt');
    assert.equal(stored.md5, md5);
    assert.equal(md5, 'd10b4c3ff123b26dc068d43a8bef2d23');
    assert.equal(size, 12);
    assert.deepEqual([progress[0], progress.at(-1)], [0, 12]);
    const seen = pyrus.requests.find(({ method, path }) => `${method} ${path}` === UPLOAD);
    assert.equal(seen?.origin, 'files');
    assert.ok(Number(seen.headers['content-length']) > 12);
    assert.equal(seen.headers['transfer-encoding'], undefined);
  });

  it('goes to the one origin of an on-premises server that names no addresses', async () => {
    me = await signedInClient(pyrus, 'onPremises');
    await me.client.upload(await file('a.txt', 'a'), { signal: me.signal });
    const seen = pyrus.requests.filter(({ path }) => path.includes('upload'));
    assert.deepEqual(
      seen.map(({ origin, path }) => [origin, path]),
      [['onPremises', '/v4/files/upload']],
    );
  });

  it('falls back to the API host when the files host has no such route, and remembers it', async () => {
    pyrus.script({
      match: UPLOAD,
      origin: 'files',
      times: 1,
      answer: { status: 404, headers: {}, body: Buffer.from('{"Message":"No HTTP resource"}') },
    });
    await me.client.upload(await file('a.txt', 'a'), { signal: me.signal });
    await me.client.upload(await file('b.txt', 'b'), { signal: me.signal });
    const origins = pyrus.requests
      .filter(({ path }) => path.includes('upload'))
      .map(({ origin }) => origin);
    assert.deepEqual(origins, ['files', 'api', 'api']);
  });

  it('renews the token once when five uploads meet its end together', async () => {
    pyrus.setTokens('expired');
    const before = pyrus.authCount;
    const sources = await Promise.all([1, 2, 3, 4, 5].map(n => file(`${n}.txt`, `file ${n}`)));
    const uploaded = await Promise.all(
      sources.map(source => me.client.upload(source, { signal: me.signal })),
    );
    assert.equal(new Set(uploaded.map(({ guid }) => guid)).size, 5);
    assert.equal(pyrus.authCount - before, 1);
  });

  it('sends a large file again from its first byte after a 401 in the middle of it', async () => {
    const content = Buffer.alloc(20 * 1024 * 1024, 'pyrus');
    const source = await file('large.bin', content);
    pyrus.script({
      match: UPLOAD,
      answerAt: 3 * 1024 * 1024,
      answer: {
        status: 401,
        headers: { 'content-type': 'application/json', connection: 'close' },
        body: Buffer.from('{"error":"x","error_code":"expired_token"}'),
      },
    });
    const { md5 } = await me.client.upload(source, { signal: me.signal });
    assert.equal(md5, createHash('md5').update(content).digest('hex'));
    assert.equal(pyrus.uploads.length, 1);
  });

  it('gives up after one renewal when the fresh token is refused, too', async () => {
    pyrus.script({
      match: UPLOAD,
      times: Infinity,
      answer: {
        status: 401,
        headers: { 'content-type': 'application/json' },
        body: Buffer.from('{"error":"x","error_code":"revoked_token"}'),
      },
    });
    const before = pyrus.authCount;
    const source = await file('a.txt', 'a');
    assert.deepEqual(await failure(me.client.upload(source, { signal: me.signal })), {
      kind: 'sessionRefused',
    });
    assert.equal(pyrus.authCount - before, 1);
  });

  it('gives no GUID for bytes that Pyrus stored differently', async () => {
    pyrus.script({ match: UPLOAD, times: Infinity, receive: { flipByteAt: 200 } });
    const content = 'x'.repeat(2000);
    const source = await file('a.txt', content);
    const { kind } = await failure(me.client.upload(source, { signal: me.signal }));
    assert.equal(kind, 'md5Mismatch');
  });

  it('gives no GUID when the file changed while it was sent', async () => {
    const source = await file('large.bin', Buffer.alloc(20 * 1024 * 1024, 1));
    pyrus.script({ match: UPLOAD, receive: { bytesPerSecond: 40 * 1024 * 1024 } });
    // Awaited from the start: it may be refused while the file is still being written.
    const refused = assert.rejects(me.client.upload(source, { signal: me.signal }), {
      name: 'FileError',
      message: 'changed',
    });
    await pyrus.when(UPLOAD, ({ bodyLength }) => bodyLength > 1024 * 1024);
    await writeFile(join(folder, 'large.bin'), Buffer.alloc(20 * 1024 * 1024, 2));
    await refused;
  });

  it('tries again after a proxy fault, with the whole file', async () => {
    pyrus.script({
      match: UPLOAD,
      answer: {
        status: 502,
        headers: { 'content-type': 'text/html' },
        body: Buffer.from('<html>'),
      },
    });
    const waits: string[] = [];
    const { guid } = await me.client.upload(await file('a.txt', 'a'), {
      signal: me.signal,
      onWait: ({ failure: { kind } }) => waits.push(kind),
    });
    assert.equal(pyrus.uploads[0]?.guid, guid);
    assert.deepEqual(waits, ['serverError']);
  });

  it('waits as long as Pyrus orders, and no other call goes out meanwhile', async () => {
    pyrus.script({
      match: UPLOAD,
      answer: {
        status: 429,
        headers: { 'content-type': 'application/json', 'x-ratelimit-reset': '1' },
        body: Buffer.from('{"error":"x","error_code":"too_many_requests"}'),
      },
    });
    const waits: number[] = [];
    const started = performance.now();
    const first = me.client.upload(await file('a.txt', 'a'), {
      signal: me.signal,
      onWait: ({ seconds }) => waits.push(seconds),
    });
    await pyrus.when(UPLOAD, ({ outcome }) => outcome === 'answered');
    await Promise.all([first, me.client.upload(await file('b.txt', 'b'), { signal: me.signal })]);
    assert.equal(waits.length, 1);
    assert.ok(Number(waits[0]) >= 1 && Number(waits[0]) <= 2, `waited ${waits[0]} s`);
    const later = pyrus.requests.filter(({ path }) => path.includes('upload')).slice(1);
    assert.ok(later.every(({ startedAt }) => startedAt - started >= 990));
  });

  it('closes the socket within 200 ms of a cancel and throws the reason of the signal', async () => {
    const source = await file('large.bin', Buffer.alloc(64 * 1024 * 1024, 1));
    // Slowly, but reading: a server that reads nothing does not see the client leave.
    pyrus.script({ match: UPLOAD, receive: { bytesPerSecond: 16 * 1024 * 1024 } });
    const sending = me.client.upload(source, { signal: me.signal });
    await pyrus.when(UPLOAD, ({ bodyLength }) => bodyLength > 0);
    assert.equal(socketsTo(pyrus.origins.files), 1);
    const watch = new OwnTime();
    me.controller.abort();
    await assert.rejects(sending, { name: 'AbortError' });
    while (socketsTo(pyrus.origins.files) > 0) {
      await new Promise(setImmediate);
    }
    const took = watch.stop();
    assert.ok(took < 200, `the socket was closed after ${took} ms`);
    await pyrus.when(UPLOAD, ({ outcome }) => outcome === 'aborted');
    assert.equal(pyrus.uploads.length, 0);
  });

  const refusals: readonly [number, string, PyrusFailure][] = [
    [400, '{"error":"x","error_code":"empty_file"}', { kind: 'emptyFile' }],
    [
      400,
      '{"error":"x","error_code":"too_large_request_length"}',
      { kind: 'fileTooLarge', size: 1 },
    ],
    [413, '<html>413</html>', { kind: 'fileTooLarge', size: 1 }],
    [
      400,
      '{"error":"x","error_code":"max_file_name_length_exceeded"}',
      { kind: 'fileNameTooLong' },
    ],
    [
      400,
      '{"error":"x","error_code":"bad_multipart_content"}',
      { kind: 'uploadNotUnderstood', code: 'bad_multipart_content' },
    ],
    [401, '{"error":"x","error_code":"account_blocked"}', { kind: 'accountBlocked' }],
    [403, '{"error":"x","error_code":"access_denied"}', { kind: 'accessDenied' }],
    [
      400,
      '{"error":"Что-то новое.","error_code":"brand_new_code"}',
      { kind: 'refused', status: 400, code: 'brand_new_code', said: 'Что-то новое.' },
    ],
  ];
  for (const [status, body, expected] of refusals) {
    it(`reads HTTP ${status} ${body} as ${expected.kind}, without another try`, async () => {
      const script = pyrus.script({
        match: UPLOAD,
        times: Infinity,
        answer: { status, headers: { 'content-type': 'text/plain' }, body: Buffer.from(body) },
      });
      const source = await file('a.txt', 'a');
      assert.deepEqual(await failure(me.client.upload(source, { signal: me.signal })), expected);
      assert.equal(script.hits.length, 1);
    });
  }

  for (const body of ['<html>Please sign in</html>', '{"guid":"1"}', '[]', '{}', 'null', '']) {
    it(`takes no GUID out of a 200 with ${JSON.stringify(body)}`, async () => {
      pyrus.script({
        match: UPLOAD,
        times: Infinity,
        answer: { status: 200, headers: {}, body: Buffer.from(body) },
      });
      const source = await file('a.txt', 'a');
      const { kind } = await failure(me.client.upload(source, { signal: me.signal }));
      assert.ok(kind === 'notPyrus' || kind === 'unexpectedAnswer', kind);
    });
  }

  it('follows no redirect', async () => {
    pyrus.script({
      match: UPLOAD,
      answer: {
        status: 302,
        headers: { location: `${pyrus.origins.foreign}/x` },
        body: Buffer.alloc(0),
      },
    });
    const source = await file('a.txt', 'a');
    const { kind } = await failure(me.client.upload(source, { signal: me.signal }));
    assert.equal(kind, 'redirected');
  });
});
