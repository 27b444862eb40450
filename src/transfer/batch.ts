import { performance } from 'node:perf_hooks';
import { BatchProgress } from './batchProgress';
import type { BatchState } from './batchProgress';
import { AdaptiveLanes } from './lanes';
import type { Lanes } from './lanes';

/** One thing to move; `size` (bytes) weighs it in the progress, when it is known. */
export interface BatchItem {
  readonly name: string;
  readonly size?: number;
}

export interface BatchOptions<I extends BatchItem, T> {
  readonly items: readonly I[];
  /**
   * Moves one item.
   * @param progress bytes of this item moved by the current try; may fall back
   */
  readonly run: (item: I, progress: (moved: number, size?: number) => void) => Promise<T>;
  /** True when a failure concerns all that is left, too: nothing more is started then. */
  readonly isFatal: (error: unknown) => boolean;
  readonly onProgress: (state: BatchState) => void;
  readonly signal: AbortSignal;
  /** Transfers at a time; as many as the connection rewards, unless told. */
  readonly lanes?: Lanes;
  /** Milliseconds, monotonic; a parameter for tests. */
  readonly now?: () => number;
}

export interface Failed<I> {
  readonly item: I;
  readonly error: unknown;
}

/** Everything in the order of the items, however the transfers finished. */
export interface BatchResult<I, T> {
  readonly done: readonly { readonly item: I; readonly value: T }[];
  readonly failed: readonly Failed<I>[];
  /** Something was left undone because of a cancel; one that came when all was done is none. */
  readonly cancelled: boolean;
}

type AttemptOptions<I extends BatchItem, T> = BatchOptions<I, T> & { readonly lanes: Lanes };

type Outcome<T> = { readonly value: T } | { readonly error: unknown };

/**
 * Moves all items. One failing item does not stop the others; a cancel stops them all and is not
 * counted as their failure.
 */
export async function runBatch<I extends BatchItem, T>(
  options: BatchOptions<I, T>,
): Promise<BatchResult<I, T>> {
  const { items, signal, lanes = new AdaptiveLanes() } = options;
  const outcomes = new Map<I, Outcome<T>>();
  const progress = new BatchProgress(items, options.onProgress);
  const running = new Set<Promise<void>>();
  let fatal: { readonly error: unknown } | undefined;

  const work = async (item: I): Promise<void> => {
    const outcome = await attempt(item, { ...options, lanes }, progress);
    if (outcome === undefined) {
      return;
    }
    outcomes.set(item, outcome);
    if ('error' in outcome && options.isFatal(outcome.error)) {
      fatal ??= outcome;
    }
  };
  for (const item of items) {
    while (!lanes.hasRoom(running.size, item.size)) {
      await Promise.race(running);
    }
    if (signal.aborted) {
      break;
    }
    if (fatal !== undefined) {
      outcomes.set(item, fatal);
      continue;
    }
    const transfer = work(item).finally(() => running.delete(transfer));
    running.add(transfer);
  }
  await Promise.all(running);
  progress.dispose();
  return sorted(items, outcomes, signal.aborted && outcomes.size < items.length);
}

/** @returns undefined when the item was cancelled */
async function attempt<I extends BatchItem, T>(
  item: I,
  { run, signal, lanes, now = () => performance.now() }: AttemptOptions<I, T>,
  progress: BatchProgress<I>,
): Promise<Outcome<T> | undefined> {
  progress.start(item);
  const begun = now();
  try {
    const value = await run(item, (moved, size) => progress.move(item, moved, size));
    lanes.took(now() - begun);
    return { value };
  } catch (error) {
    return signal.aborted ? undefined : { error };
  } finally {
    progress.finish(item);
  }
}

function sorted<I, T>(
  items: readonly I[],
  outcomes: ReadonlyMap<I, Outcome<T>>,
  cancelled: boolean,
): BatchResult<I, T> {
  const done: { item: I; value: T }[] = [];
  const failed: Failed<I>[] = [];
  for (const item of items) {
    const outcome = outcomes.get(item);
    if (outcome === undefined) {
      continue;
    }
    if ('value' in outcome) {
      done.push({ item, value: outcome.value });
    } else {
      failed.push({ item, error: outcome.error });
    }
  }
  return { done, failed, cancelled };
}
