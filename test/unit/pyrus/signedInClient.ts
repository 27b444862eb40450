import { authorize } from '../../../src/pyrus/auth';
import { PyrusClient } from '../../../src/pyrus/client';
import { systemClock } from '../../../src/pyrus/clock';
import type { Clock } from '../../../src/pyrus/clock';
import { Exchange } from '../../../src/pyrus/exchange';
import { send } from '../../../src/pyrus/http';
import { RateGate } from '../../../src/pyrus/rateLimit';
import { RetryBudget } from '../../../src/pyrus/retry';
import type { Server } from '../../../src/pyrus/servers';
import { Session } from '../../../src/pyrus/session';
import type { Grant, Grants } from '../../../src/pyrus/session';
import type { PyrusServer } from '../../pyrus-server/pyrus';

/** Keeps one grant in memory and renews it as an account does. */
export class MemoryGrants implements Grants {
  grant: Grant | undefined;

  constructor(
    readonly server: Server,
    private readonly exchange: Exchange,
    private readonly pyrus: PyrusServer,
  ) {}

  async current(): Promise<Grant> {
    return (this.grant ??= await this.#authorize(new AbortController().signal));
  }

  async renew(_stale: Grant, signal: AbortSignal): Promise<Grant> {
    return (this.grant = await this.#authorize(signal));
  }

  secrets(): Promise<readonly string[]> {
    return Promise.resolve([this.pyrus.securityKey]);
  }

  async #authorize(signal: AbortSignal): Promise<Grant> {
    const { login, securityKey } = this.pyrus;
    const answer = await authorize(this.exchange, this.server, { login, securityKey }, signal);
    return { token: answer.token, ...answer.addresses };
  }
}

export interface SignedInClient {
  readonly client: PyrusClient;
  readonly grants: MemoryGrants;
  readonly exchange: Exchange;
  readonly signal: AbortSignal;
  readonly controller: AbortController;
}

/** A client of the stand-in, put together as the extension does it. */
export async function signedInClient(
  pyrus: PyrusServer,
  profile: 'accounts' | 'onPremises' = 'accounts',
  clock: Clock = systemClock,
): Promise<SignedInClient> {
  const exchange = new Exchange(send, new RateGate(clock), clock);
  const server: Server = { kind: 'onPremises', origin: pyrus.origins[profile] };
  const grants = new MemoryGrants(server, exchange, pyrus);
  await grants.current();
  const controller = new AbortController();
  const client = new PyrusClient(new Session(grants), exchange, new RetryBudget());
  return { client, grants, exchange, controller, signal: controller.signal };
}
