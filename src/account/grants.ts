import { authorize } from '../pyrus/auth';
import { PyrusError } from '../pyrus/errors';
import type { Exchange } from '../pyrus/exchange';
import type { Grant, Grants } from '../pyrus/session';
import type { Accounts } from './accounts';

/** Hands the current account's token to the client, and renews it with the stored key. */
export class AccountGrants implements Grants {
  constructor(
    private readonly accounts: Accounts,
    private readonly exchange: Exchange,
  ) {}

  async current(): Promise<Grant> {
    const account = await this.accounts.current();
    if (account === undefined) {
      throw new PyrusError({ kind: 'signedOut' });
    }
    return account.grant;
  }

  async renew(stale: Grant, signal: AbortSignal): Promise<Grant> {
    const account = await this.accounts.current();
    if (account === undefined) {
      throw new PyrusError({ kind: 'signedOut' });
    }
    if (account.grant.token !== stale.token) {
      return account.grant;
    }
    if (account.credentials === undefined) {
      throw new PyrusError({ kind: 'sessionRefused' });
    }
    const { token, addresses, foreignHosts } = await authorize(
      this.exchange,
      account.server,
      account.credentials,
      signal,
    );
    const unasked = foreignHosts.find(host => !account.allowedHosts.includes(host));
    if (unasked !== undefined) {
      throw new PyrusError({ kind: 'hostRefused', url: unasked });
    }
    const grant: Grant = { token, ...addresses };
    if (!(await this.accounts.regrant(account.id, grant))) {
      throw new PyrusError({ kind: 'signedOut' });
    }
    return grant;
  }
}
