import { MemorySecrets } from './memorySecrets';

type Act = 'get' | 'store' | 'delete';

/** A keyring that refuses what it is told to refuse. */
export class LockedSecrets extends MemorySecrets {
  readonly refuses = new Set<Act>();

  override get(key: string): Promise<string | undefined> {
    return this.#unlessRefused('get', () => super.get(key));
  }

  override store(key: string, value: string): Promise<void> {
    return this.#unlessRefused('store', () => super.store(key, value));
  }

  override delete(key: string): Promise<void> {
    return this.#unlessRefused('delete', () => super.delete(key));
  }

  #unlessRefused<T>(act: Act, run: () => Promise<T>): Promise<T> {
    return this.refuses.has(act) ? Promise.reject(new Error('keyring is locked')) : run();
  }
}
