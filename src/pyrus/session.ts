import { PyrusError } from './errors';
import { withoutSecrets } from './redaction';
import type { Addresses } from './servers';

/** A token and where it may go. */
export interface Grant extends Addresses {
  readonly token: string;
}

/** Whoever keeps the credentials: hands out the grant at hand, and a fresh one for a stale one. */
export interface Grants {
  /** @throws PyrusError `signedOut` when nobody is signed in */
  current(): Promise<Grant>;
  /**
   * A new grant in place of `stale`, which is the current one.
   * @throws PyrusError when the credentials are no longer accepted
   */
  renew(stale: Grant, signal: AbortSignal): Promise<Grant>;
}

/**
 * Calls Pyrus as whoever is signed in. On a 401 the token is renewed once, shared by all calls that
 * wait for it, and the call is made once more; a second 401 is final. Pyrus drops the oldest token
 * when too many are issued (help page "Authorization"), so a token is never asked for otherwise.
 */
export class Session {
  readonly #renewals = new Map<string, Promise<Grant>>();

  constructor(private readonly grants: Grants) {}

  /** @param call made with a grant, twice at the most; throws `tokenExpired` to have it renewed */
  async run<T>(call: (grant: Grant) => Promise<T>, signal: AbortSignal): Promise<T> {
    const grant = await this.grants.current();
    try {
      return await discreetly(call, grant);
    } catch (error) {
      if (!isExpiry(error)) {
        throw error;
      }
    }
    const fresh = await abortable(this.#renew(grant), signal);
    try {
      return await discreetly(call, fresh);
    } catch (error) {
      throw isExpiry(error) ? new PyrusError({ kind: 'sessionRefused' }, { cause: error }) : error;
    }
  }

  /** One renewal for all that wait; not tied to any one caller's cancel. */
  #renew(stale: Grant): Promise<Grant> {
    const running = this.#renewals.get(stale.token);
    if (running !== undefined) {
      return running;
    }
    const renewal = this.#fresh(stale).finally(() => this.#renewals.delete(stale.token));
    this.#renewals.set(stale.token, renewal);
    return renewal;
  }

  async #fresh(stale: Grant): Promise<Grant> {
    const current = await this.grants.current();
    // Somebody was faster: a call that started earlier, or another window. One more token would
    // only revoke the oldest one of this user.
    return current.token === stale.token
      ? this.grants.renew(stale, new AbortController().signal)
      : current;
  }
}

/** The token stays between the two ends of the call, whatever the server says about it. */
async function discreetly<T>(call: (grant: Grant) => Promise<T>, grant: Grant): Promise<T> {
  try {
    return await call(grant);
  } catch (error) {
    throw withoutSecrets(error, [grant.token]);
  }
}

function isExpiry(error: unknown): boolean {
  return error instanceof PyrusError && error.failure.kind === 'tokenExpired';
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
