import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

/** Time, as waiting and giving up need it. A parameter, so that tests have ten minutes in no time. */
export interface Clock {
  /** Milliseconds, monotonic: a wall clock that is set must neither jam nor open anything. */
  now(): number;
  /** Milliseconds since 1970, only to compare with a date that a server named. */
  wallTime(): number;
  /** Resolves after `milliseconds`. @throws `signal.reason` on cancel, at once */
  pause(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** Rings once, `milliseconds` after this or the last `restart()`. */
  alarm(milliseconds: number, ring: () => void): Alarm;
}

export interface Alarm {
  restart(): void;
  cancel(): void;
}

export const systemClock: Clock = {
  now: () => performance.now(),
  wallTime: () => Date.now(),
  async pause(milliseconds, signal) {
    try {
      await sleep(milliseconds, undefined, { signal });
    } catch {
      // The timer's own error is about the signal; its owner's reason says why.
      signal.throwIfAborted();
    }
  },
  alarm(milliseconds, ring) {
    const timer = setTimeout(ring, milliseconds);
    return { restart: () => timer.refresh(), cancel: () => clearTimeout(timer) };
  },
};
