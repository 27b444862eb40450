import { PyrusError } from './errors';
import { withoutSecrets } from './redaction';
import type { Addresses } from './servers';

/** A token and where it may go. */
export interface Grant extends Addresses {
  readonly token: string;
}

/** Keeps one account: hands out the grant at hand, and a fresh one for a stale one. */
export interface Grants {
  /**
   * Undefined when there is none at hand, and only a renewal gives one.
   * @throws PyrusError `signedOut` when the account is signed out
   */
  current(): Promise<Grant | undefined>;
  /**
   * A new grant in place of `stale`, which is the current one.
   * @throws PyrusError when the credentials are no longer accepted
   */
  renew(stale: Grant | undefined, signal: AbortSignal): Promise<Grant>;
  /** What is secret about the account beside its token: a server has been sent it, too. */
  secrets(): Promise<readonly string[]>;
}

/** Tokens of earlier that are still looked for in what a server says. */
const REMEMBERED_TOKENS = 4;

/**
 * Calls Pyrus as one account. On a 401 the token is renewed once, shared by all calls that
 * wait for it, and the call is made once more; a second 401 is final. Pyrus drops the oldest token
 * when too many are issued (help page "Authorization"), so a token is never asked for otherwise.
 */
export class Session {
  readonly #renewals = new Map<string | undefined, Promise<Grant>>();
  /** The last token for which there was no new one, for calls that hear of its end only later. */
  #lost: { readonly token: string; readonly error: PyrusError } | undefined;

  /** The ones last used, the newest first. */
  #tokens: readonly string[] = [];

  /** @param closing aborted when the window closes: ends renewals, which no caller's cancel does */
  constructor(
    private readonly grants: Grants,
    private readonly closing = new AbortController().signal,
  ) {}

  /** @param call made with a grant, twice at the most; throws `tokenExpired` to have it renewed */
  async run<T>(call: (grant: Grant) => Promise<T>, signal: AbortSignal): Promise<T> {
    const grant = await this.grants.current();
    if (grant !== undefined) {
      try {
        return await this.#discreetly(call, grant);
      } catch (error) {
        if (!isExpiry(error)) {
          throw error;
        }
      }
    }
    const fresh = await abortable(this.#renew(grant), signal);
    try {
      return await this.#discreetly(call, fresh);
    } catch (error) {
      throw isExpiry(error) ? new PyrusError({ kind: 'sessionRefused' }, { cause: error }) : error;
    }
  }

  /** Key and tokens stay between the two ends of the call, whatever the server says about them. */
  async #discreetly<T>(call: (grant: Grant) => Promise<T>, grant: Grant): Promise<T> {
    const { token } = grant;
    const earlier = this.#tokens.filter(known => known !== token);
    this.#tokens = [token, ...earlier].slice(0, REMEMBERED_TOKENS);
    try {
      return await call(grant);
    } catch (error) {
      const secrets = await this.grants.secrets();
      throw withoutSecrets(error, [token, ...this.#tokens, ...secrets]);
    }
  }

  /** One renewal for all that wait; not tied to any one caller's cancel. */
  #renew(stale: Grant | undefined): Promise<Grant> {
    const running = this.#renewals.get(stale?.token);
    if (running !== undefined) {
      return running;
    }
    const renewal = this.#fresh(stale).finally(() => this.#renewals.delete(stale?.token));
    this.#renewals.set(stale?.token, renewal);
    return renewal;
  }

  async #fresh(stale: Grant | undefined): Promise<Grant> {
    if (stale !== undefined && this.#lost?.token === stale.token) {
      throw this.#lost.error;
    }
    const current = await this.grants.current();
    // Somebody was faster: a call that started earlier, or another window. One more token would
    // only revoke the oldest one of this user.
    if (current !== undefined && current.token !== stale?.token) {
      return current;
    }
    try {
      return await this.grants.renew(stale, this.closing);
    } catch (error) {
      if (stale !== undefined && isRefusal(error)) {
        this.#lost = { token: stale.token, error };
      }
      throw error;
    }
  }
}

function isExpiry(error: unknown): boolean {
  return error instanceof PyrusError && error.failure.kind === 'tokenExpired';
}

/** The key is not accepted: asking again with the same one gives the same answer, or blocks it. */
function isRefusal(error: unknown): error is PyrusError {
  return error instanceof PyrusError && error.failure.kind === 'invalidCredentials';
}

/** Waits for `promise`, but not longer than the caller wants. */
function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason as Error);
    if (signal.aborted) {
      abort();
    }
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
