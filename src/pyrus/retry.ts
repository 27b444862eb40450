import { setTimeout as sleep } from 'node:timers/promises';
import { PyrusError } from './errors';
import type { PyrusFailure } from './errors';

/** What a failed call deserves: nothing, another try after a growing pause, or an ordered wait. */
export type Remedy =
  | { readonly kind: 'none' }
  | { readonly kind: 'again' }
  | { readonly kind: 'wait'; readonly seconds: number };

/** Longest wait we accept from a server, in seconds; the user can cancel any of it. */
const LONGEST_WAIT = 600;
const BASE_DELAY = 500;
const LONGEST_DELAY = 20_000;

/**
 * Retry by meaning. Repeating an upload is harmless: the worst outcome is an orphan that Pyrus
 * deletes (help page "Files").
 */
export function remedyFor(failure: PyrusFailure): Remedy {
  switch (failure.kind) {
    case 'rateLimited':
      return { kind: 'wait', seconds: failure.seconds };
    case 'hostNotFound':
    case 'connectionRefused':
    case 'connectionLost':
    case 'unreachable':
    case 'timedOut':
    case 'serverError':
    case 'incompleteDownload':
    case 'md5Mismatch':
      return { kind: 'again' };
    default:
      return { kind: 'none' };
  }
}

/**
 * What all retries of a window share, so that an outage does not become a storm: each retry costs,
 * each success pays a little back.
 */
export class RetryBudget {
  #tokens: number;

  constructor(
    private readonly capacity = 500,
    private readonly cost = 5,
  ) {
    this.#tokens = capacity;
  }

  /** @returns false when there have been too many failures lately */
  spend(): boolean {
    if (this.#tokens < this.cost) {
      return false;
    }
    this.#tokens -= this.cost;
    return true;
  }

  earn(): void {
    this.#tokens = Math.min(this.capacity, this.#tokens + 1);
  }
}

export interface RetryOptions {
  readonly attempts: number;
  readonly budget: RetryBudget;
  readonly signal: AbortSignal;
  /** Told before every wait, so that the user sees why nothing moves. */
  readonly onWait?: (wait: { readonly seconds: number; readonly failure: PyrusFailure }) => void;
  /** 0 ≤ x < 1; injected by tests. */
  readonly random?: () => number;
}

/**
 * Runs `attempt` until it succeeds, fails for good, or has been tried often enough.
 * Waits are full jitter (0 … min(20 s, 0.5 s · 2ⁿ)), or what the server ordered plus up to a second.
 * @throws what the last attempt threw; `signal.reason` on cancel
 */
export async function withRetry<T>(
  attempt: () => Promise<T>,
  { attempts, budget, signal, onWait, random = Math.random }: RetryOptions,
): Promise<T> {
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted();
    try {
      const value = await attempt();
      budget.earn();
      return value;
    } catch (error) {
      const remedy = error instanceof PyrusError ? remedyFor(error.failure) : { kind: 'none' };
      if (remedy.kind === 'none' || tried >= attempts || !budget.spend()) {
        throw error;
      }
      const milliseconds =
        'seconds' in remedy
          ? Math.min(remedy.seconds, LONGEST_WAIT) * 1000 + random() * 1000
          : random() * Math.min(LONGEST_DELAY, BASE_DELAY * 2 ** (tried - 1));
      onWait?.({ seconds: milliseconds / 1000, failure: (error as PyrusError).failure });
      await sleep(milliseconds, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}
