import { setMaxListeners } from 'node:events';
import type { Accounts } from './accounts';
import { bigTask, type Bigness } from './bigTask';
import { canaryInRequest } from './canary';
import { buildEnvironment, type Environment } from './environment';
import { Faults, matches, type Fault, type RequestPattern, type ScriptedFault } from './faults';
import type { NewFile, StoredFile, Upload } from './files';
import { bob, fixtureAccounts } from './fixtures';
import { Journal, type OriginName, type SeenRequest } from './journal';
import { settingsOf, type PyrusOptions } from './options';
import { Origins } from './origins';
import type { Serving } from './serve';
import type { Task } from './tasks';
import type { TokenState } from './tokens';

type EnvironmentName = Environment['name'];

/** Starts the stand-in Pyrus on loopback. `close()` it when the test is over. */
export async function startPyrus(options: PyrusOptions = {}): Promise<PyrusServer> {
  const settings = settingsOf(options);
  const closing = new AbortController();
  // Every request that waits listens to it.
  setMaxListeners(0, closing.signal);
  const journal = new Journal();
  const serving = { journal, faults: new Faults(), settings, closing: closing.signal };
  const origins = await Origins.listen(serving);
  const accounts = fixtureAccounts();
  const build = (name: EnvironmentName): Environment =>
    buildEnvironment(name, accounts, settings, origins.urls);
  const environments = { cloud: build('cloud'), onPremises: build('onPremises') };
  origins.serve(environments);
  return new PyrusServer(serving, closing, origins, accounts, environments);
}

/** A running stand-in Pyrus: what tests look at and pull on. */
export class PyrusServer {
  /** Addresses without a trailing slash. Nothing may ever be sent to `foreign`. */
  readonly origins: Readonly<Record<OriginName, string>>;
  /** What the fixtures' main user types. */
  readonly login = bob.login;

  constructor(
    private readonly serving: Serving,
    private readonly closing: AbortController,
    private readonly listening: Origins,
    private readonly accounts: Accounts,
    private readonly environments: Readonly<Record<EnvironmentName, Environment>>,
  ) {
    this.origins = listening.urls;
  }

  /** Of `login`, as it is now. */
  get securityKey(): string {
    return this.accounts.find(bob.login).securityKey;
  }

  /** Every request so far in the order of arrival, on all origins. */
  get requests(): readonly SeenRequest[] {
    return this.serving.journal.requests;
  }

  /** Requests to sign in, also refused ones. */
  get authCount(): number {
    return this.requests.filter(({ path }) => /^\/api\/v4\/auth\/?(\?|$)/.test(path)).length;
  }

  /** Requests that reached the foreign origin: there must be none. */
  get foreignRequests(): readonly SeenRequest[] {
    return this.requests.filter(({ origin }) => origin === 'foreign');
  }

  /** Codes of bytes that were no HTTP request, such as a body longer than its Content-Length. */
  get malformed(): readonly string[] {
    return this.serving.journal.malformed;
  }

  /** Finished uploads of both environments. */
  get uploads(): readonly Upload[] {
    const { cloud, onPremises } = this.environments;
    return [...cloud.files.uploads, ...onPremises.files.uploads];
  }

  get openSockets(): number {
    return this.listening.openSockets;
  }

  /** Connections ever accepted, on all origins. */
  get connections(): number {
    return this.listening.connections;
  }

  /**
   * The first request, past or to come, that matches and is accepted by `until`, which is asked
   * at its arrival, at each piece of its body and at its end. Rejects when the server closes first.
   */
  async when(
    pattern: RequestPattern,
    until: (request: SeenRequest) => boolean = () => true,
  ): Promise<SeenRequest> {
    return this.serving.journal.when(request => matches(pattern, request) && until(request));
  }

  /** Puts a fault in force; the oldest that matches takes a request. */
  script(fault: Fault): ScriptedFault {
    return this.serving.faults.add(fault);
  }

  /** Ends all scripted faults. */
  clearFaults(): void {
    this.serving.faults.clear();
  }

  /** Adds a file that can be downloaded. */
  addFile(file: NewFile, environment: EnvironmentName = 'cloud'): StoredFile {
    return this.environments[environment].files.add(file);
  }

  /** Adds a task, or puts it in the place of the one with its id. */
  addTask(task: Task, environment: EnvironmentName = 'cloud'): void {
    this.environments[environment].tasks.add(task);
  }

  /** Adds a task that is as large as Pyrus allows, unless told. @returns its id */
  addBigTask(bigness?: Partial<Bigness>, environment: EnvironmentName = 'cloud'): number {
    const { files, web } = this.environments[environment];
    const task = bigTask(files, web, bigness);
    this.addTask(task, environment);
    return Number(task.id);
  }

  /** A task as it is now, whoever may see it. */
  task(id: number, environment: EnvironmentName = 'cloud'): Task | undefined {
    return this.environments[environment].tasks.find(id);
  }

  /** A token without signing in; counts towards the quota. */
  issueToken(environment: EnvironmentName = 'cloud', login: string = bob.login): string {
    return this.environments[environment].tokens.issue(this.accounts.find(login));
  }

  /** Gives all tokens issued so far (of one login) another state, in both environments. */
  setTokens(state: TokenState, login?: string): void {
    for (const { tokens } of Object.values(this.environments)) {
      tokens.set(state, login);
    }
  }

  /** Tokens that are accepted now, oldest first. */
  validTokens(environment: EnvironmentName = 'cloud'): readonly string[] {
    return this.environments[environment].tokens.valid();
  }

  /** Forgets every GUID that is not attached to anything. */
  expireGuids(): void {
    for (const { files } of Object.values(this.environments)) {
      files.expireGuids();
    }
  }

  blockAccount(login: string = bob.login, blocked = true): void {
    this.accounts.find(login).blocked = blocked;
  }

  /** As on the settings page: all tokens issued with the old key die. */
  changeKey(securityKey: string, login: string = bob.login): void {
    this.accounts.find(login).securityKey = securityKey;
    this.setTokens('revoked', login);
  }

  /** Leaves the user `left` requests until `seconds` from now. */
  limitRequests(left: number, seconds: number, login: string = bob.login): void {
    for (const { limiter } of Object.values(this.environments)) {
      limiter.set(login, left, seconds);
    }
  }

  /**
   * Destroys every socket and resolves when all is gone.
   * @throws AggregateError when the stand-in itself failed at something
   * @throws Error when a request carried a token or a key where none belongs, or to a foreign origin
   */
  async close(): Promise<void> {
    this.closing.abort();
    await this.listening.close();
    this.serving.journal.close();
    const { failures } = this.serving.journal;
    if (failures.length > 0) {
      throw new AggregateError(failures, `the stand-in Pyrus failed: ${failures.join('; ')}`);
    }
    const { damagedRequests } = this.serving.settings;
    const judged = damagedRequests ? this.foreignRequests : this.requests;
    const leak = judged.map(canaryInRequest).find(found => found !== undefined);
    if (leak !== undefined) {
      throw new Error(`a secret where none belongs: ${leak}`);
    }
  }
}
