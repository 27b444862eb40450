import type { SecretStorage } from 'vscode';
import type { Marks } from './accountChoice';
import type { Account } from './accounts';

/** What there is of accounts. */
export interface Stored {
  /** Chosen last, in whichever window. */
  readonly current?: string;
  readonly accounts: readonly Account[];
}

/** What VS Code calls a disposable, without needing VS Code. */
export interface Disposable {
  dispose(): void;
}

/** What the storage of secrets failed at. */
export type StorageTrouble = 'notRead' | 'notStored' | 'notRemoved';

/** @returns what is to be stored in its place; undefined leaves it as it is */
type Change = (stored: Stored) => Stored | undefined;

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
 * SecretStorage, and nothing else. What is read holds for a moment, unless another window is heard to
 * have signed in, out, or renewed the token; a change is always made to what is stored then. One that
 * the storage does not take holds in this window, and is made again with the next.
 */
export class AccountStorage {
  readonly #listeners = new Set<() => void>();
  readonly #troubleListeners = new Set<OnTrouble>();
  /**
   * What the storage would not take. Not what came of it: other windows change what is stored, too,
   * and who has signed out there is not to come back.
   */
  #unsaved: readonly Change[] = [];
  /** As last read or written, also for a storage that cannot be read any more. */
  #known = NOBODY;
  /** When that was, on the monotonic clock; it is outdated when it was never. */
  #knownAt = -Infinity;
  /** How often the storage is known to have changed: what was asked of it before may be outdated. */
  #changes = 0;
  /** Changes take turns, so that none is made to what another one has just replaced. */
  #turn: Promise<unknown> = Promise.resolve();

  /**
   * @param marks survives the window; only told whether there is anything in the storage
   * @param now milliseconds, monotonic
   */
  constructor(
    private readonly secrets: SecretStorage,
    private readonly marks?: Marks,
    private readonly now = () => performance.now(),
  ) {
    secrets.onDidChange(({ key }) => {
      if (key === KEY) {
        this.#knownAt = -Infinity;
        this.#changes += 1;
        this.#tell();
      }
    });
  }

  /**
   * Told in every window when an account came, went or got a new token; may be told twice.
   * Our own writes are told at once: VS Code has not always done so.
   */
  readonly onDidChange = (listener: () => void): Disposable => {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  };

  /** Told every time the storage fails: nothing else is thrown about it. */
  readonly onTrouble = (listener: OnTrouble): Disposable => {
    this.#troubleListeners.add(listener);
    return { dispose: () => this.#troubleListeners.delete(listener) };
  };

  /** @returns false when what is stored lasts until this window closes, or is not stored at all */
  async keepsSecrets(): Promise<boolean> {
    if (this.#unsaved.length > 0) {
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

  /**
   * Changes what is stored by then, whatever was read of it before.
   * @param change not asked for anything that takes time; asked again when the storage fails
   * @returns `failed` when it holds in this window only: whoever listens to troubles was told
   */
  change(
    change: Change,
    trouble: StorageTrouble = 'notStored',
  ): Promise<'changed' | 'unchanged' | 'failed'> {
    const turn = this.#turn.then(async () => {
      const isRead = await this.#refresh();
      const stored = change(this.#known);
      if (stored === undefined) {
        return 'unchanged';
      }
      this.#unsaved = [...this.#unsaved, change];
      return this.#write(stored, trouble, isRead);
    });
    // Whoever asked for this one hears of its failure; the next starts afresh.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** As it was a moment ago. */
  async lately(): Promise<Stored> {
    return this.now() - this.#knownAt < MOMENT ? this.#known : this.read();
  }

  /** As it is now. */
  async read(): Promise<Stored> {
    await this.#refresh();
    return this.#known;
  }

  /** @returns false when the storage does not tell what is in it: then nothing may be put there */
  async #refresh(): Promise<boolean> {
    const changes = this.#changes;
    try {
      const text = await this.secrets.get(KEY);
      if (this.#changes !== changes) {
        // It changed while the answer was on its way.
        return await this.#refresh();
      }
      const stored = text === undefined ? NOBODY : (JSON.parse(text) as Stored);
      this.#known = this.#unsaved.reduce((before, change) => change(before) ?? before, stored);
      if (text === undefined && this.marks?.get(MARK) === true && this.#unsaved.length === 0) {
        // VS Code deletes what it cannot decrypt, and answers as if there had been nothing. That is told
        // whenever somebody asks: who asked at start-up does not say it to the user.
        this.#trouble('notRead');
      } else {
        this.#knownAt = this.now();
      }
      return true;
    } catch (error) {
      this.#trouble('notRead', error);
      // What is damaged is nobody's any more.
      return error instanceof SyntaxError;
    }
  }

  async #write(
    stored: Stored,
    trouble: StorageTrouble,
    isRead: boolean,
  ): Promise<'changed' | 'failed'> {
    const empty = stored.accounts.length === 0;
    this.#known = stored;
    this.#knownAt = isRead ? this.now() : -Infinity;
    this.#changes += 1;
    try {
      if (!isRead) {
        throw new Error('nothing is stored over what cannot be read');
      }
      await (empty ? this.secrets.delete(KEY) : this.secrets.store(KEY, JSON.stringify(stored)));
      this.#unsaved = [];
      await this.#mark(!empty);
      return 'changed';
    } catch (error) {
      this.#trouble(trouble, error);
      return 'failed';
    } finally {
      this.#tell();
    }
  }

  #tell(): void {
    this.#listeners.forEach(listener => listener());
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
