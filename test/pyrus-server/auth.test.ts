import assert from 'node:assert/strict';
import { bob, blocked, shared } from './fixtures';
import { startPyrus, type PyrusServer } from './pyrus';
import { errorCodeOf, get, jsonOf, postJson, type RawAnswer } from './raw';

describe('stand-in Pyrus: signing in', () => {
  let pyrus: PyrusServer;
  const credentials = { login: bob.login, security_key: bob.securityKey };
  const signIn = (body: unknown, path = '/api/v4/auth'): Promise<RawAnswer> =>
    postJson(`${pyrus.origins.accounts}${path}`, body);
  const tokenOf = (answer: RawAnswer): string => {
    const body = jsonOf(answer);
    assert.ok(typeof body === 'object' && body !== null && 'access_token' in body);
    assert.ok(typeof body.access_token === 'string');
    return body.access_token;
  };
  const profile = (token?: string): Promise<RawAnswer> =>
    get(`${pyrus.origins.api}/v4/profile`, token);

  beforeEach(async () => {
    pyrus = await startPyrus();
  });
  afterEach(() => pyrus.close());

  it('E01 answers with a token and its own addresses', async () => {
    const answer = await signIn(credentials);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-type'), 'application/json; charset=utf-8');
    assert.deepEqual(jsonOf(answer), {
      access_token: tokenOf(answer),
      api_url: `${pyrus.origins.api}/v4/`,
      files_url: `${pyrus.origins.files}/`,
    });
    assert.match(tokenOf(answer), /^gAAAAA/);
    assert.equal((await profile(tokenOf(answer))).status, 200);
    assert.equal(pyrus.authCount, 1);
  });

  it('E02 takes a trailing slash and a person id', async () => {
    const body = { login: shared.login, security_key: shared.securityKey, person_id: 16900 };
    const answer = await signIn(body, '/api/v4/auth/');
    assert.equal(answer.status, 200);
    const who = jsonOf(await profile(tokenOf(answer)));
    assert.ok(typeof who === 'object' && who !== null && 'person_id' in who);
    assert.equal(who.person_id, 16900);
  });

  const refusals: readonly [title: string, body: unknown, status: number, code: string][] = [
    ['E03 wrong key', { ...credentials, security_key: 'x' }, 401, 'invalid_credentials'],
    ['E03 unknown login', { ...credentials, login: 'x@example.com' }, 401, 'invalid_credentials'],
    ['E03 wrong person', { ...credentials, person_id: 5 }, 401, 'invalid_credentials'],
    [
      'E04 blocked',
      { login: blocked.login, security_key: blocked.securityKey },
      401,
      'account_blocked',
    ],
    ['E05 shared e-mail', { login: shared.login, security_key: 'k' }, 400, 'non_unique_email'],
    ['person id as text', { ...credentials, person_id: '1731' }, 400, 'invalid_person_id'],
    ['no key', { login: bob.login }, 400, 'required_parameter_missing'],
    ['a number for a login', { ...credentials, login: 1 }, 400, 'invalid_value_format'],
    ['no body', '', 400, 'empty_body'],
    ['no JSON', '{', 400, 'invalid_json'],
    ['no object', '[]', 400, 'invalid_json'],
  ];
  for (const [title, body, status, code] of refusals) {
    it(`refuses: ${title}`, async () => {
      const answer = await signIn(body);
      assert.equal(answer.status, status);
      assert.equal(errorCodeOf(answer), code);
    });
  }

  it('E06 on premises tells no addresses and keeps its own tokens', async () => {
    const answer = await postJson(`${pyrus.origins.onPremises}/api/v4/auth`, credentials);
    const token = tokenOf(answer);
    assert.deepEqual(jsonOf(answer), { access_token: token });
    assert.equal((await get(`${pyrus.origins.onPremises}/api/v4/profile`, token)).status, 200);
    assert.equal((await get(`${pyrus.origins.onPremises}/v4/profile`, token)).status, 404);
    assert.equal(errorCodeOf(await profile(token)), 'invalid_token');
  });

  it('E07 wants a token, in Russian', async () => {
    const answer = await profile();
    assert.equal(answer.status, 401);
    assert.deepEqual(jsonOf(answer), {
      error: 'Не указан токен авторизации.',
      error_code: 'token_not_specified',
    });
  });

  it('E08 knows expired tokens', async () => {
    const old = tokenOf(await signIn(credentials));
    pyrus.setTokens('expired');
    const answer = await profile(old);
    assert.deepEqual([answer.status, errorCodeOf(answer)], [401, 'expired_token']);
    assert.equal((await profile(tokenOf(await signIn(credentials)))).status, 200);
    assert.equal(pyrus.authCount, 2);
  });

  it('E09 revokes the oldest token on the fourth sign-in', async () => {
    const tokens: string[] = [];
    for (let at = 0; at < 4; at += 1) {
      tokens.push(tokenOf(await signIn(credentials)));
    }
    const answers = await Promise.all(tokens.map(token => profile(token)));
    assert.deepEqual(
      answers.map(({ status }) => status),
      [401, 200, 200, 200],
    );
    const [first] = answers;
    assert.ok(first !== undefined);
    assert.equal(errorCodeOf(first), 'revoked_token');
    assert.deepEqual(pyrus.validTokens(), tokens.slice(1));
  });

  it('knows a changed key, a blocked account and a made-up token', async () => {
    const token = tokenOf(await signIn(credentials));
    pyrus.blockAccount();
    assert.equal(errorCodeOf(await profile(token)), 'account_blocked');
    pyrus.blockAccount(bob.login, false);
    pyrus.changeKey('another');
    assert.equal(errorCodeOf(await profile(token)), 'revoked_token');
    assert.equal(errorCodeOf(await signIn(credentials)), 'invalid_credentials');
    assert.equal((await signIn({ ...credentials, security_key: 'another' })).status, 200);
    assert.equal(errorCodeOf(await profile('made-up')), 'invalid_token');
  });

  it('speaks English by switch', async () => {
    const english = await startPyrus({ language: 'en' });
    const answer = await get(`${english.origins.api}/v4/profile`);
    await english.close();
    assert.deepEqual(jsonOf(answer), {
      error: 'Authorization token is not specified.',
      error_code: 'token_not_specified',
    });
  });

  it('notes whether the authorization was right', async () => {
    const token = pyrus.issueToken();
    await profile(token);
    await profile('wrong');
    await profile();
    assert.deepEqual(
      pyrus.requests.map(({ authorization, status }) => [authorization, status]),
      [
        ['right', 200],
        ['wrong', 401],
        ['absent', 401],
      ],
    );
  });

  it('E10 tells who is signed in, with rate-limit headers', async () => {
    const answer = await profile(pyrus.issueToken());
    const limits = ['limit', 'remaining', 'reset'].map(name =>
      answer.headers.get(`x-ratelimit-${name}`),
    );
    assert.deepEqual(limits, ['5000', '4999', '600']);
    assert.deepEqual(jsonOf(answer), {
      person_id: 1731,
      first_name: 'Bob',
      last_name: 'Smith',
      email: 'bob.smith@example.com',
      locale: 'ru-RU',
      timezone_offset: 240,
      organization_id: 2181,
      organization: {
        organization_id: 2181,
        name: 'My Organization',
        persons: [bob.person],
      },
    });
  });
});
