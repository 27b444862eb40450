import assert from 'node:assert/strict';
import { authorize } from '../../src/pyrus/auth';
import { parseReference } from '../../src/pyrus/links';
import type { Server } from '../../src/pyrus/servers';
import { isToken } from '../../src/pyrus/wire';
import { json } from '../pyrus-server/replies';
import { DownloadScene, failureOf } from './downloadScene';

describe('faults: bad input', () => {
  const scene = DownloadScene.prepare();
  const server = (): Server => ({ kind: 'onPremises', origin: scene.pyrus.origins.accounts });
  const signIn = (securityKey: string): Promise<unknown> =>
    authorize(
      scene.me.exchange,
      server(),
      { login: scene.pyrus.login, securityKey },
      scene.me.signal,
    );

  it('B4 what is no file id is refused before any request', () => {
    const bad = [
      '../profile',
      '1?x=',
      '1/../..',
      '1#',
      '1%2f..',
      '-1',
      '+1',
      '1.5',
      '1e3',
      '0x10',
      '00',
      '2147483648',
      '18446744073709551616',
      '9'.repeat(5000),
      '１２３',
      '١٢٣',
      '1\u200b',
      '',
      ' ',
      '\0',
    ];
    for (const text of bad) {
      const link = `https://pyrus.com/services/attachment?id=${text}`;
      // In a link a fragment and blanks at its end are no part of the id.
      assert.ok(text === '1#' || parseReference(link, { kind: 'cloud' }).kind !== 'file', link);
      assert.notEqual(parseReference(text, { kind: 'cloud' }).kind, 'file', JSON.stringify(text));
    }
  });

  it('B7 no key, however odd, becomes more than a string in the body, or a raw error', async () => {
    for (const key of [' a b ', 'a\r\nX-Evil: 1', 'ключ', 'k'.repeat(10_000), '\0', '"}', '😀']) {
      assert.deepEqual(await failureOf(signIn(key)), { kind: 'invalidCredentials' });
      const seen = scene.pyrus.requests.at(-1) ?? assert.fail();
      const body: unknown = JSON.parse(seen.body ?? '');
      assert.deepEqual(body, { login: scene.pyrus.login, security_key: key });
      assert.deepEqual(
        Object.keys(seen.headers).filter(name => name === 'x-evil'),
        [],
      );
    }
  });

  it('B8 a token that could not stand in a header is refused, and goes nowhere', async () => {
    const tokens = ['a\r\nX-Evil: 1', 'токен', 'a b', '', '\u0000', 'x'.repeat(8193), 17, null];
    for (const access_token of tokens) {
      assert.equal(isToken(access_token), false);
      scene.pyrus.script({ match: /auth/, answer: json({ access_token }) });
      const failure = await failureOf(signIn(scene.pyrus.securityKey));
      assert.equal(failure.kind, 'unexpectedAnswer');
    }
    assert.ok(scene.pyrus.requests.every(({ headers }) => headers.authorization === undefined));
  });
});
