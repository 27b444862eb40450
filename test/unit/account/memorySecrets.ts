import type * as vscode from 'vscode';

type Listener = (event: vscode.SecretStorageChangeEvent) => unknown;

/** SecretStorage in memory; two windows are two of them over one map. */
export class MemorySecrets implements vscode.SecretStorage {
  readonly #listeners = new Set<Listener>();

  constructor(private readonly values = new Map<string, string>()) {}

  /** The secrets as another window sees them. */
  otherWindow(): MemorySecrets {
    const other = new MemorySecrets(this.values);
    this.onDidChange(event => other.#tell(event));
    other.onDidChange(event => this.#tell(event));
    return other;
  }

  /** Everything stored, to look for what must not be there. */
  get dump(): string {
    return JSON.stringify([...this.values]);
  }

  keys(): Promise<string[]> {
    return Promise.resolve([...this.values.keys()]);
  }

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.values.get(key));
  }

  store(key: string, value: string): Promise<void> {
    this.values.set(key, value);
    this.#tell({ key });
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.values.delete(key);
    this.#tell({ key });
    return Promise.resolve();
  }

  readonly onDidChange = (listener: Listener): Pick<vscode.Disposable, 'dispose'> => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  #telling = false;

  #tell(event: vscode.SecretStorageChangeEvent): void {
    if (!this.#telling) {
      this.#telling = true;
      this.#listeners.forEach(listener => listener(event));
      this.#telling = false;
    }
  }
}
