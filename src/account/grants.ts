import { authorize } from '../pyrus/auth';
import { PyrusError } from '../pyrus/errors';
import type { Exchange } from '../pyrus/exchange';
import type { Grant, Grants } from '../pyrus/session';
import type { Account, Accounts } from './accounts';

/** Hands one account's token to the client, and renews it with the stored key. */
export class AccountGrants implements Grants {
  /** @param id of the account: whoever signs in meanwhile, calls go on with this one's token */
  constructor(
    private readonly accounts: Accounts,
    private readonly exchange: Exchange,
    private readonly id: string,
  ) {}

  async current(): Promise<Grant | undefined> {
    return accountThere(await this.accounts.find(this.id)).grant;
  }

  async renew(stale: Grant | undefined, signal: AbortSignal): Promise<Grant> {
    const account = accountThere(await this.accounts.findStored(this.id));
    if (account.grant !== undefined && account.grant.token !== stale?.token) {
      return account.grant;
    }
    const grant = await this.#authorized(account, signal);
    if (!(await this.accounts.regrant(this.id, grant))) {
      throw new PyrusError({ kind: 'signedOut' });
    }
    return grant;
  }

  async secrets(): Promise<readonly string[]> {
    const account = await this.accounts.find(this.id);
    return account?.credentials === undefined ? [] : [account.credentials.securityKey];
  }

  async #authorized(account: Account, signal: AbortSignal): Promise<Grant> {
    const { server, credentials, allowedHosts } = account;
    if (credentials === undefined) {
      await this.accounts.dropGrant(this.id, account.grant?.token);
      throw new PyrusError({ kind: 'sessionRefused' });
    }
    try {
      const answer = await authorize(this.exchange, server, credentials, signal);
      const unasked = answer.foreignHosts.find(host => !allowedHosts.includes(host));
      if (unasked !== undefined) {
        throw new PyrusError({ kind: 'hostRefused', url: unasked });
      }
      return { token: answer.token, ...answer.addresses };
    } catch (error) {
      if (error instanceof PyrusError && error.failure.kind === 'invalidCredentials') {
        // The key stays until the user enters another: servers have been wrong about it before.
        await this.accounts.dropGrant(this.id, account.grant?.token);
      }
      throw error;
    }
  }
}

/** @throws PyrusError `signedOut` */
function accountThere(account: Account | undefined): Account {
  if (account === undefined) {
    throw new PyrusError({ kind: 'signedOut' });
  }
  return account;
}
