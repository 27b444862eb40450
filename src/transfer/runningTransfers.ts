import { setMaxListeners } from 'node:events';

/** All transfers of a window, so that none outlives it. */
export class RunningTransfers {
  readonly #closing = new AbortController();
  readonly #running = new Map<Promise<unknown>, () => void>();
  /** Aborted when the window closes. */
  readonly signal = this.#closing.signal;

  constructor() {
    setMaxListeners(0, this.signal);
  }

  /**
   * Watches a transfer until it has ended.
   * @param cancel makes it end soon
   * @returns `running` itself
   */
  track<T>(running: Promise<T>, cancel: () => void): Promise<T> {
    const ended = (): void => void this.#running.delete(running);
    this.#running.set(running, cancel);
    running.then(ended, ended);
    if (this.signal.aborted) {
      cancel();
    }
    return running;
  }

  /** Cancels all, and resolves when every one has ended and tidied up. */
  async end(): Promise<void> {
    this.#closing.abort();
    const running = [...this.#running];
    running.forEach(([, cancel]) => cancel());
    await Promise.allSettled(running.map(([transfer]) => transfer));
  }
}
