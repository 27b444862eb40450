import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { globalAgent } from 'node:http';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { Accounts } from '../../src/account/accounts';
import type { Account } from '../../src/account/accounts';
import { AccountGrants } from '../../src/account/grants';
import { authorize, whoAmI } from '../../src/pyrus/auth';
import { PyrusClient } from '../../src/pyrus/client';
import type { TransferOptions } from '../../src/pyrus/client';
import type { Clock } from '../../src/pyrus/clock';
import { Exchange } from '../../src/pyrus/exchange';
import { send } from '../../src/pyrus/http';
import type { UploadSource } from '../../src/pyrus/ports';
import { RateGate } from '../../src/pyrus/rateLimit';
import { RetryBudget } from '../../src/pyrus/retry';
import { Session } from '../../src/pyrus/session';
import type { Grant } from '../../src/pyrus/session';
import { fileSource } from '../../src/transfer/fileSource';
import type { PyrusOptions } from '../pyrus-server/options';
import { startPyrus } from '../pyrus-server/pyrus';
import type { PyrusServer } from '../pyrus-server/pyrus';
import type { MemoryMarks } from '../unit/account/memoryMarks';
import { MemorySecrets } from '../unit/account/memorySecrets';
import { TempFolder } from '../unit/transfer/filesOnDisk';
import { eventually } from '../unit/transfer/incomingFiles';
import { TestClock } from './testClock';

export type GrantedAccount = Account & { readonly grant: Grant };

/** Sockets of this process on which a request is under way. */
export function socketsInUse(): number {
  return Object.values(globalAgent.sockets).reduce((sum, list) => sum + (list?.length ?? 0), 0);
}

/** What one window of the editor has, put together as the extension does it. */
export class Window {
  readonly accounts: Accounts;
  readonly exchange: Exchange;

  constructor(
    secrets: MemorySecrets,
    clock: Clock,
    marks?: MemoryMarks,
    readonly closing = new AbortController(),
  ) {
    this.accounts = new Accounts(secrets, marks);
    this.exchange = new Exchange(send, new RateGate(clock), clock);
  }

  /** The client of one account; one for all calls of the window, as sessions are. */
  clientOf({ id }: Pick<Account, 'id'>): PyrusClient {
    const grants = new AccountGrants(this.accounts, this.exchange, id);
    const session = new Session(grants, this.closing.signal);
    return new PyrusClient(session, this.exchange, new RetryBudget(1e9));
  }

  /** Verifies somebody as signing in does it. */
  async verify(
    pyrus: PyrusServer,
    login: string = pyrus.login,
    securityKey = pyrus.securityKey,
  ): Promise<GrantedAccount> {
    const server = { kind: 'onPremises', origin: pyrus.origins.accounts } as const;
    const credentials = { login, securityKey };
    const { signal } = this.closing;
    const { token, addresses } = await authorize(this.exchange, server, credentials, signal);
    const grant = { token, ...addresses };
    const { personId, name, organization } = await whoAmI(this.exchange, grant, signal);
    const id = `${new URL(server.origin).host}/${personId}`;
    return { id, server, label: login, name, organization, credentials, grant, allowedHosts: [] };
  }
}

/**
 * A stand-in Pyrus and a window in which its main user is signed in, for every test of a
 * `describe`. Afterwards nothing may be left, nothing may have gone to a foreign origin, and no
 * address may hold what belongs into a header or a body.
 */
export class AccountScene {
  readonly never = new AbortController().signal;
  #clock = new TestClock();
  #secrets = new MemorySecrets();
  #pyrus: PyrusServer | undefined;
  #temp: TempFolder | undefined;
  #here: Window | undefined;
  #account: GrantedAccount | undefined;
  #client: PyrusClient | undefined;

  private constructor(private readonly options: PyrusOptions) {}

  /** Call in the body of the `describe`. */
  static prepare(options: PyrusOptions = {}): AccountScene {
    const scene = new AccountScene(options);
    beforeEach(() => scene.open());
    afterEach(() => scene.close());
    return scene;
  }

  get clock(): TestClock {
    return this.#clock;
  }

  get secrets(): MemorySecrets {
    return this.#secrets;
  }

  get pyrus(): PyrusServer {
    return this.#pyrus ?? assert.fail('too early');
  }

  get temp(): TempFolder {
    return this.#temp ?? assert.fail('too early');
  }

  get here(): Window {
    return this.#here ?? assert.fail('too early');
  }

  /** As it was when it signed in. */
  get account(): GrantedAccount {
    return this.#account ?? assert.fail('too early');
  }

  get client(): PyrusClient {
    return this.#client ?? assert.fail('too early');
  }

  /** Another window of the same user. */
  window(secrets = this.secrets.otherWindow(), marks?: MemoryMarks): Window {
    return new Window(secrets, this.clock, marks);
  }

  add(content: Buffer | string = 'content'): number {
    return this.pyrus.addFile({ name: 'отчёт.txt', content }).id;
  }

  download(
    id: number,
    client = this.client,
    options: Partial<TransferOptions> = {},
  ): Promise<Buffer> {
    return client.download(
      id,
      async file => {
        const bytes = await buffer(file.body);
        file.assertComplete();
        return bytes;
      },
      { signal: this.never, ...options },
    );
  }

  /** A file to send. */
  async source(content: Buffer, name = 'план.bin'): Promise<UploadSource> {
    const path = join(this.temp.path, name);
    await writeFile(path, content);
    return fileSource(path);
  }

  requests(path: RegExp): number {
    return this.pyrus.requests.filter(request => path.test(request.path)).length;
  }

  /** The account as it is stored, read behind everybody's back. */
  async stored(): Promise<Account | undefined> {
    return new Accounts(this.secrets.otherWindow()).find(this.account.id);
  }

  async open(): Promise<void> {
    this.#clock = new TestClock();
    this.#secrets = new MemorySecrets();
    this.#temp = await TempFolder.create();
    this.#pyrus = await startPyrus(this.options);
    this.#here = new Window(this.secrets, this.clock);
    this.#account = await this.here.verify(this.pyrus);
    await this.here.accounts.signIn(this.account);
    this.#client = this.here.clientOf(this.account);
  }

  async close(): Promise<void> {
    try {
      assert.deepEqual(this.pyrus.foreignRequests, []);
      this.#assertAddressesClean();
      await eventually(() => (socketsInUse() === 0 ? true : undefined));
      assert.equal(this.temp.descriptors(), 0, 'a descriptor is left open');
      assert.equal(this.clock.alarms, 0, 'a timer is left');
    } finally {
      await this.pyrus.close();
      await this.temp.remove();
    }
  }

  #assertAddressesClean(): void {
    const { login, securityKey } = this.pyrus;
    const secrets = [login, securityKey, this.account.grant.token, ...this.pyrus.validTokens()];
    for (const { path } of this.pyrus.requests) {
      const found = secrets.filter(
        secret => path.includes(secret) || path.includes(encodeURIComponent(secret)),
      );
      assert.deepEqual(found, [], `an address holds a secret: ${path}`);
    }
  }
}
