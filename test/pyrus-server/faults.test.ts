import assert from 'node:assert/strict';
import { DOWNLOAD, TestClient, UPLOAD } from './client';
import { errorCodeOf, get, jsonOf, open, type RawAnswer } from './raw';
import { proxyPage, redirectTo, tooManyRequests } from './scripted';

describe('stand-in Pyrus: what goes wrong', () => {
  let client: TestClient;
  afterEach(() => client.pyrus.close());

  it('E55 too many requests, then fewer', async () => {
    client = await TestClient.start();
    client.pyrus.script({
      match: /^GET \/v4\/profile/,
      answer: tooManyRequests({ resetSeconds: 2 }),
    });
    const profile = `${client.pyrus.origins.api}/v4/profile`;
    const answer = await get(profile, client.token);
    assert.deepEqual([answer.status, errorCodeOf(answer)], [429, 'too_many_requests']);
    assert.equal(answer.headers.get('x-ratelimit-remaining'), '0');
    assert.equal(answer.headers.get('x-ratelimit-reset'), '2');
    assert.equal((await get(profile, client.token)).status, 200);
  });

  it('E55 counts for itself, per user and interval', async () => {
    let now = 0;
    client = await TestClient.start({
      rateLimit: { limit: 2, intervalSeconds: 600 },
      now: () => now,
    });
    const profile = (as = client.token): Promise<RawAnswer> =>
      get(`${client.pyrus.origins.api}/v4/profile`, as);
    const bot = client.pyrus.issueToken('cloud', 'bot@5f0c2a4e-6e1b-4a57-8d57-2f6f1c0f7a11');
    assert.deepEqual([(await profile()).status, (await profile()).status], [200, 200]);
    now = 60_000;
    const third = await profile();
    assert.equal(third.status, 429);
    assert.equal(third.headers.get('x-ratelimit-reset'), '540');
    assert.equal((await profile(bot)).status, 200);
    assert.equal((await client.download()).headers.has('x-ratelimit-limit'), false);
    now = 600_000;
    assert.equal((await profile()).status, 200);
    client.pyrus.limitRequests(0, 5);
    assert.equal((await profile()).headers.get('x-ratelimit-reset'), '5');
  });

  it('E56 a proxy page once, then the real thing', async () => {
    client = await TestClient.start();
    const fault = client.pyrus.script({ match: UPLOAD, answer: proxyPage(502) });
    const first = await client.upload(5);
    assert.deepEqual([first.status, first.headers.get('content-type')], [502, 'text/html']);
    assert.equal((await client.upload(5)).status, 200);
    assert.equal(fault.hits.length, 1);
    assert.equal(client.pyrus.uploads.length, 1);
  });

  it('E57 an unknown route', async () => {
    client = await TestClient.start();
    const answer = await get(`${client.pyrus.origins.api}/v4/nope`, client.token);
    assert.equal(answer.status, 404);
    assert.deepEqual(jsonOf(answer), {
      Message: "No HTTP resource was found that matches the request URI '/v4/nope'.",
    });
    assert.equal((await get(`${client.pyrus.origins.api}/v4/nope`)).status, 401);
    assert.equal((await get(`${client.pyrus.origins.accounts}/v4/auth`)).status, 404);
  });

  it('E58 and E59 any status, any code', async () => {
    client = await TestClient.start();
    const body = { error: 'Что-то новое.', error_code: 'brand_new_code' };
    const headers = { 'Content-Type': 'application/json; charset=utf-8' };
    for (const status of [500, 400]) {
      client.pyrus.script({
        match: DOWNLOAD,
        answer: { status, headers, body: JSON.stringify(body) },
      });
      const answer = await client.download();
      assert.equal(answer.status, status);
      assert.deepEqual(jsonOf(answer), body);
    }
  });

  it('E60 hangs until the client gives up', async () => {
    client = await TestClient.start();
    client.pyrus.script({ match: DOWNLOAD, hang: true });
    const socket = open(client.pyrus.origins.files);
    socket.write(client.downloadHead());
    await client.pyrus.when(DOWNLOAD);
    socket.destroy();
    const seen = await client.pyrus.when(DOWNLOAD, ({ outcome }) => outcome !== 'open');
    assert.equal(seen.outcome, 'aborted');
    assert.equal(seen.status, undefined);
  });

  it('redirects anything anywhere', async () => {
    client = await TestClient.start();
    client.pyrus.script({
      match: UPLOAD,
      answer: redirectTo(`${client.pyrus.origins.foreign}/x`, 307),
    });
    const answer = await client.upload(5);
    assert.deepEqual(
      [answer.status, answer.headers.get('location')],
      [307, `${client.pyrus.origins.foreign}/x`],
    );
  });

  it('takes faults in their order, n times, after skipping, on one origin', async () => {
    client = await TestClient.start();
    const match = /files\/download/;
    const two = client.pyrus.script({ match, origin: 'api', times: 2, answer: proxyPage(502) });
    const late = client.pyrus.script({ match, skip: 1, times: Infinity, answer: proxyPage(504) });
    const ask = async (origin: 'api' | 'files'): Promise<number> =>
      (await get(`${client.pyrus.origins[origin]}/v4/files/download/1334`, client.token)).status;
    const statuses = [await ask('files'), await ask('api'), await ask('api'), await ask('api')];
    assert.deepEqual(statuses, [200, 502, 502, 504]);
    assert.deepEqual([two.hits.length, late.hits.length], [2, 1]);
    late.cancel();
    assert.equal(await ask('api'), 200);
  });

  it('waits as a distant server does', async () => {
    client = await TestClient.start({ latencyMs: 30 });
    client.pyrus.script({ match: DOWNLOAD, delayMs: 30 });
    const began = performance.now();
    await client.download();
    const both = performance.now() - began;
    assert.ok(both >= 58, `${both} ms`);
  });
});
