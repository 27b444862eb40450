import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { Headers } from 'node-fetch';
import { PyrusError } from '../../../src/pyrus/errors';
import type { HttpRequest } from '../../../src/pyrus/http';
import { textWithoutSecrets, withoutSecrets } from '../../../src/pyrus/redaction';
import { logged } from '../../../src/pyrus/requestLog';
import { Watchdog, callPatience } from '../../../src/pyrus/watchdog';

const SECRET = 'to.ken+of/the=day';

describe('what a server echoes', () => {
  const cases: readonly (readonly [string, string])[] = [
    [`Bearer ${SECRET}!`, 'Bearer ***!'],
    [`${SECRET} ${SECRET}`, '*** ***'],
    [SECRET.toUpperCase(), '***'],
    [`t=${encodeURIComponent(SECRET)}&`, 't=***&'],
    [`b ${Buffer.from(SECRET).toString('base64')}`, 'b ***k='],
    ['toXken+of/the=day', 'toXken+of/the=day'],
    ['nothing of it', 'nothing of it'],
  ];
  for (const [said, rest] of cases) {
    it(`${said} becomes ${rest}`, () => assert.equal(textWithoutSecrets(said, [SECRET]), rest));
  }

  it('is found in base64 wherever it begins and ends', () => {
    for (const before of ['', 'a', 'ab', 'abc']) {
      for (const after of ['', 'y', 'yz', 'xyz']) {
        for (const secret of ['four', 'fives', 'sixsix']) {
          const encoded = Buffer.from(before + secret + after).toString('base64');
          const rest = textWithoutSecrets(encoded, [secret]);
          assert.match(rest, /^\S{0,4}\*\*\*\S{0,8}$/, `${before}|${secret}|${after}: ${encoded}`);
        }
      }
    }
  });

  it('is searched for every secret, but not for what is too short to be one', () => {
    assert.equal(textWithoutSecrets('abcd efgh', ['abcd', 'efgh']), '*** ***');
    assert.equal(textWithoutSecrets('abc', ['abc', '']), 'abc');
  });

  it('is cut out of every text of a failure, and of nothing else', () => {
    const cause = new Error('ECONNRESET');
    const failure = { kind: 'refused', status: 400, code: SECRET, said: `x ${SECRET}` } as const;
    const error = withoutSecrets(new PyrusError(failure, { cause }), [SECRET]);
    assert.ok(error instanceof PyrusError);
    assert.deepEqual(error.failure, { kind: 'refused', status: 400, code: '***', said: 'x ***' });
    assert.equal(error.cause, cause);
  });

  it('leaves an error as it is that has nothing of it, or is not ours', () => {
    for (const error of [
      new PyrusError({ kind: 'redirected', host: 'a', to: 'b' }),
      new Error(SECRET),
      SECRET,
      undefined,
    ]) {
      assert.equal(withoutSecrets(error, [SECRET]), error);
    }
  });
});

describe('the line about a request', () => {
  const watchdog = new Watchdog('a', callPatience);
  after(() => watchdog.dispose());
  const request: HttpRequest = {
    method: 'GET',
    url: new URL('https://pyrus.example/v4/profile?x=1'),
    headers: { Authorization: `Bearer ${SECRET}` },
    body: SECRET,
    watchdog,
    signal: new AbortController().signal,
  };
  const reply = {
    status: 204,
    host: 'pyrus.example',
    headers: new Headers(),
    body: Readable.from([]),
  };

  it('tells method, address, status and time', async () => {
    const lines: string[] = [];
    const send = logged(
      () => new Promise(resolve => setTimeout(() => resolve(reply), 30)),
      line => lines.push(line),
    );
    const started = performance.now();
    assert.equal(await send(request), reply);
    const elapsed = performance.now() - started;
    const [, milliseconds] =
      /^GET https:\/\/pyrus\.example\/v4\/profile\?x=1 → 204, (\d+) ms$/.exec(lines.join()) ?? [];
    assert.ok(Number(milliseconds) >= 29 && Number(milliseconds) <= elapsed + 1, lines.join());
  });

  it('tells the kind of a failure, or that it was cancelled, and passes it on', async () => {
    for (const [error, outcome] of [
      [new PyrusError({ kind: 'connectionLost', host: 'a' }), 'connectionLost'],
      [new DOMException(SECRET, 'AbortError'), 'cancelled'],
    ] as const) {
      const lines: string[] = [];
      const send = logged(
        () => Promise.reject(error),
        line => lines.push(line),
      );
      await assert.rejects(send(request), error);
      assert.match(lines.join(), new RegExp(`^GET \\S+ → ${outcome}, \\d+ ms$`));
    }
  });
});
