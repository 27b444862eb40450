import assert from 'node:assert/strict';
import { PyrusError } from '../../../src/pyrus/errors';
import type { PyrusFailure } from '../../../src/pyrus/errors';

/** What a call that must fail failed with. */
export async function failure(promise: Promise<unknown>): Promise<PyrusFailure> {
  const error: unknown = await promise.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof PyrusError, String(error));
  return error.failure;
}
