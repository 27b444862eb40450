import assert from 'node:assert/strict';
import { once } from 'node:events';
import { DOWNLOAD, TestClient, UPLOAD } from './client';
import { call, collect, get, open, postJson } from './raw';

describe('stand-in Pyrus: its own life', () => {
  let client: TestClient;
  afterEach(() => client.pyrus.close());

  it('closes with everything in flight and leaves nothing', async () => {
    client = await TestClient.start();
    client.pyrus.script({ match: DOWNLOAD, hang: true });
    client.pyrus.script({ match: UPLOAD, receive: { stopAfter: 1 } });
    client.pyrus.script({ match: /profile/, delayMs: 100_000 });
    const clients = [
      client.download(),
      client.upload(1000),
      get(`${client.pyrus.origins.api}/v4/profile`, client.token),
    ];
    const ends = Promise.allSettled(clients);
    await client.pyrus.when(DOWNLOAD);
    await client.pyrus.when(UPLOAD, ({ bodyLength }) => bodyLength > 0);
    await client.pyrus.when(/profile/);
    const never = assert.rejects(client.pyrus.when('GET /never'), /closed/);
    await client.pyrus.close();
    await never;
    assert.equal(client.pyrus.openSockets, 0);
    assert.deepEqual(
      (await ends).map(({ status }) => status),
      ['rejected', 'rejected', 'rejected'],
    );
    assert.deepEqual(
      client.pyrus.requests.map(({ outcome }) => outcome),
      ['aborted', 'aborted', 'aborted'],
    );
  });

  it('says at the end when it was itself at fault', async () => {
    client = await TestClient.start();
    const broken = client.pyrus;
    client.pyrus.script({
      match: DOWNLOAD,
      reshape: () => {
        throw new Error('a broken test');
      },
    });
    await assert.rejects(client.download());
    await assert.rejects(broken.close(), /a broken test/);
    client = await TestClient.start();
  });

  it('keeps a connection alive between answers', async () => {
    client = await TestClient.start();
    const socket = open(client.pyrus.origins.files);
    const request = client.downloadHead();
    socket.write(request.replace('Connection: close\r\n', ''));
    await once(socket, 'data');
    socket.write(request);
    await collect(socket);
    assert.deepEqual(
      client.pyrus.requests.map(({ connection }) => connection),
      [1, 1],
    );
    assert.equal(client.pyrus.connections, 1);
  });

  it('wants JSON where JSON is due', async () => {
    client = await TestClient.start();
    const url = `${client.pyrus.origins.accounts}/api/v4/auth`;
    assert.equal((await postJson(url, '{}')).status, 400);
    const form_ = await call(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: 'login=a',
    });
    assert.equal(form_.status, 415);
  });
});
