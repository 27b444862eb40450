import type { Account } from '../account/accounts';
import { PyrusError } from '../pyrus/errors';
import { isAboutTask } from '../words/taskFailures';
import type { Task } from '../pyrus/taskWire';
import { wordsFor } from './forModel';
import type { ToolServices } from './services';
import { ToolError } from './toolError';

/** Milliseconds: a question that does not come is worse than one that knows less. */
export const PATIENCE = 2500;

/**
 * The task, for a question to the user; undefined when Pyrus does not answer soon.
 * @throws ToolError when Pyrus has no such task for this account, or it takes no files
 */
export async function taskInTime(
  { clientOf }: ToolServices,
  account: Account,
  id: number,
  signal: AbortSignal,
): Promise<Task | undefined> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]);
  try {
    return await clientOf(account).task(id, { signal: soon });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PyrusError && isAboutTask(error.failure)) {
      throw new ToolError(wordsFor(error), { cause: error });
    }
    return undefined;
  }
}
