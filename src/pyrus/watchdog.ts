import { systemClock } from './clock';
import type { Alarm, Clock } from './clock';
import { PyrusError } from './errors';
import type { TimeoutPhase } from './errors';

/** How long each phase may pass without progress, in seconds. */
export type Patience = Readonly<Record<TimeoutPhase, number>>;

/** Ordinary calls: a minute without a sign of life is a failure. */
export const callPatience: Patience = { connect: 15, send: 60, answer: 60, receive: 60 };

/** Uploads: Pyrus reads, hashes and stores the whole file before it answers. */
export const uploadPatience: Patience = { connect: 15, send: 60, answer: 300, receive: 60 };

/** Sign-in: somebody is looking at the screen. */
export const signInPatience: Patience = { connect: 15, send: 30, answer: 30, receive: 30 };

/**
 * Ends a request that has stopped moving. An idle limit, not a total one: a slow line is fine as
 * long as bytes go through. Its `signal` is aborted with a `timedOut` failure.
 */
export class Watchdog {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  #phase: TimeoutPhase;
  #alarm: Alarm;
  #connecting: Alarm | undefined;
  #disposed = false;

  constructor(
    private readonly host: string,
    private readonly patience: Patience,
    first: TimeoutPhase = 'answer',
    private readonly clock: Clock = systemClock,
  ) {
    this.#phase = first;
    this.#alarm = this.#start(first);
  }

  /** What it waits for now. */
  get phase(): TimeoutPhase {
    return this.#phase;
  }

  /** Something moved, or the next phase began. */
  touch(phase: TimeoutPhase = this.#phase): void {
    if (this.#disposed) {
      return;
    }
    if (phase === this.#phase) {
      this.#alarm.restart();
      return;
    }
    this.#alarm.cancel();
    this.#phase = phase;
    this.#alarm = this.#start(phase);
  }

  /**
   * A connection is being made. It has a limit of its own beside that of the phase: what is handed
   * to a socket that is not connected yet looks like progress.
   */
  connecting(): void {
    if (!this.#disposed) {
      this.#connecting ??= this.#start('connect');
    }
  }

  /** The connection stands. */
  connected(): void {
    this.#connecting?.cancel();
  }

  /** The request is over. */
  dispose(): void {
    this.#disposed = true;
    this.#alarm.cancel();
    this.#connecting?.cancel();
  }

  #start(phase: TimeoutPhase): Alarm {
    return this.clock.alarm(this.patience[phase] * 1000, () => {
      this.#controller.abort(new PyrusError({ kind: 'timedOut', host: this.host, phase }));
    });
  }
}
