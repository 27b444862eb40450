import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { DOWNLOAD, form, TestClient, UPLOAD } from './client';
import type { PyrusServer } from './pyrus';
import { collect, jsonOf, open, parse } from './raw';
import { proxyPage, withJson, withOtherMd5 } from './scripted';

describe('stand-in Pyrus: a bad wire', () => {
  let client: TestClient;
  const bodyOf = (bytes: string): string => bytes.slice(bytes.indexOf('\r\n\r\n') + 4);
  afterEach(() => client.pyrus.close());

  it('E36 a cut-off download', async () => {
    client = await TestClient.start();
    for (const how of ['fin', 'rst'] as const) {
      const fault = client.pyrus.script({ match: DOWNLOAD, send: { cut: { at: 5, how } } });
      const { bytes, error } = await client.downloadRaw();
      assert.match(bytes, /\r\nContent-Length: 12\r\n/);
      assert.equal(bodyOf(bytes), 'file ');
      assert.equal(error, how === 'rst' ? 'ECONNRESET' : undefined);
      assert.equal(fault.hits[0]?.outcome, 'cut');
    }
    assert.equal((await client.download()).body.toString(), 'file content');
  });

  const sent: readonly [
    title: string,
    send: NonNullable<Parameters<PyrusServer['script']>[0]['send']>,
    expected: RegExp,
  ][] = [
    ['nothing before a FIN', { cut: { at: 'head', how: 'fin' } }, /^$/],
    [
      'a Content-Length too long',
      { contentLength: 20 },
      /^HTTP[^]*Content-Length: 20\r\n[^]*\r\n\r\nfile content$/,
    ],
    [
      'a Content-Length too short',
      { contentLength: 3 },
      /^HTTP[^]*Content-Length: 3\r\n[^]*\r\n\r\nfile content$/,
    ],
    [
      'an end by closing',
      { contentLength: 'none' },
      /^HTTP(?![^]*Content-Length)[^]*\r\n\r\nfile content$/,
    ],
    [
      'chunks',
      { chunked: true },
      /^HTTP[^]*Transfer-Encoding: chunked\r\n[^]*\r\n\r\nc\r\nfile content\r\n0\r\n\r\n$/,
    ],
    ['half a chunk', { chunked: true, cut: { at: 4, how: 'fin' } }, /\r\n\r\nc\r\nfile$/],
    ['bytes one by one', { drip: { bytes: 1, everyMs: 0 } }, /^HTTP[^]*\r\n\r\nfile content$/],
    [
      'informational answers',
      { interim: [102, 103] },
      /^HTTP\/1\.1 102 Processing\r\n\r\nHTTP\/1\.1 103 Early Hints\r\n\r\nHTTP\/1\.1 200 OK\r\n/,
    ],
    ['raw bytes', { raw: 'SSH-2.0-x\r\n' }, /^SSH-2\.0-x\r\n$/],
  ];
  for (const [title, send, expected] of sent) {
    it(`sends ${title}`, async () => {
      client = await TestClient.start();
      client.pyrus.script({ match: DOWNLOAD, send });
      const { bytes, error } = await client.downloadRaw();
      assert.match(bytes, expected);
      assert.equal(error, undefined);
      assert.equal((await client.download()).body.toString(), 'file content');
    });
  }

  for (const [title, send, expected] of [
    ['stalls in the body', { stallAfter: 5 }, /\r\n\r\nfile $/],
    [
      'sends more after the answer',
      { trailing: 'HTTP/1.1 200 OK\r\n\r\n' },
      /file contentHTTP\/1\.1 200 OK\r\n\r\n$/,
    ],
  ] as const) {
    it(`${title} and keeps the connection`, async () => {
      client = await TestClient.start();
      client.pyrus.script({ match: DOWNLOAD, send });
      const socket = open(client.pyrus.origins.files);
      socket.write(client.downloadHead());
      let bytes = '';
      while (!expected.test(bytes)) {
        const [chunk] = (await once(socket, 'data')) as [Buffer];
        bytes += chunk.toString();
      }
      assert.equal(client.pyrus.openSockets, 1);
      socket.destroy();
    });
  }

  it('stops reading after n bytes', async () => {
    client = await TestClient.start();
    const fault = client.pyrus.script({ match: UPLOAD, receive: { stopAfter: 200_000 } });
    const socket: Socket = open(client.pyrus.origins.files);
    const bytes = form(100_000_000);
    socket.on('error', () => undefined);
    socket.write(client.uploadHead(bytes.length));
    socket.write(bytes);
    const seen = await client.pyrus.when(UPLOAD, ({ bodyLength }) => bodyLength >= 200_000);
    // While this goes through whole, the other would go on too if anybody read it.
    assert.equal((await client.upload(20_000_000)).status, 200);
    assert.ok(seen.bodyLength < 200_000 + 65_536 * 2, `${seen.bodyLength} bytes were read`);
    assert.equal(seen.outcome, 'open');
    assert.equal(fault.hits.length, 1);
    socket.destroy();
  });

  for (const how of ['fin', 'rst'] as const) {
    it(`cuts an upload off after n bytes with ${how}`, async () => {
      client = await TestClient.start();
      client.pyrus.script({ match: UPLOAD, receive: { cutAfter: 1000, how } });
      const socket = open(client.pyrus.origins.files);
      const ended = collect(socket).then(
        bytes => bytes.length,
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
      );
      socket.write(client.uploadHead(2000));
      socket.write(form(2000).subarray(0, 1500));
      assert.equal(await ended, how === 'fin' ? 0 : 'ECONNRESET');
      assert.equal(
        (await client.pyrus.when(UPLOAD, ({ outcome }) => outcome !== 'open')).outcome,
        'cut',
      );
      assert.deepEqual(client.pyrus.uploads, []);
    });
  }

  it('a bad wire: the MD5 is that of other bytes', async () => {
    client = await TestClient.start();
    const flipped = form(10).indexOf('xxx');
    client.pyrus.script({ match: UPLOAD, receive: { flipByteAt: flipped } });
    assert.equal((await client.upload(10)).status, 200);
    assert.equal(client.pyrus.uploads[0]?.bytes?.toString('latin1'), '\x87xxxxxxxxx');
  });

  it('a wrong MD5, a GUID that is none, and then the truth', async () => {
    client = await TestClient.start();
    client.pyrus.script({ match: UPLOAD, reshape: withOtherMd5 });
    client.pyrus.script({ match: UPLOAD, reshape: real => withJson(real, { guid: 7 }) });
    const answers = [await client.upload(10), await client.upload(10), await client.upload(10)].map(
      jsonOf,
    );
    const [one, two, three] = client.pyrus.uploads;
    assert.deepEqual(answers, [
      { guid: one?.guid, md5_hash: 'f'.repeat(32) },
      { guid: 7, md5_hash: two?.md5 },
      { guid: three?.guid, md5_hash: three?.md5 },
    ]);
  });

  it('the whole upload, then RST in place of the answer', async () => {
    client = await TestClient.start();
    client.pyrus.script({ match: UPLOAD, send: { cut: { at: 'head', how: 'rst' } } });
    await assert.rejects(client.upload(10), { code: 'ECONNRESET' });
    assert.equal(client.pyrus.uploads.length, 1);
  });

  it('an answer at the header, or after n bytes, while the client is still sending', async () => {
    client = await TestClient.start();
    for (const answerAt of ['headers', 1000] as const) {
      client.pyrus.script({ match: UPLOAD, answer: proxyPage(503), answerAt });
      const socket = open(client.pyrus.origins.files);
      socket.write(client.uploadHead(100_000));
      socket.write(Buffer.alloc(answerAt === 'headers' ? 0 : 1000));
      assert.equal(parse(await collect(socket)).status, 503);
    }
    assert.deepEqual(client.pyrus.uploads, []);
  });
});
