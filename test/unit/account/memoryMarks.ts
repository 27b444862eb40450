import type { Marks } from '../../../src/account/accountChoice';

/** A Memento in memory. */
export class MemoryMarks implements Marks {
  readonly values = new Map<string, unknown>();

  get(key: string): unknown {
    return this.values.get(key);
  }

  update(key: string, value: unknown): Promise<void> {
    this.values.set(key, value);
    return Promise.resolve();
  }
}
