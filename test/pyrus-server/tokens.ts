import { randomBytes } from 'node:crypto';
import type { Account } from './accounts';
import { TOKEN_MARK } from './canary';
import type { RefusalCode } from './texts';

/** What becomes of a token: `forgotten` ones are answered with `invalid_token`. */
export type TokenState = 'valid' | 'expired' | 'revoked' | 'forgotten';

interface Token {
  readonly value: string;
  readonly account: Account;
  state: TokenState;
}

const REFUSALS: Readonly<Record<Exclude<TokenState, 'valid'>, RefusalCode>> = {
  expired: 'expired_token',
  revoked: 'revoked_token',
  forgotten: 'invalid_token',
};

/** The tokens of one environment. Too many of one user: the oldest is revoked (help page). */
export class Tokens {
  readonly #tokens: Token[] = [];

  constructor(private readonly quota: number) {}

  issue(account: Account): string {
    const value = `${TOKEN_MARK}${randomBytes(48).toString('base64url')}`;
    this.#tokens.push({ value, account, state: 'valid' });
    const alive = this.#tokens.filter(
      token => token.account === account && token.state === 'valid',
    );
    for (const token of alive.slice(0, Math.max(0, alive.length - this.quota))) {
      token.state = 'revoked';
    }
    return value;
  }

  /** @param authorization the header as it came; only `Bearer` and one space are understood */
  check(authorization: string | undefined): Account | RefusalCode {
    const value = /^Bearer ([^\s]+)$/.exec(authorization ?? '')?.[1];
    if (value === undefined) {
      return 'token_not_specified';
    }
    const token = this.#tokens.find(known => known.value === value);
    if (token === undefined) {
      return 'invalid_token';
    }
    if (token.account.blocked) {
      return 'account_blocked';
    }
    return token.state === 'valid' ? token.account : REFUSALS[token.state];
  }

  /** Gives every token (of one login) issued so far another state. */
  set(state: TokenState, login?: string): void {
    for (const token of this.#tokens) {
      if (login === undefined || token.account.login === login) {
        token.state = state;
      }
    }
  }

  /** Values still accepted, oldest first. */
  valid(): string[] {
    return this.#tokens.filter(token => token.state === 'valid').map(token => token.value);
  }
}
