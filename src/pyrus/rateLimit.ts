import { systemClock } from './clock';
import type { Clock } from './clock';
import { PyrusError } from './errors';
import type { PyrusFailure } from './errors';

/** Told before a wait, so that the user sees why nothing moves. */
export type OnWait = (wait: { readonly seconds: number; readonly failure: PyrusFailure }) => void;

/** Longest wait that is sat out, in seconds; the user can cancel any of it. */
export const longestWait = 600;

/** With no more calls left than this, the rest is spread over the rest of the interval. */
const reserve = 20;
/** A reset in seconds may have been rounded down; a call too early would be refused. */
const rounding = 1000;

/**
 * Keeps calls to what Pyrus allows (help page "Errors and limits": 5,000 in 10 minutes per user).
 * All calls of an account pass through one gate, so that one 429 stops the queue, not each in turn,
 * and the last calls of an interval are paced, so that there is no 429 in the first place.
 */
export class RateGate {
  /** All on the monotonic clock, in milliseconds. */
  #closedUntil = 0;
  #nextTurn = 0;
  #intervalEnd = 0;
  /** Calls left until then; Infinity when nobody has told. */
  #left = Infinity;
  #underWay = 0;
  #throttles = 0;

  constructor(private readonly clock: Clock = systemClock) {}

  /**
   * Pyrus answered 429.
   * @param ordered how many seconds it asked to wait; without a word of it, 1, 2, 4 … seconds
   * @returns how many seconds the gate is closed for
   */
  throttled(ordered: number | undefined): number {
    const now = this.clock.now();
    if (ordered === undefined && this.#closedUntil > now) {
      // Calls that were on their way together are one refusal.
      return (this.#closedUntil - now) / 1000;
    }
    const seconds = ordered ?? Math.min(longestWait, 2 ** this.#throttles);
    this.#throttles += 1;
    this.#closedUntil = Math.max(this.#closedUntil, now + seconds * 1000);
    return seconds;
  }

  /** Pyrus answered something else than 429. */
  accepted(): void {
    this.#throttles = 0;
  }

  /** What an answer told: calls left, and seconds until there are more. */
  heard(left: number, resetSeconds: number): void {
    const now = this.clock.now();
    // Pyrus may not have counted the others under way yet.
    this.#left = Math.max(0, left - Math.max(0, this.#underWay - 1));
    this.#intervalEnd = now + resetSeconds * 1000 + rounding;
    if (this.#left > reserve) {
      this.#nextTurn = 0;
    }
  }

  /**
   * Waits until a call is welcome, and takes one of those that are left. Call `leave` when it is over.
   * @throws PyrusError `rateLimited` when that is too long to wait; `signal.reason` on cancel
   */
  async pass(signal: AbortSignal, onWait?: OnWait): Promise<void> {
    signal.throwIfAborted();
    for (let wait = this.#wait(); wait > 0; wait = this.#wait()) {
      const seconds = wait / 1000;
      const failure: PyrusFailure = { kind: 'rateLimited', seconds: Math.ceil(seconds) };
      if (seconds > longestWait + rounding / 1000) {
        throw new PyrusError(failure);
      }
      onWait?.({ seconds, failure });
      await this.clock.pause(wait, signal);
    }
    this.#take();
  }

  leave(): void {
    this.#underWay -= 1;
  }

  /** Milliseconds until a call is welcome. */
  #wait(): number {
    const now = this.clock.now();
    if (now >= this.#intervalEnd) {
      this.#left = Infinity;
      this.#nextTurn = 0;
    }
    const turn = this.#left < 1 ? this.#intervalEnd : this.#nextTurn;
    return Math.ceil(Math.max(this.#closedUntil, turn) - now);
  }

  #take(): void {
    const now = this.clock.now();
    this.#underWay += 1;
    this.#left -= 1;
    if (this.#left <= reserve) {
      this.#nextTurn = now + (this.#intervalEnd - now) / (this.#left + 1);
    }
  }
}
