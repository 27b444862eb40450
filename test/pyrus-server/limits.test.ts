import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { form, TestClient, UPLOAD } from './client';
import { call, collect, errorCodeOf, get, jsonOf, open, parse } from './raw';

describe('stand-in Pyrus: what uploads may not be', () => {
  let client: TestClient;
  afterEach(() => client.pyrus.close());

  it('E22 a file above the maximum', async () => {
    client = await TestClient.start({ maxFileSize: 1000 });
    assert.equal((await client.upload(1000)).status, 200);
    const answer = await client.upload(1001);
    assert.deepEqual([answer.status, errorCodeOf(answer)], [400, 'too_large_request_length']);
    assert.equal(client.pyrus.uploads.length, 1);
  });

  it('E23 a body above the proxy limit: a page, as soon as the header is read', async () => {
    client = await TestClient.start({ proxyBodyLimit: 1000 });
    const socket = open(client.pyrus.origins.files);
    socket.write(client.uploadHead(1001));
    const answer = parse(await collect(socket));
    assert.equal(answer.status, 413);
    assert.equal(answer.headers.get('content-type'), 'text/html');
    assert.equal(answer.headers.get('connection'), 'close');
    assert.match(answer.body.toString(), /^<html>/);
    assert.equal(client.pyrus.requests[0]?.bodyLength, 0);
  });

  it('E23 goes on reading for a moment, then the connection dies', async () => {
    client = await TestClient.start({ proxyBodyLimit: 1000, lingerMs: 50 });
    const { hostname, port } = new URL(client.pyrus.origins.files);
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const ended = once(socket, 'end');
    const all = collect(socket);
    socket.write(client.uploadHead(10_000));
    await ended;
    socket.write(Buffer.alloc(500));
    await client.pyrus.when(UPLOAD, ({ bodyLength }) => bodyLength === 500);
    const seen = await client.pyrus.when(UPLOAD, ({ outcome }) => outcome !== 'open');
    assert.deepEqual([seen.status, seen.outcome], [413, 'answered']);
    assert.equal(client.pyrus.openSockets, 0);
    socket.destroy();
    assert.equal(parse(await all).status, 413);
  });

  it('E23 with Expect: 100-continue the body is never asked for', async () => {
    client = await TestClient.start({ proxyBodyLimit: 1000 });
    const socket = open(client.pyrus.origins.files);
    socket.write(client.uploadHead(1001, { Expect: '100-continue' }));
    assert.equal(parse(await collect(socket)).status, 413);
  });

  it('Expect: 100-continue is answered when the body is wanted', async () => {
    client = await TestClient.start();
    const bytes = form(5);
    const socket = open(client.pyrus.origins.files);
    const all = collect(socket);
    socket.write(client.uploadHead(bytes.length, { Expect: '100-continue' }));
    await once(socket, 'data');
    socket.write(bytes);
    assert.match((await all).toString(), /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK/);
  });

  it('E24 an expired token after the first bytes of an upload', async () => {
    client = await TestClient.start();
    client.pyrus.setTokens('expired');
    const bytes = form(1_000_000);
    const socket = open(client.pyrus.origins.files);
    const all = collect(socket);
    socket.write(client.uploadHead(bytes.length));
    await client.pyrus.when(UPLOAD);
    assert.equal(client.pyrus.requests[0]?.status, undefined);
    socket.write(bytes.subarray(0, 1000));
    const answer = parse(await all);
    assert.deepEqual([answer.status, errorCodeOf(answer)], [401, 'expired_token']);
    client.token = client.pyrus.issueToken();
    assert.equal((await client.upload(1_000_000)).status, 200);
    assert.equal(client.pyrus.uploads.length, 1);
  });

  it('411 without Content-Length', async () => {
    client = await TestClient.start();
    const answer = await call(`${client.pyrus.origins.files}/v4/files/upload`, {
      method: 'POST',
      headers: {
        Authorization: `Bearer ${client.token}`,
        'Content-Type': `multipart/form-data; boundary=x`,
        'Transfer-Encoding': 'chunked',
      },
      body: form(5),
    });
    assert.equal(answer.status, 411);
    assert.equal(client.pyrus.requests[0]?.status, 411);
  });

  it('405 for another method, with the one that is allowed', async () => {
    client = await TestClient.start();
    const answer = await get(`${client.pyrus.origins.files}/v4/files/upload`, client.token);
    assert.deepEqual([answer.status, answer.headers.get('allow')], [405, 'POST']);
  });

  it('notes a body that runs over its Content-Length', async () => {
    client = await TestClient.start();
    const bytes = form(5);
    const socket = open(client.pyrus.origins.files);
    socket.write(client.uploadHead(bytes.length).replace('Connection: close\r\n', ''));
    socket.write(Buffer.concat([bytes, Buffer.from('\0surplus')]));
    assert.match((await collect(socket)).toString(), /^HTTP\/1\.1 200|^$/);
    assert.deepEqual(client.pyrus.malformed, ['HPE_INVALID_METHOD']);
  });

  it('keeps only size and MD5 of large uploads', async () => {
    client = await TestClient.start({ keepBytes: 1000 });
    await client.upload(1000);
    await client.upload(1001);
    assert.deepEqual(
      client.pyrus.uploads.map(({ size, bytes }) => [size, bytes?.length]),
      [
        [1000, 1000],
        [1001, undefined],
      ],
    );
  });

  it('can leave the digest, or everything, to the client', async () => {
    for (const uploadWork of ['frame', 'drain'] as const) {
      client = await TestClient.start({ uploadWork, assumedMd5: 'a'.repeat(32) });
      const answer = jsonOf(await client.upload(1000));
      assert.deepEqual(answer, { guid: client.pyrus.uploads[0]?.guid, md5_hash: 'a'.repeat(32) });
      assert.equal(
        client.pyrus.uploads[0]?.size,
        uploadWork === 'frame' ? 1000 : form(1000).length,
      );
      if (uploadWork === 'frame') {
        await client.pyrus.close();
      }
    }
  });
});
