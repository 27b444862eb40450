import { PyrusError } from './errors';
import type { TimeoutPhase } from './errors';

/** How long each phase may pass without progress, in seconds. */
export interface Patience {
  readonly send: number;
  readonly answer: number;
  readonly receive: number;
}

/** Ordinary calls: a minute without a sign of life is a failure. */
export const callPatience: Patience = { send: 60, answer: 60, receive: 60 };

/** Uploads: Pyrus reads, hashes and stores the whole file before it answers. */
export const uploadPatience: Patience = { send: 60, answer: 300, receive: 60 };

/** Sign-in: somebody is looking at the screen. */
export const signInPatience: Patience = { send: 30, answer: 30, receive: 30 };

/**
 * Ends a request that has stopped moving. An idle limit, not a total one: a slow line is fine as
 * long as bytes go through. Its `signal` is aborted with a `timedOut` failure.
 */
export class Watchdog {
  readonly #controller = new AbortController();
  readonly signal = this.#controller.signal;
  #phase: keyof Patience;
  #timer: NodeJS.Timeout;

  constructor(
    private readonly host: string,
    private readonly patience: Patience,
    first: keyof Patience = 'answer',
  ) {
    this.#phase = first;
    this.#timer = this.#start();
  }

  /** Something moved, or the next phase began. */
  touch(phase: keyof Patience = this.#phase): void {
    if (phase === this.#phase) {
      this.#timer.refresh();
      return;
    }
    clearTimeout(this.#timer);
    this.#phase = phase;
    this.#timer = this.#start();
  }

  /** The request is over. */
  dispose(): void {
    clearTimeout(this.#timer);
  }

  #start(): NodeJS.Timeout {
    const phase: TimeoutPhase = this.#phase;
    const seconds = this.patience[this.#phase];
    return setTimeout(() => {
      this.#controller.abort(new PyrusError({ kind: 'timedOut', host: this.host, phase }));
    }, seconds * 1000);
  }
}
