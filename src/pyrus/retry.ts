import { systemClock } from './clock';
import type { Clock } from './clock';
import { PyrusError } from './errors';
import type { PyrusFailure } from './errors';
import { longestWait } from './rateLimit';
import type { OnWait } from './rateLimit';

/**
 * What a failed call deserves: nothing, another try after a growing pause (`once`: only if it has
 * not failed like this before), or an ordered wait.
 */
export type Remedy =
  | { readonly kind: 'none' | 'again' | 'once' }
  | { readonly kind: 'wait'; readonly seconds: number };

/** 408 and 5xx that pass by themselves; the last five are those of proxies in the cloud. */
const passing = [408, 500, 502, 503, 504, 520, 521, 522, 523, 524];
const BASE_DELAY = 500;
const LONGEST_DELAY = 20_000;

/**
 * Retry by meaning. Repeating an upload is harmless: the worst outcome is an orphan that Pyrus
 * deletes (help page "Files").
 */
export function remedyFor(failure: PyrusFailure): Remedy {
  switch (failure.kind) {
    case 'rateLimited':
      return orderedWait(failure.seconds);
    case 'serverError':
      if (!passing.includes(failure.status)) {
        return { kind: 'none' };
      }
      return failure.seconds === undefined ? { kind: 'again' } : orderedWait(failure.seconds);
    case 'proxy':
      return { kind: passing.includes(failure.status) ? 'again' : 'none' };
    case 'md5Mismatch':
      return { kind: 'once' };
    case 'connectionLost':
      return { kind: failure.during === undefined ? 'again' : 'once' };
    case 'hostNotFound':
    case 'proxyUnreachable':
    case 'connectionRefused':
    case 'unreachable':
    case 'timedOut':
    case 'incompleteDownload':
      return { kind: 'again' };
    default:
      return { kind: 'none' };
  }
}

/** Longer than we sit out, and too early is no use: the user decides. */
function orderedWait(seconds: number): Remedy {
  return seconds > longestWait ? { kind: 'none' } : { kind: 'wait', seconds };
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
  readonly onWait?: OnWait;
  /** 0 ≤ x < 1; injected by tests. */
  readonly random?: () => number;
  readonly clock?: Clock;
}

/**
 * Runs `attempt` until it succeeds, fails for good, or has been tried often enough.
 * Waits are full jitter (0 … min(20 s, 0.5 s · 2ⁿ)), or what the server ordered plus up to a second.
 * @throws what the last attempt threw; `signal.reason` on cancel
 */
export async function withRetry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const { attempts, budget, signal, onWait, random = Math.random, clock = systemClock } = options;
  const seen = new Set<PyrusFailure['kind']>();
  for (let tried = 1; ; tried++) {
    signal.throwIfAborted();
    try {
      const value = await attempt();
      budget.earn();
      return value;
    } catch (error) {
      if (!(error instanceof PyrusError)) {
        throw error;
      }
      error.attempts = tried;
      const { failure } = error;
      const remedy = remedyFor(failure);
      const hopeless = remedy.kind === 'none' || (remedy.kind === 'once' && seen.has(failure.kind));
      if (hopeless || tried >= attempts || !budget.spend()) {
        throw error;
      }
      seen.add(failure.kind);
      const pause = pauseBefore(tried, remedy, random());
      onWait?.({ seconds: pause / 1000, failure });
      await clock.pause(pause, signal);
    }
  }
}

/** @returns milliseconds */
function pauseBefore(tried: number, remedy: Remedy, random: number): number {
  return 'seconds' in remedy
    ? remedy.seconds * 1000 + random * 1000
    : random * Math.min(LONGEST_DELAY, BASE_DELAY * 2 ** (tried - 1));
}
