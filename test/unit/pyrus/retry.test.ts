import assert from 'node:assert/strict';
import { PyrusError } from '../../../src/pyrus/errors';
import type { PyrusFailure } from '../../../src/pyrus/errors';
import { RetryBudget, withRetry } from '../../../src/pyrus/retry';
import type { RetryOptions } from '../../../src/pyrus/retry';

const LOST: PyrusFailure = { kind: 'connectionLost', host: 'h' };

describe('retrying', () => {
  const options = (more: Partial<RetryOptions> = {}): RetryOptions => ({
    attempts: 3,
    budget: new RetryBudget(),
    signal: new AbortController().signal,
    random: () => 0,
    ...more,
  });
  const failing = (failures: readonly PyrusFailure[]) => {
    let made = 0;
    const attempt = (): Promise<number> => {
      const failure = failures[made++];
      return failure === undefined
        ? Promise.resolve(made)
        : Promise.reject(new PyrusError(failure));
    };
    return { attempt, made: () => made };
  };

  it('answers with the first success', async () => {
    const { attempt } = failing([LOST, LOST]);
    assert.equal(await withRetry(attempt, options()), 3);
  });

  it('throws the last failure after the last attempt', async () => {
    const { attempt, made } = failing([LOST, LOST, { kind: 'serverError', status: 503 }]);
    await assert.rejects(withRetry(attempt, options()), { message: 'serverError' });
    assert.equal(made(), 3);
  });

  it('never repeats what would fail the same way', async () => {
    const { attempt, made } = failing([{ kind: 'invalidCredentials' }]);
    await assert.rejects(withRetry(attempt, options()), { message: 'invalidCredentials' });
    assert.equal(made(), 1);
  });

  it('waits up to twice as long each time, and tells how long', async () => {
    const waits: number[] = [];
    const { attempt } = failing([LOST, LOST, LOST]);
    await withRetry(
      attempt,
      options({ attempts: 4, random: () => 0.02, onWait: ({ seconds }) => waits.push(seconds) }),
    );
    assert.deepEqual(waits, [0.01, 0.02, 0.04]);
  });

  it('ends a wait at once when cancelled', async () => {
    const controller = new AbortController();
    const { attempt, made } = failing([{ kind: 'rateLimited', seconds: 300 }]);
    const run = withRetry(
      attempt,
      options({
        signal: controller.signal,
        onWait: ({ seconds }) => {
          assert.equal(seconds, 300);
          controller.abort();
        },
      }),
    );
    await assert.rejects(run, { name: 'AbortError' });
    assert.equal(made(), 1);
  });

  it('stops when the window has failed too often, and recovers with successes', async () => {
    const budget = new RetryBudget(10, 5);
    const two = failing([LOST, LOST, LOST]);
    await assert.rejects(withRetry(two.attempt, options({ attempts: 9, budget })));
    assert.equal(two.made(), 3, 'two retries fit into the budget');
    for (let success = 0; success < 5; success++) {
      await withRetry(() => Promise.resolve(), options({ budget }));
    }
    const { attempt } = failing([LOST]);
    assert.equal(await withRetry(attempt, options({ budget })), 2);
  });
});
