import type { Alarm, Clock } from '../../src/pyrus/clock';

interface Pending {
  due: number;
  readonly milliseconds: number;
  readonly kind: 'pause' | 'alarm';
  readonly ring: () => void;
}

/**
 * Time that passes on demand. Alarms ring when a test advances the clock; pauses are skipped by
 * themselves as soon as no alarm is set, that is, while no request is under way.
 */
export class TestClock implements Clock {
  /** Milliseconds since 1970 at the start. */
  startedAt = Date.UTC(2026, 0, 1);
  /** Every pause that was asked for, in milliseconds. */
  readonly pauses: number[] = [];
  readonly #pending = new Set<Pending>();
  readonly #armed = new Set<() => void>();
  #now = 0;
  #isSkipping = false;

  now(): number {
    return this.#now;
  }

  wallTime(): number {
    return this.startedAt + this.#now;
  }

  /** Alarms that are set: none are left when everything has ended. */
  get alarms(): number {
    return [...this.#pending].filter(({ kind }) => kind === 'alarm').length;
  }

  async pause(milliseconds: number, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.pauses.push(milliseconds);
    await new Promise<void>((resolve, reject) => {
      const onAbort = (): void => {
        this.#pending.delete(entry);
        reject(signal.reason as Error);
      };
      const entry = this.#add('pause', milliseconds, () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
      signal.addEventListener('abort', onAbort, { once: true });
      this.#skipSoon();
    });
  }

  alarm(milliseconds: number, ring: () => void): Alarm {
    const entry = this.#add('alarm', milliseconds, ring);
    this.#armed.forEach(check => check());
    return {
      restart: () => {
        entry.due = this.#now + milliseconds;
        this.#pending.add(entry);
      },
      cancel: () => {
        this.#pending.delete(entry);
        this.#skipSoon();
      },
    };
  }

  /** Lets time pass and rings what is due, in order. */
  advance(milliseconds: number): void {
    const until = this.#now + milliseconds;
    for (let next = this.#next(); next !== undefined && next.due <= until; next = this.#next()) {
      this.#ring(next);
    }
    this.#now = until;
  }

  /** Lets time pass until just before the next alarm: no time at all when nothing restarted it. */
  linger(): void {
    const due = [...this.#pending].filter(({ kind }) => kind === 'alarm').map(alarm => alarm.due);
    if (due.length > 0) {
      this.advance(Math.min(...due) - 1 - this.#now);
    }
  }

  /** Resolves when an alarm of this many milliseconds is set. */
  async whenSet(milliseconds: number): Promise<void> {
    await new Promise<void>(resolve => {
      const check = (): void => {
        if (this.isSet(milliseconds)) {
          this.#armed.delete(check);
          resolve();
        }
      };
      this.#armed.add(check);
      check();
    });
  }

  isSet(milliseconds: number): boolean {
    return [...this.#pending].some(
      entry => entry.kind === 'alarm' && entry.milliseconds === milliseconds,
    );
  }

  #add(kind: Pending['kind'], milliseconds: number, ring: () => void): Pending {
    const entry = { due: this.#now + milliseconds, milliseconds, kind, ring };
    this.#pending.add(entry);
    return entry;
  }

  #skipSoon(): void {
    if (this.#isSkipping) {
      return;
    }
    this.#isSkipping = true;
    setImmediate(() => {
      this.#isSkipping = false;
      const next = this.#next();
      if (next !== undefined && this.alarms === 0) {
        this.#ring(next);
        this.#skipSoon();
      }
    });
  }

  #next(): Pending | undefined {
    return [...this.#pending].sort((one, other) => one.due - other.due)[0];
  }

  #ring(entry: Pending): void {
    this.#pending.delete(entry);
    this.#now = Math.max(this.#now, entry.due);
    entry.ring();
  }
}
