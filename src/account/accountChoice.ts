import type { Account } from './accounts';

/** The part of VS Code's Memento that is needed. */
export interface Marks {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** What a choice is made among. */
export interface Choosable {
  /** The id of the one chosen last, in whichever window. */
  readonly current?: string;
  readonly accounts: readonly Account[];
}

const KEY = 'pyrus.account';

/**
 * Which account this window works with: the one chosen or used in its workspace; else the one chosen
 * last anywhere. Once it works with one it stays with it as long as that is signed in, whatever another
 * window does.
 */
export class AccountChoice {
  #held: string | undefined;

  /** @param workspace survives the window; absent where no workspace is open */
  constructor(private readonly workspace?: Marks) {}

  /** @returns undefined when there is nobody to choose from */
  among({ current, accounts }: Choosable): Account | undefined {
    const account = [this.#held, this.workspace?.get(KEY), current]
      .map(id => accounts.find(known => known.id === id))
      .find(known => known !== undefined);
    const chosen = account ?? accounts[0];
    // One that is held and not there may just be on its way into the storage.
    this.#held ??= chosen?.id;
    return chosen;
  }

  /** From now on, and in this workspace from the start. */
  async make(id: string): Promise<void> {
    this.#held = id;
    if (this.workspace !== undefined && this.workspace.get(KEY) !== id) {
      await this.workspace.update(KEY, id);
    }
  }
}
