import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { authorize } from '../../src/pyrus/auth';
import { PyrusError } from '../../src/pyrus/errors';
import { html, json } from '../pyrus-server/replies';
import type { Reply } from '../pyrus-server/replies';
import { pyrusError, tooManyRequests, withJson } from '../pyrus-server/scripted';
import { AccountScene } from './accountScene';
import { failureOf } from './downloadScene';

const AUTH = 'POST /api/v4/auth';

describe('faults: signing in and renewing', () => {
  const scene = AccountScene.prepare();

  it('A5 a key that is not accepted costs one question; the token goes, the key stays', async () => {
    const before = scene.pyrus.authCount;
    const id = scene.add('whole');
    scene.pyrus.changeKey('a-new-key');
    assert.deepEqual(await failureOf(scene.download(id)), { kind: 'invalidCredentials' });
    const stored = await scene.stored();
    assert.equal(stored?.grant, undefined);
    assert.deepEqual(stored?.credentials, scene.account.credentials);
    assert.ok(!scene.secrets.dump.includes(scene.account.grant.token));
    assert.equal(scene.pyrus.authCount, before + 1);

    const sent = scene.requests(/download/);
    assert.deepEqual(await failureOf(scene.download(id)), { kind: 'invalidCredentials' });
    assert.equal(scene.requests(/download/), sent, 'sent although there is no token');
    assert.equal(scene.pyrus.authCount, before + 2);

    await scene.here.accounts.signIn(await scene.here.verify(scene.pyrus));
    assert.equal((await scene.download(id)).toString(), 'whole');
  });

  const disturbances: Readonly<Record<string, Reply>> = {
    '429 with Retry-After': tooManyRequests({ retryAfter: '30' }),
    '429 with a reset': tooManyRequests({ resetSeconds: 60 }),
    '500': pyrusError('server_error'),
    '502 of a proxy': html(502, 'Bad Gateway'),
    '503': json({}, 503),
  };
  for (const [what, answer] of Object.entries(disturbances)) {
    it(`A6 ${what} on a renewal is waited out, and nothing is taken for a wrong key`, async () => {
      const before = scene.pyrus.authCount;
      scene.pyrus.setTokens('expired');
      scene.pyrus.script({ match: AUTH, answer });
      const waits: number[] = [];
      const bytes = await scene.download(scene.add('whole'), scene.client, {
        onWait: ({ seconds }) => waits.push(seconds),
      });
      assert.equal(bytes.toString(), 'whole');
      assert.equal(scene.pyrus.authCount, before + 2);
      assert.ok(waits.length > 0);
      assert.ok(!what.startsWith('429') || scene.clock.now() >= 30_000, 'asked too early');
      assert.deepEqual((await scene.stored())?.credentials, scene.account.credentials);
    });
  }

  it('A6 a server that stays away ends it as such, and the account is as it was', async () => {
    scene.pyrus.setTokens('expired');
    scene.pyrus.script({ match: AUTH, times: Infinity, answer: json({}, 503) });
    assert.deepEqual(await failureOf(scene.download(scene.add())), {
      kind: 'serverError',
      status: 503,
    });
    assert.deepEqual(await scene.stored(), scene.account);
  });

  for (const token of [undefined, null, 17, '', 'two words', { value: 'x' }]) {
    it(`A7 ${JSON.stringify(token)} in place of a token is an unexpected answer; nothing is stored`, async () => {
      scene.pyrus.setTokens('expired');
      scene.pyrus.script({
        match: AUTH,
        reshape: real => withJson(real, { access_token: token }),
      });
      assert.deepEqual(await failureOf(scene.download(scene.add())), {
        kind: 'unexpectedAnswer',
        host: new URL(scene.pyrus.origins.accounts).host,
        about: 'no access token',
      });
      assert.deepEqual(await scene.stored(), scene.account);
    });
  }

  for (const member of ['api_url', 'files_url']) {
    for (const secret of ['the key', 'the key, in base64', 'the token'] as const) {
      it(`A8 ${secret} in ${member} is refused, and does not travel on`, async () => {
        scene.pyrus.setTokens('expired');
        const { securityKey, origins } = scene.pyrus;
        const token = 'fresh.token-of-today';
        const told = {
          'the key': securityKey,
          'the key, in base64': Buffer.from(securityKey).toString('base64url'),
          'the token': token,
        }[secret];
        scene.pyrus.script({
          match: AUTH,
          reshape: real =>
            withJson(real, { access_token: token, [member]: `${origins.accounts}/${told}/v4/` }),
        });
        const failure = await failureOf(scene.download(scene.add()));
        assert.equal(failure.kind, 'hostRefused');
        assert.ok(!JSON.stringify(failure).includes(told), JSON.stringify(failure));
        assert.deepEqual(await scene.stored(), scene.account);
      });
    }
  }

  it('A8 key and earlier token do not come back in what a later call fails with', async () => {
    const { token } = scene.account.grant;
    scene.pyrus.setTokens('expired');
    await scene.download(scene.add());
    const said = `Bearer ${token}, ${scene.pyrus.securityKey}`;
    scene.pyrus.script({ match: /download/, answer: json({ error: said, error_code: 'x' }, 400) });
    const failure = await failureOf(scene.download(scene.add()));
    assert.deepEqual(failure, { kind: 'refused', status: 400, code: 'x', said: 'Bearer ***, ***' });
  });

  const withoutScheme = (origin: string): string => new URL(origin).host;
  const tricks: Readonly<Record<string, (foreign: string) => string>> = {
    'plain http': () => 'http://api.pyrus.example/v4/',
    'plain http of Pyrus itself': () => 'http://api.pyrus.com/v4/',
    'user info': () => 'https://pyrus.com@evil.example/v4/',
    'encoded user info': () => 'https://api.pyrus.com%40evil.example/v4/',
    'an IPv4 literal': () => 'https://203.0.113.7/v4/',
    'an IPv6 literal': () => 'https://[2001:db8::7]/v4/',
    'a number for an address': () => 'https://3405803783/v4/',
    'a trailing dot': () => 'https://api.pyrus.com./v4/',
    'a backslash': () => 'https:\\\\evil.example\\@api.pyrus.com/',
    'another scheme': () => 'ftp://files.pyrus.com/',
    'no address': () => 'not an address',
    'a query': () => 'https://api.pyrus.com/v4/?to=https://evil.example/',
    'user info before our own host': foreign => `http://user:word@${withoutScheme(foreign)}/v4/`,
  };
  for (const member of ['api_url', 'files_url']) {
    for (const [what, addressOf] of Object.entries(tricks)) {
      it(`A8 ${what} as ${member} is refused, and the new token is thrown away`, async () => {
        scene.pyrus.setTokens('expired');
        const id = scene.add();
        const address = addressOf(scene.pyrus.origins.foreign);
        scene.pyrus.script({
          match: AUTH,
          reshape: real => withJson(real, { [member]: address }),
        });
        const { kind } = await failureOf(scene.download(id));
        assert.equal(kind, 'hostRefused');
        assert.deepEqual(await scene.stored(), scene.account);
        const [fresh = ''] = scene.pyrus.validTokens().slice(-1);
        assert.ok(fresh !== scene.account.grant.token && !scene.secrets.dump.includes(fresh));
        assert.equal(scene.requests(/download/), 1);
      });
    }
  }

  it('A8 another https host is told to whoever asks the user, and used by no renewal unasked', async () => {
    const { credentials, server } = scene.account;
    assert.ok(credentials);
    const elsewhere = { files_url: 'https://files.other-cluster.example/' };
    scene.pyrus.script({ match: AUTH, times: 2, reshape: real => withJson(real, elsewhere) });
    const answer = await authorize(scene.here.exchange, server, credentials, scene.never);
    assert.deepEqual(answer.foreignHosts, ['files.other-cluster.example']);
    scene.pyrus.setTokens('expired');
    assert.deepEqual(await failureOf(scene.download(scene.add())), {
      kind: 'hostRefused',
      url: 'files.other-cluster.example',
    });
    assert.deepEqual(await scene.stored(), scene.account);
  });

  it('A9 a key changed on the web is asked about once, by ten running calls together', async () => {
    const before = scene.pyrus.authCount;
    const ids = Array.from({ length: 10 }, () => scene.add());
    // The tenth hears of it long after the others' renewal has failed.
    scene.pyrus.script({ match: /download/, skip: 9, delayMs: 200 });
    const running = ids.map(id => failureOf(scene.download(id)));
    scene.pyrus.changeKey('a-new-key');
    assert.deepEqual(
      await Promise.all(running),
      ids.map(() => ({ kind: 'invalidCredentials' })),
    );
    assert.equal(scene.pyrus.authCount, before + 1);
  });

  it('A10 a blocked account is told so at once, and keeps what is stored', async () => {
    const before = scene.pyrus.authCount;
    scene.pyrus.blockAccount();
    assert.deepEqual(await failureOf(scene.download(scene.add())), { kind: 'accountBlocked' });
    const source = await scene.source(Buffer.from('x'));
    assert.deepEqual(await failureOf(scene.client.upload(source, { signal: scene.never })), {
      kind: 'accountBlocked',
    });
    assert.equal(scene.requests(/download|upload/), 2);
    assert.equal(scene.pyrus.authCount, before);
    assert.deepEqual(await scene.stored(), scene.account);
  });

  it('A10 a 403 without a word is a lack of access, and not repeated', async () => {
    scene.pyrus.script({ match: /download|upload/, times: Infinity, answer: html(403, 'No') });
    const id = scene.add();
    assert.deepEqual(await failureOf(scene.download(id)), { kind: 'fileForbidden', id });
    const source = await scene.source(Buffer.from('x'));
    const upload = scene.client.upload(source, { signal: scene.never });
    assert.deepEqual(await failureOf(upload), { kind: 'accessDenied' });
    assert.equal(scene.requests(/download|upload/), 2);
  });

  it('A16 login and key travel in the body only, and no failure repeats them', async () => {
    const { login, securityKey } = scene.pyrus;
    const [auth] = scene.pyrus.requests;
    assert.deepEqual([auth?.method, auth?.path], ['POST', '/api/v4/auth']);
    assert.deepEqual(JSON.parse(auth?.body ?? ''), { login, security_key: securityKey });
    assert.ok(!JSON.stringify(auth?.rawHeaders).includes(securityKey));

    scene.pyrus.script({ match: AUTH, send: { cut: { at: 'head', how: 'rst' } } });
    const { credentials, server } = scene.account;
    assert.ok(credentials);
    const error: unknown = await authorize(
      scene.here.exchange,
      server,
      credentials,
      scene.never,
    ).catch((reason: unknown) => reason);
    assert.ok(error instanceof PyrusError);
    const shown = inspect(error, { depth: 10, showHidden: true });
    assert.ok(![login, securityKey].some(secret => shown.includes(secret)), shown);
  });
});
