import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { FetchError } from 'node-fetch';
import { PyrusError } from '../../../src/pyrus/errors';
import { explain } from '../../../src/pyrus/http';
import { Watchdog, callPatience } from '../../../src/pyrus/watchdog';

describe('what a broken call means', () => {
  const watchdog = new Watchdog('pyrus.example', callPatience);
  const { signal } = new AbortController();
  const url = new URL('https://pyrus.example/v4/profile');
  after(() => watchdog.dispose());

  const kindOf = (error: Error): string => {
    const explained = explain(error, { url, watchdog, signal });
    assert.ok(explained instanceof PyrusError);
    return explained.failure.kind;
  };
  const system = (code: string, syscall?: string): Error =>
    Object.assign(new Error(code), { code, ...(syscall === undefined ? {} : { syscall }) });

  const cases: readonly [code: string, syscall: string | undefined, kind: string][] = [
    ['ETIMEDOUT', 'connect', 'timedOut'],
    ['ETIMEDOUT', undefined, 'timedOut'],
    ['ETIMEDOUT', 'read', 'connectionLost'],
    ['ENETUNREACH', 'connect', 'unreachable'],
    ['ENETDOWN', 'write', 'connectionLost'],
    ['EHOSTUNREACH', 'read', 'connectionLost'],
    ['ECONNREFUSED', 'connect', 'connectionRefused'],
    ['ECONNRESET', 'read', 'connectionLost'],
    ['EPIPE', 'write', 'connectionLost'],
    ['ENOTFOUND', 'getaddrinfo', 'hostNotFound'],
    ['HPE_INVALID_CONSTANT', undefined, 'unexpectedAnswer'],
    ['CERT_HAS_EXPIRED', undefined, 'certificate'],
  ];
  for (const [code, syscall, kind] of cases) {
    it(`${code}${syscall === undefined ? '' : ` of ${syscall}`}: ${kind}`, () => {
      const error = system(code, syscall);
      assert.equal(kindOf(error), kind);
      // node-fetch tells the same in words of its own.
      assert.equal(
        kindOf(new FetchError(code, 'system', { code, ...(syscall && { syscall }) })),
        kind,
      );
    });
  }

  it('a proxy that cannot be reached is known by its words, and its password is not kept', () => {
    const words = 'Failed to establish a socket connection to proxies: PROXY me:pa55@10.0.0.1:3128';
    const explained = explain(new FetchError(`request failed, reason: ${words}`, 'system'), {
      url,
      watchdog,
      signal,
    });
    assert.ok(explained instanceof PyrusError);
    assert.deepEqual(explained.failure, { kind: 'proxyUnreachable' });
    assert.ok(!inspect(explained, { depth: 10, showHidden: true }).includes('pa55'));
  });
});
