/** A campaign can be repeated: the same seed gives the same run. SEED sets it. */
export const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 32);

/** How many rounds: CAMPAIGN=full runs them all, else a short form goes with every test run. */
export function rounds(short: number, full: number): number {
  return process.env['CAMPAIGN'] === 'full' ? full : short;
}

/** Repeatable random numbers (mulberry32). */
export class Random {
  #state: number;

  constructor(from: number) {
    this.#state = from >>> 0;
  }

  /** 0 ≤ x < 1 */
  readonly next = (): number => {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };

  /** A whole number, 0 ≤ n < limit. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** True that often. */
  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(choices: readonly [T, ...T[]]): T {
    return choices[this.below(choices.length)] ?? choices[0];
  }

  bytes(length: number): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    for (let at = 0; at < length; at++) {
      bytes[at] = this.below(256);
    }
    return bytes;
  }
}
