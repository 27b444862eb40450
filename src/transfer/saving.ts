import { Expectations } from './expectations';
import { Skipped } from './saveRequest';
import type { Incoming, Placed } from './saveRequest';

/** One for all: what an error costs is its stack, which nobody will see. */
const isOver = new Skipped();

/** One file being saved. */
export interface Saving {
  readonly incoming: Incoming;
  /** Where it goes as far as known, for errors. */
  readonly path: string;
  readonly expectations: Expectations;
  /** Aborted by the user's cancel, by {@link stop}, and when it is over. */
  readonly signal: AbortSignal;
  /** Ends it: `save` rejects with the reason. */
  readonly stop: (reason: unknown) => void;
}

/**
 * Runs the saving of one file to its end: the body and whatever listens to the signal end with it,
 * and a skip is an outcome, not a failure.
 * @param path of the file, for errors
 */
export async function runSaving(
  incoming: Incoming,
  path: string,
  save: (saving: Saving) => Promise<Placed>,
): Promise<Placed> {
  const { body } = incoming.file;
  // A body that fails before anybody reads it must not crash us; whoever reads it then is told.
  body.on('error', () => undefined);
  const over = new AbortController();
  const signal = AbortSignal.any([incoming.signal, over.signal]);
  try {
    const expectations = new Expectations(incoming, path);
    return await save({ incoming, path, expectations, signal, stop: reason => over.abort(reason) });
  } catch (error) {
    if (error instanceof Skipped) {
      return { outcome: 'skipped' };
    }
    throw error;
  } finally {
    over.abort(isOver);
    body.destroy();
  }
}
