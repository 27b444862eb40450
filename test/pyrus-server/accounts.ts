import type { RefusalCode } from './texts';

/** A person as tasks and profiles show one. */
export interface Person {
  readonly id: number;
  readonly first_name: string;
  readonly last_name: string;
  readonly email: string;
  readonly type: 'user' | 'bot';
}

export interface Account {
  readonly login: string;
  readonly person: Person;
  securityKey: string;
  blocked: boolean;
}

/** Everybody who can sign in, and what signing in checks. */
export class Accounts {
  readonly #accounts: Account[];

  constructor(accounts: readonly Account[]) {
    this.#accounts = [...accounts];
  }

  /** @throws Error when a test names a login that does not exist */
  find(login: string): Account {
    const found = this.#accounts.find(account => account.login === login);
    if (found === undefined) {
      throw new Error(`no account has the login ${login}`);
    }
    return found;
  }

  /** One e-mail may belong to several persons; then only `personId` tells which. */
  signIn(login: string, securityKey: string, personId: number | undefined): Account | RefusalCode {
    const known = this.#accounts.filter(
      account => account.login === login && account.securityKey === securityKey,
    );
    const meant = known.filter(account => personId === undefined || account.person.id === personId);
    const [account] = meant;
    if (account === undefined) {
      return 'invalid_credentials';
    }
    if (meant.length > 1) {
      return 'non_unique_email';
    }
    return account.blocked ? 'account_blocked' : account;
  }
}
