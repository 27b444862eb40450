import type { SecretStorage } from 'vscode';
import type { Grant } from '../pyrus/session';
import type { Server } from '../pyrus/servers';
import type { Credentials } from '../pyrus/auth';
import { AccountChoice } from './accountChoice';
import type { Marks } from './accountChoice';
import { AccountStorage } from './accountStorage';
import type { Disposable } from './accountStorage';
import { distinct } from './distinct';

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
  /** Absent once Pyrus refused the credentials: no use sending the old token again. */
  readonly grant?: Grant;
  /** Hosts beside the server's own that the user has allowed the token to go to. */
  readonly allowedHosts: readonly string[];
}

/** Told the id of an account; signing out waits for it, and it must not throw. */
type OnSignOut = (id: string) => Promise<void>;

/** Who is signed in; kept in SecretStorage and nowhere else. */
export class Accounts {
  readonly #storage: AccountStorage;
  readonly #signOutListeners = new Set<OnSignOut>();
  readonly onDidChange: AccountStorage['onDidChange'];
  readonly onTrouble: AccountStorage['onTrouble'];

  /**
   * @param marks survives the window; only told whether there is anything in the storage
   * @param choice which of them this window works with
   * @param now milliseconds, monotonic
   */
  constructor(
    secrets: SecretStorage,
    marks?: Marks,
    private readonly choice = new AccountChoice(),
    now?: () => number,
  ) {
    this.#storage = new AccountStorage(secrets, marks, now);
    ({ onDidChange: this.onDidChange, onTrouble: this.onTrouble } = this.#storage);
  }

  /** Told when an account is signed out here, so that what else is kept of it goes, too. */
  readonly onSignOut = (listener: OnSignOut): Disposable => {
    this.#signOutListeners.add(listener);
    return { dispose: () => this.#signOutListeners.delete(listener) };
  };

  /** The account that commands use in this window. */
  async current(): Promise<Account | undefined> {
    return this.choice.among(await this.#storage.lately());
  }

  /** A command begins to work with this account: its workspace is to have it next time, too. */
  async use(id: string): Promise<void> {
    await this.#choose(id);
  }

  /** Makes this account the current one here, and in windows that have not had any yet. */
  async switchTo(id: string): Promise<void> {
    await this.#choose(id);
    await this.#storage.change(stored => ({ ...stored, current: id }));
  }

  async all(): Promise<readonly Account[]> {
    return (await this.#storage.lately()).accounts;
  }

  /** @returns undefined when it is not signed in */
  async find(id: string): Promise<Account | undefined> {
    return (await this.all()).find(account => account.id === id);
  }

  /** @returns false when what is stored lasts until this window closes, or is not stored at all */
  keepsSecrets(): Promise<boolean> {
    return this.#storage.keepsSecrets();
  }

  /** As `find`, but what is stored now: another window may have renewed its token this very moment. */
  async findStored(id: string): Promise<Account | undefined> {
    return (await this.#storage.read()).accounts.find(account => account.id === id);
  }

  /** Adds the account, or replaces the one with its id, and makes it the current one. @returns as stored */
  async signIn(account: Account): Promise<Account> {
    let stored = account;
    await this.#choose(account.id);
    await this.#storage.change(({ accounts }) => {
      const others = accounts.filter(({ id }) => id !== account.id);
      stored = distinct(account, others);
      return { current: account.id, accounts: [stored, ...others] };
    });
    return stored;
  }

  /**
   * Replaces the grant of an account that is still signed in.
   * @returns false when it has been signed out meanwhile: nothing is stored then
   */
  regrant(id: string, grant: Grant): Promise<boolean> {
    return this.#replace(id, account => ({ ...account, grant }));
  }

  /** Forgets a token that cannot be renewed, unless another window has put a newer one in its place. */
  async dropGrant(id: string, token: string | undefined): Promise<void> {
    await this.#replace(id, ({ grant, ...account }) =>
      grant === undefined || grant.token === token ? account : undefined,
    );
  }

  /**
   * Removes the account with its key, its token and what listeners keep of it.
   * @returns false when the storage would not: it is gone from this window only
   */
  async signOut(id: string): Promise<boolean> {
    const removed = await this.#storage.change(
      ({ current, accounts }) => ({
        ...(current === undefined || current === id ? {} : { current }),
        accounts: accounts.filter(account => account.id !== id),
      }),
      'notRemoved',
    );
    await Promise.all([...this.#signOutListeners].map(listener => listener(id)));
    return removed !== 'failed';
  }

  /** @returns false when there is nothing to replace */
  async #replace(id: string, change: (account: Account) => Account | undefined): Promise<boolean> {
    const outcome = await this.#storage.change(stored => {
      const old = stored.accounts.find(account => account.id === id);
      const changed = old === undefined ? undefined : change(old);
      return changed === undefined
        ? undefined
        : {
            ...stored,
            accounts: stored.accounts.map(account => (account.id === id ? changed : account)),
          };
    });
    return outcome !== 'unchanged';
  }

  async #choose(id: string): Promise<void> {
    try {
      await this.choice.make(id);
    } catch {
      // It holds in this window; the next one goes by the account chosen last.
    }
  }
}
