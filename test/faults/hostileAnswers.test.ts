import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { authorize, whoAmI } from '../../src/pyrus/auth';
import { parseReferences } from '../../src/pyrus/links';
import type { UploadSource } from '../../src/pyrus/ports';
import { fileSource } from '../../src/transfer/fileSource';
import { fileIds } from '../pyrus-server/fixtures';
import { json, type Reply } from '../pyrus-server/replies';
import { withHeaders, withJson } from '../pyrus-server/scripted';
import { DownloadScene, failureOf } from './downloadScene';

const UPLOAD = 'POST /v4/files/upload';

describe('faults: a server whose answers are traps', () => {
  const scene = DownloadScene.prepare();
  const source = async (): Promise<UploadSource> =>
    fileSource((await scene.temp.file('a.txt', 100)).path);
  const upload = async (): Promise<unknown> =>
    scene.client.upload(await source(), { signal: scene.me.signal });
  const profile = async (): Promise<unknown> =>
    whoAmI(scene.me.exchange, await scene.me.grants.current(), scene.me.signal);
  const answerJson = (match: RegExp | string, text: string, status = 200): void =>
    void scene.pyrus.script({
      match,
      answer: { status, headers: { 'Content-Type': 'application/json' }, body: text },
    });

  const polluting = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}';

  it('H8 keys named __proto__ and constructor change no object', async () => {
    const guid = '00000000-0000-4000-8000-000000000001';
    answerJson(UPLOAD, `{${polluting}}`);
    assert.equal((await failureOf(upload())).kind, 'unexpectedAnswer');
    // What is inherited is not what was answered.
    answerJson(UPLOAD, `{"__proto__":{"guid":"${guid}","md5_hash":"${'0'.repeat(32)}"}}`);
    assert.equal((await failureOf(upload())).kind, 'unexpectedAnswer');
    answerJson(UPLOAD, `{"error":"no","error_code":"__proto__",${polluting}}`, 400);
    assert.deepEqual(await failureOf(upload()), {
      kind: 'refused',
      status: 400,
      code: '__proto__',
      said: 'no',
    });
    answerJson(/profile/, `{"person_id":1,"first_name":"A",${polluting}}`);
    assert.deepEqual(await profile(), { personId: 1, name: 'A', email: '', organization: '' });
    answerJson(/auth$/, `{"__proto__":{"access_token":"stolen"}}`);
    const { signal, grants } = scene.me;
    const renewal = grants.renew(await grants.current(), signal);
    assert.equal((await failureOf(renewal)).kind, 'unexpectedAnswer');
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
    assert.deepEqual(scene.pyrus.uploads, []);
  });

  it('H9 cookies are not kept: a hundred of them come back in no request', async () => {
    const cookies = Array.from({ length: 100 }, (_, at) => `c${at}=${'x'.repeat(30)}; Path=/`);
    scene.pyrus.script({
      match: /./,
      times: 3,
      reshape: real => withHeaders(real, { 'Set-Cookie': cookies }),
    });
    await upload();
    await scene.save(fileIds.plain);
    await profile();
    await upload();
    assert.ok(scene.pyrus.requests.every(({ headers }) => headers.cookie === undefined));
  });

  it('H9 headers beyond all measure end in a failure, not in memory', async () => {
    for (const [call, match] of [
      [upload, UPLOAD],
      [() => scene.save(fileIds.plain), /download/],
      [profile, /profile/],
    ] as const) {
      const script = scene.pyrus.script({
        match,
        times: Infinity,
        reshape: real => withHeaders(real, { 'X-Long': 'x'.repeat(1024 * 1024) }),
      });
      const failure = await failureOf(call());
      assert.equal(failure.kind, 'unexpectedAnswer', inspect(failure));
      assert.ok(!inspect(failure).includes('xxx'));
      script.cancel();
    }
    assert.deepEqual(scene.names(), []);
  });

  it('H11 addresses in an answer are not called: the next is made of the id and our own', async () => {
    const { foreign } = scene.pyrus.origins;
    const elsewhere = {
      url: `${foreign}/a`,
      download_url: `${foreign}/b`,
      file_url: `${foreign}/c`,
    };
    scene.pyrus.script({ match: UPLOAD, reshape: real => withJson(real, elsewhere) });
    await upload();
    scene.pyrus.script({ match: /profile/, reshape: real => withJson(real, elsewhere) });
    await profile();
    const body: Reply = json({ ...elsewhere, id: 1 });
    scene.pyrus.script({
      match: /download/,
      answer: withHeaders(body, {
        'Content-Location': `${foreign}/d`,
        Link: `<${foreign}/e>; rel=canonical`,
        Refresh: `0; url=${foreign}/f`,
        'Alt-Svc': `h2="127.0.0.1:${new URL(foreign).port}"`,
      }),
    });
    await scene.save(fileIds.plain, { name: 'a.json' });
    await upload();
    assert.deepEqual(scene.pyrus.foreignRequests, []);
    assert.ok(scene.content('a.json').includes(foreign), 'a file is a file, whatever it says');
  });

  it('H11 a pasted link lends its id at the most, and only on our own host', () => {
    const server = { kind: 'onPremises', origin: 'https://pyrus.example.com' } as const;
    const links = [
      'https://pyrus.example.com.evil.example/services/attachment?Id=5',
      'https://pyrus.example.com@evil.example/services/attachment?Id=5',
      'https://evil.example/?https://pyrus.example.com/services/attachment?Id=5',
      '//evil.example/services/attachment?Id=5',
    ];
    assert.deepEqual(
      links.map(link => parseReferences(link, server).map(({ kind }) => kind)),
      [['foreign'], ['foreign'], ['foreign'], ['unknown']],
    );
  });

  describe('that echo what they were sent', () => {
    type Echo = (secret: string) => Reply;
    const body = (said: string, status = 400): Reply =>
      json({ error: said, error_code: said }, status);
    const echoes: readonly (readonly [string, Echo])[] = [
      ['as it was', secret => body(`Bearer ${secret}`)],
      ['in an address', secret => body(`https://x/?t=${encodeURIComponent(secret)}`)],
      ['in base64', secret => body(Buffer.from(secret).toString('base64'))],
      ['in a redirect', secret => ({ status: 302, headers: { Location: `http://${secret}.x/` } })],
      ['with 403', secret => body(secret, 403)],
    ];
    const token = async (): Promise<string> => (await scene.me.grants.current()).token;

    for (const [how, echo] of echoes) {
      it(`H10 ${how}: the token is in no failure`, async () => {
        const secret = await token();
        for (const [call, match] of [
          [upload, UPLOAD],
          [() => scene.save(fileIds.plain), /download/],
          [profile, /profile/],
        ] as const) {
          const script = scene.pyrus.script({ match, times: Infinity, answer: echo(secret) });
          assertAbsent(secret, await rejection(call()));
          assert.ok(script.hits.length > 0);
          script.cancel();
        }
        assert.deepEqual(scene.names(), []);
      });
    }

    it('H10 as the encoding of a file: the token is in no failure', async () => {
      const secret = await token();
      scene.pyrus.script({
        match: /download/,
        reshape: real => withHeaders(real, { 'Content-Encoding': secret }),
      });
      assertAbsent(secret, await rejection(scene.save(fileIds.plain)));
    });

    it('H10 on signing in: neither the key nor the new token is in a failure', async () => {
      const { exchange, signal } = scene.me;
      const server = { kind: 'onPremises', origin: scene.pyrus.origins.accounts } as const;
      const securityKey = 'A-very+secret/key==';
      const credentials = { login: scene.pyrus.login, securityKey };
      for (const [, echo] of echoes) {
        scene.pyrus.script({ match: /auth$/, answer: echo(securityKey) });
        assertAbsent(
          securityKey,
          await rejection(authorize(exchange, server, credentials, signal)),
        );
      }
      const accessToken = 'fresh.token-of-today';
      const answer = {
        access_token: accessToken,
        api_url: `ftp://x/${accessToken}/${securityKey}`,
      };
      scene.pyrus.script({ match: /auth$/, answer: json(answer) });
      const error = await rejection(authorize(exchange, server, credentials, signal));
      assert.match(inspect(error), /hostRefused/);
      assertAbsent(securityKey, error);
      assertAbsent(accessToken, error);
    });
  });
});

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => assert.fail('it succeeded'),
    (error: unknown) => error,
  );
}

function assertAbsent(secret: string, error: unknown): void {
  const text = inspect(error, { depth: 10, showHidden: true }).toLowerCase();
  const base64 = Buffer.from(secret).toString('base64').replace(/.?=*$/, '');
  for (const form of [secret, encodeURIComponent(secret), base64]) {
    assert.ok(!text.includes(form.toLowerCase()), text);
  }
}
