import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Closed while Pyrus wants no calls (help page "Errors and limits": 5,000 in 10 minutes per user).
 * All calls of a window pass through one gate, so that one 429 stops the queue, not each in turn.
 */
export class RateGate {
  /** On the monotonic clock, in milliseconds: a wall clock that jumps must not open or jam it. */
  #closedUntil = 0;

  /** @param seconds how long the server asked to wait */
  close(seconds: number): void {
    this.#closedUntil = Math.max(this.#closedUntil, performance.now() + seconds * 1000);
  }

  /** Waits until calls are welcome again. @throws `signal.reason` on cancel */
  async pass(signal: AbortSignal): Promise<void> {
    for (let left = this.#left(); left > 0; left = this.#left()) {
      await sleep(left, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
    signal.throwIfAborted();
  }

  #left(): number {
    return Math.ceil(this.#closedUntil - performance.now());
  }
}
