import type { ConflictChoice, Wanted } from './saveRequest';
import { unlessAborted } from './unlessAborted';

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

  /** @throws the signal's reason as soon as it is aborted */
  ask(name: string): Promise<ConflictChoice> {
    const { onConflict, signal } = this;
    this.#answer ??= unlessAborted(signal, () => onConflict(name, signal));
    return this.#answer;
  }
}
