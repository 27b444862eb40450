import type { SecretStorage } from 'vscode';
import type { Grant } from '../pyrus/session';
import type { Server } from '../pyrus/servers';
import type { Credentials } from '../pyrus/auth';

/** Somebody signed in somewhere, with everything that is secret about it. */
export interface Account {
  /** Stable: the server and the person. */
  readonly id: string;
  readonly server: Server;
  /** Shown in the Accounts menu; VS Code keys its permissions by it. */
  readonly label: string;
  readonly name: string;
  readonly organization: string;
  /** What a new token is asked for with; absent when the user gave a token only. */
  readonly credentials?: Credentials;
  readonly grant: Grant;
  /** Hosts beside the server's own that the user has allowed the token to go to. */
  readonly allowedHosts: readonly string[];
}

interface Stored {
  readonly current?: string;
  readonly accounts: readonly Account[];
}

/** What VS Code calls a disposable, without needing VS Code. */
interface Disposable {
  dispose(): void;
}

const KEY = 'pyrus.accounts';
const NOBODY: Stored = { accounts: [] };

/**
 * The accounts, in SecretStorage and nowhere else. Every question reads the storage anew: another
 * window may have signed in, out, or renewed the token a moment ago.
 */
export class Accounts {
  readonly #listeners = new Set<() => void>();

  constructor(private readonly secrets: SecretStorage) {}

  /**
   * Told in every window when an account came, went or got a new token; may be told twice.
   * Our own writes are told at once: VS Code has not always done so.
   */
  readonly onDidChange = (listener: () => void): Disposable => {
    this.#listeners.add(listener);
    const elsewhere = this.secrets.onDidChange(({ key }) => {
      if (key === KEY) {
        listener();
      }
    });
    return {
      dispose: () => {
        this.#listeners.delete(listener);
        elsewhere.dispose();
      },
    };
  };

  /** The account that commands use. */
  async current(): Promise<Account | undefined> {
    const { current, accounts } = await this.#read();
    return accounts.find(({ id }) => id === current) ?? accounts[0];
  }

  async all(): Promise<readonly Account[]> {
    return (await this.#read()).accounts;
  }

  /** Adds the account, or replaces the one with its id, and makes it the current one. */
  async signIn(account: Account): Promise<void> {
    const { accounts } = await this.#read();
    const others = accounts.filter(({ id }) => id !== account.id);
    await this.#write({ current: account.id, accounts: [account, ...others] });
  }

  /**
   * Replaces the grant of an account that is still signed in.
   * @returns false when it has been signed out meanwhile: nothing is stored then
   */
  async regrant(id: string, grant: Grant): Promise<boolean> {
    const { current, accounts } = await this.#read();
    if (!accounts.some(account => account.id === id)) {
      return false;
    }
    await this.#write({
      ...(current === undefined ? {} : { current }),
      accounts: accounts.map(account => (account.id === id ? { ...account, grant } : account)),
    });
    return true;
  }

  /** Removes the account with its key and its token. */
  async signOut(id: string): Promise<void> {
    const { current, accounts } = await this.#read();
    const left = accounts.filter(account => account.id !== id);
    if (left.length === 0) {
      await this.secrets.delete(KEY);
      this.#tell();
      return;
    }
    await this.#write({
      ...(current === undefined || current === id ? {} : { current }),
      accounts: left,
    });
  }

  async #read(): Promise<Stored> {
    const text = await this.secrets.get(KEY);
    return text === undefined ? NOBODY : (JSON.parse(text) as Stored);
  }

  #tell(): void {
    this.#listeners.forEach(listener => listener());
  }

  async #write(stored: Stored): Promise<void> {
    await this.secrets.store(KEY, JSON.stringify(stored));
    this.#tell();
  }
}
