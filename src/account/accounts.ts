import type { SecretStorage } from 'vscode';
import type { Grant } from '../pyrus/session';
import type { Server } from '../pyrus/servers';
import type { Credentials } from '../pyrus/auth';
import { AccountChoice } from './accountChoice';
import type { Marks } from './accountChoice';
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

interface Stored {
  /** Chosen last, in whichever window. */
  readonly current?: string;
  readonly accounts: readonly Account[];
}

/** What VS Code calls a disposable, without needing VS Code. */
interface Disposable {
  dispose(): void;
}

/** What the storage of secrets failed at. */
export type StorageTrouble = 'notRead' | 'notStored' | 'notRemoved';

/** Told of a failing storage; `reason` is what it said, for the log. */
type OnTrouble = (trouble: StorageTrouble, reason: string) => void;

const KEY = 'pyrus.accounts';
/** Stored and removed again, to see whether anything can be: nothing secret. Each window has its own. */
const TRIAL = `pyrus.trial.${process.pid}`;
/** Not secret, and kept elsewhere: whether there should be something under {@link KEY}. */
const MARK = 'pyrus.accountsStored';
const NOBODY: Stored = { accounts: [] };

/** Milliseconds: a command asks half a dozen times, and every file of a batch once. */
const MOMENT = 1000;

/**
 * The accounts, in SecretStorage and nowhere else. What is read holds for a moment, unless another
 * window is heard to have signed in, out, or renewed the token; a change is always made to what is
 * stored then. What the storage fails to keep holds in this window, until it closes.
 */
export class Accounts {
  readonly #listeners = new Set<() => void>();
  readonly #troubleListeners = new Set<OnTrouble>();
  /** What the storage would not take. */
  #unsaved: Stored | undefined;
  /** As last read or written, also for a storage that cannot be read any more. */
  #known = NOBODY;
  /** When that was, on the monotonic clock; it is outdated when it was never. */
  #knownAt = -Infinity;
  /** Changes take turns, so that none is made to what another one has just replaced. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @param marks survives the window; only told whether there is anything in the storage
   * @param choice which of them this window works with
   * @param now milliseconds, monotonic
   */
  constructor(
    private readonly secrets: SecretStorage,
    private readonly marks?: Marks,
    private readonly choice = new AccountChoice(),
    private readonly now = () => performance.now(),
  ) {
    secrets.onDidChange(({ key }) => {
      if (key === KEY) {
        this.#knownAt = -Infinity;
      }
    });
  }

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

  /** Told every time the storage fails: nothing else is thrown about it. */
  readonly onTrouble = (listener: OnTrouble): Disposable => {
    this.#troubleListeners.add(listener);
    return { dispose: () => this.#troubleListeners.delete(listener) };
  };

  /** The account that commands use in this window. */
  async current(): Promise<Account | undefined> {
    return this.choice.among(await this.#lately());
  }

  /** A command begins to work with this account: its workspace is to have it next time, too. */
  async use(id: string): Promise<void> {
    await this.#choose(id);
  }

  /** Makes this account the current one here, and in windows that have not had any yet. */
  async switchTo(id: string): Promise<void> {
    await this.#choose(id);
    await this.#change(stored => ({ ...stored, current: id }));
  }

  async all(): Promise<readonly Account[]> {
    return (await this.#lately()).accounts;
  }

  /** @returns undefined when it is not signed in */
  async find(id: string): Promise<Account | undefined> {
    return (await this.all()).find(account => account.id === id);
  }

  /** @returns false when what is stored lasts until this window closes, or is not stored at all */
  async keepsSecrets(): Promise<boolean> {
    if (this.#unsaved !== undefined) {
      return false;
    }
    try {
      await this.secrets.store(TRIAL, TRIAL);
      const kept = await this.secrets.get(TRIAL);
      await this.secrets.delete(TRIAL);
      return kept === TRIAL;
    } catch {
      // Nothing was lost by it, and whoever asked is told.
      return false;
    }
  }

  /** As `find`, but what is stored now: another window may have renewed its token this very moment. */
  async findStored(id: string): Promise<Account | undefined> {
    return (await this.#read()).accounts.find(account => account.id === id);
  }

  /** Adds the account, or replaces the one with its id, and makes it the current one. @returns as stored */
  async signIn(account: Account): Promise<Account> {
    let stored = account;
    await this.#choose(account.id);
    await this.#change(({ accounts }) => {
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
   * Removes the account with its key and its token.
   * @returns false when the storage would not: it is gone from this window only
   */
  async signOut(id: string): Promise<boolean> {
    const removed = await this.#change(
      ({ current, accounts }) => ({
        ...(current === undefined || current === id ? {} : { current }),
        accounts: accounts.filter(account => account.id !== id),
      }),
      'notRemoved',
    );
    return removed !== 'failed';
  }

  /** @returns false when there is nothing to replace */
  async #replace(id: string, change: (account: Account) => Account | undefined): Promise<boolean> {
    const outcome = await this.#change(stored => {
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

  #change(
    change: (stored: Stored) => Stored | undefined,
    trouble: StorageTrouble = 'notStored',
  ): Promise<'changed' | 'unchanged' | 'failed'> {
    const turn = this.#turn.then(async () => {
      const stored = change(await this.#read());
      return stored === undefined ? 'unchanged' : this.#write(stored, trouble);
    });
    // Whoever asked for this one hears of its failure; the next starts afresh.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** As it was a moment ago. */
  async #lately(): Promise<Stored> {
    return this.now() - this.#knownAt < MOMENT ? this.#known : this.#read();
  }

  async #read(): Promise<Stored> {
    if (this.#unsaved !== undefined) {
      return this.#unsaved;
    }
    try {
      const text = await this.secrets.get(KEY);
      if (text === undefined && this.marks?.get(MARK) === true) {
        // VS Code deletes what it cannot decrypt, and answers as if there had been nothing.
        this.#trouble('notRead');
      }
      this.#known = text === undefined ? NOBODY : (JSON.parse(text) as Stored);
      this.#knownAt = this.now();
    } catch (error) {
      this.#trouble('notRead', error);
    }
    return this.#known;
  }

  async #write(stored: Stored, trouble: StorageTrouble): Promise<'changed' | 'failed'> {
    const empty = stored.accounts.length === 0;
    this.#known = stored;
    this.#knownAt = this.now();
    try {
      await (empty ? this.secrets.delete(KEY) : this.secrets.store(KEY, JSON.stringify(stored)));
      this.#unsaved = undefined;
      await this.#mark(!empty);
      return 'changed';
    } catch (error) {
      this.#unsaved = stored;
      this.#trouble(trouble, error);
      return 'failed';
    } finally {
      this.#listeners.forEach(listener => listener());
    }
  }

  async #choose(id: string): Promise<void> {
    try {
      await this.choice.make(id);
    } catch {
      // It holds in this window; the next one goes by the account chosen last.
    }
  }

  async #mark(stored: boolean): Promise<void> {
    try {
      await this.marks?.update(MARK, stored ? true : undefined);
    } catch {
      // The mark only tells a lost sign-in from none; what it is about is stored.
    }
  }

  #trouble(trouble: StorageTrouble, error?: unknown): void {
    this.#troubleListeners.forEach(listener => listener(trouble, reasonOf(error)));
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof SyntaxError) {
    // What JSON.parse says quotes the text: a secret.
    return 'it is damaged';
  }
  return error instanceof Error ? error.message : 'it is empty';
}
