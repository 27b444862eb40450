import type { ConflictChoice, Wanted } from './saveRequest';

/** Asks what to do about a taken name, at most once. */
export class ConflictQuestion {
  #answer: Promise<ConflictChoice> | undefined;

  constructor(
    private readonly onConflict: Wanted['onConflict'],
    private readonly signal: AbortSignal,
  ) {}

  /** The answer, when it was asked. */
  get answer(): Promise<ConflictChoice> | undefined {
    return this.#answer;
  }

  /** @throws the signal's reason as soon as it is aborted, whether or not the asker listens to it */
  ask(name: string): Promise<ConflictChoice> {
    this.#answer ??= this.#ask(name);
    return this.#answer;
  }

  async #ask(name: string): Promise<ConflictChoice> {
    const { signal } = this;
    signal.throwIfAborted();
    let stop: () => void = () => undefined;
    const aborted = new Promise<void>(resolve => {
      stop = resolve;
      signal.addEventListener('abort', stop, { once: true });
    });
    const asked = this.onConflict(name, signal);
    try {
      const choice = await Promise.race([asked, aborted]);
      signal.throwIfAborted();
      return choice ?? 'skip';
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }
}
