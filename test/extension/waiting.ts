import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';

/** Milliseconds until a test says what it waits for: before mocha ends it without a word about that. */
const PATIENCE = 15_000;

/** Resolves when something holds. It is looked at now, and at every one of these events. */
export async function until(
  what: string,
  holds: () => boolean,
  ...events: readonly vscode.Event<unknown>[]
): Promise<void> {
  const listening: vscode.Disposable[] = [];
  let deadline: NodeJS.Timeout | undefined;
  try {
    await new Promise<void>((resolve, reject) => {
      const look = (): void => {
        if (holds()) {
          resolve();
        }
      };
      listening.push(...events.map(event => event(look)));
      deadline = setTimeout(() => reject(new Error(`waited in vain: ${what}`)), PATIENCE);
      look();
    });
  } finally {
    clearTimeout(deadline);
    vscode.Disposable.from(...listening).dispose();
  }
}

/** What comes one after another; each is met once, in order. */
export class Arrivals<T> {
  readonly #arrived: T[] = [];
  readonly #arrival = new vscode.EventEmitter<void>();

  add(one: T): void {
    this.#arrived.push(one);
    this.#arrival.fire();
  }

  /** The oldest that nobody has met, or the next to come. */
  async next(what: string): Promise<T> {
    await until(what, () => this.#arrived.length > 0, this.#arrival.event);
    const [one] = this.#arrived.splice(0, 1);
    assert.ok(one !== undefined);
    return one;
  }

  /** Those that nobody has met. */
  left(): readonly T[] {
    return this.#arrived;
  }
}

/**
 * Puts another function in the place of one of `vscode.window`, for the extension under test, too: it
 * lives in the same process. @returns puts the real one back
 */
export function replaceInWindow<K extends keyof typeof vscode.window>(
  name: K,
  replacement: (real: (typeof vscode.window)[K]) => unknown,
): vscode.Disposable {
  const real = vscode.window[name];
  const set = (value: unknown): void =>
    void Object.defineProperty(vscode.window, name, { value, configurable: true });
  set(replacement(real));
  return new vscode.Disposable(() => set(real));
}
