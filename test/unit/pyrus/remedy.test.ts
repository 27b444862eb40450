import assert from 'node:assert/strict';
import type { Clock } from '../../../src/pyrus/clock';
import { systemClock } from '../../../src/pyrus/clock';
import { PyrusError } from '../../../src/pyrus/errors';
import type { PyrusFailure } from '../../../src/pyrus/errors';
import { RetryBudget, remedyFor, withRetry } from '../../../src/pyrus/retry';

const host = 'pyrus.example';
const none = { kind: 'none' };
const again = { kind: 'again' };
const once = { kind: 'once' };
const status = (code: number): PyrusFailure => ({ kind: 'serverError', status: code });

describe('what a failure deserves', () => {
  const table: readonly (readonly [PyrusFailure, object])[] = [
    [{ kind: 'hostNotFound', host }, again],
    [{ kind: 'connectionRefused', host }, again],
    [{ kind: 'connectionLost', host }, again],
    [{ kind: 'connectionLost', host, during: 'answer' }, once],
    [{ kind: 'unreachable', host }, again],
    [{ kind: 'timedOut', host, phase: 'send' }, again],
    [{ kind: 'incompleteDownload', expected: 2, received: 1 }, again],
    [{ kind: 'md5Mismatch', sent: 'a', stored: 'b' }, once],
    [
      { kind: 'rateLimited', seconds: 600 },
      { kind: 'wait', seconds: 600 },
    ],
    [{ kind: 'rateLimited', seconds: 601 }, none],
    [{ ...status(503), seconds: 7 } as PyrusFailure, { kind: 'wait', seconds: 7 }],
    [{ ...status(503), seconds: 601 } as PyrusFailure, none],
    [{ ...status(501), seconds: 7 } as PyrusFailure, none],
    ...[408, 500, 502, 503, 504, 520, 521, 522, 523, 524].map(
      code => [status(code), again] as const,
    ),
    ...[501, 505, 507, 511, 519, 525, 526].map(code => [status(code), none] as const),
    [{ kind: 'invalidCredentials' }, none],
    [{ kind: 'tokenExpired' }, none],
    [{ kind: 'refused', status: 400 }, none],
    [{ kind: 'redirected', host, to: 'x' }, none],
    [{ kind: 'certificate', host, reason: 'x' }, none],
    [{ kind: 'proxy', host, status: 407 }, none],
    [{ kind: 'proxy', host, status: 403 }, none],
    [{ kind: 'proxy', host, status: 502 }, again],
    [{ kind: 'proxyUnreachable' }, again],
    [{ kind: 'notConfirmed', host }, none],
    [{ kind: 'unexpectedAnswer', host, about: 'x' }, none],
    [{ kind: 'encodedDownload', encoding: 'gzip' }, none],
  ];
  for (const [failure, remedy] of table) {
    it(`${JSON.stringify(failure)}: ${JSON.stringify(remedy)}`, () =>
      assert.deepEqual(remedyFor(failure), remedy));
  }
});

describe('the pauses between tries', () => {
  const { signal } = new AbortController();

  /** Fails so often, then succeeds. @returns milliseconds of every pause */
  async function pauses(failures: readonly PyrusFailure[], random: number): Promise<number[]> {
    const waited: number[] = [];
    const clock: Clock = {
      ...systemClock,
      now: () => 0,
      pause: milliseconds => {
        waited.push(milliseconds);
        return Promise.resolve();
      },
    };
    let made = 0;
    const attempt = (): Promise<string> => {
      const failure = failures[made++];
      return failure === undefined
        ? Promise.resolve('done')
        : Promise.reject(new PyrusError(failure));
    };
    const options = { attempts: 99, budget: new RetryBudget(), signal, clock };
    assert.equal(await withRetry(attempt, { ...options, random: () => random }), 'done');
    return waited;
  }

  it('grow to twenty seconds', async () => {
    const failures = Array.from({ length: 8 }, () => status(503));
    const longest = [500, 1000, 2000, 4000, 8000, 16_000, 20_000, 20_000];
    assert.deepEqual(await pauses(failures, 1), longest);
    assert.deepEqual(await pauses(failures, 0), Array(8).fill(0));
  });

  it('are what the server ordered, and up to a second more', async () => {
    const limited: PyrusFailure = { kind: 'rateLimited', seconds: 3 };
    assert.deepEqual(await pauses([limited, limited], 0), [3000, 3000]);
    assert.deepEqual(await pauses([limited], 0.5), [3500]);
  });

  it('are not made twice for what deserves one more try', async () => {
    const torn: PyrusFailure = { kind: 'md5Mismatch', sent: 'a', stored: 'b' };
    assert.equal((await pauses([torn], 0)).length, 1);
    await assert.rejects(pauses([torn, torn], 0), { attempts: 2, message: 'md5Mismatch' });
    assert.equal((await pauses([torn, status(503), status(503)], 0)).length, 3);
  });

  it('are not made for an error that is not ours', async () => {
    const error = new Error('disk');
    const options = { attempts: 9, budget: new RetryBudget(), signal };
    await assert.rejects(
      withRetry(() => Promise.reject(error), options),
      error,
    );
  });

  it('are not made when the user has left', async () => {
    const left = AbortSignal.abort(new Error('left'));
    const options = { attempts: 9, budget: new RetryBudget(), signal: left };
    await assert.rejects(
      withRetry(() => assert.fail('tried'), options),
      { message: 'left' },
    );
  });
});

describe('the budget of all retries of a window', () => {
  it('is a hundred retries at once, and one more for every five successes', () => {
    const budget = new RetryBudget();
    const spent = (): number => {
      let count = 0;
      while (budget.spend()) {
        count++;
      }
      return count;
    };
    assert.equal(spent(), 100);
    for (let success = 0; success < 5; success++) {
      assert.equal(budget.spend(), false);
      budget.earn();
    }
    assert.equal(spent(), 1);
    for (let success = 0; success < 1000; success++) {
      budget.earn();
    }
    assert.equal(spent(), 100, 'never more than at the beginning');
  });
});
