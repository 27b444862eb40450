import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Environment } from './environment';
import type { OriginName, SeenRequest } from './journal';
import { Origin } from './origin';
import { Service, type Serving } from './serve';

const NAMES = ['accounts', 'api', 'files', 'onPremises', 'foreign'] as const;

type Environments = Readonly<Record<Environment['name'], Environment>>;

/** The five addresses, and the way of a request from each to its environment. */
export class Origins {
  readonly #origins = new Map<OriginName, Origin>();
  readonly #running = new Set<Promise<void>>();
  #environments: Environments | undefined;

  private constructor(private readonly serving: Serving) {}

  /** @throws when a port that was asked for is taken */
  static async listen(serving: Serving): Promise<Origins> {
    const origins = new Origins(serving);
    const { port } = serving.settings;
    try {
      for (const [at, name] of NAMES.entries()) {
        await origins.#open(name).listen(port === 0 ? 0 : port + at);
      }
    } catch (error) {
      await origins.close();
      throw error;
    }
    return origins;
  }

  /** From now on requests are answered by these. */
  serve(environments: Environments): void {
    this.#environments = environments;
  }

  get urls(): Readonly<Record<OriginName, string>> {
    return {
      accounts: this.#url('accounts'),
      api: this.#url('api'),
      files: this.#url('files'),
      onPremises: this.#url('onPremises'),
      foreign: this.#url('foreign'),
    };
  }

  get openSockets(): number {
    return this.#sum(origin => origin.openSockets);
  }

  get connections(): number {
    return this.#sum(origin => origin.connections);
  }

  /** Resolves when no port, no socket and no request is left. */
  async close(): Promise<void> {
    await Promise.all([...this.#origins.values()].map(origin => origin.close()));
    await Promise.all(this.#running);
  }

  #open(name: OriginName): Origin {
    const origin = new Origin(
      (request, response, connection) => this.#take(name, request, response, connection),
      code => this.serving.journal.malformed.push(code),
    );
    this.#origins.set(name, origin);
    return origin;
  }

  #take(
    name: OriginName,
    request: IncomingMessage,
    response: ServerResponse,
    connection: number,
  ): void {
    const environment = this.#environments?.[name === 'onPremises' ? 'onPremises' : 'cloud'];
    if (environment === undefined) {
      request.socket.destroy();
      return;
    }
    const seen = this.#note(name, request, connection, environment);
    if (name === 'foreign') {
      response.end('You should not have called.');
      this.serving.journal.end(seen, 'answered');
      return;
    }
    const service = new Service(this.serving, name, environment, seen, request, response);
    const running = service.run().finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  #note(
    origin: OriginName,
    request: IncomingMessage,
    connection: number,
    environment: Environment,
  ): SeenRequest {
    const { authorization } = request.headers;
    const accepted = typeof environment.tokens.check(authorization) !== 'string';
    return this.serving.journal.add({
      origin,
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      rawHeaders: request.rawHeaders,
      authorization: authorization === undefined ? 'absent' : accepted ? 'right' : 'wrong',
      connection,
    });
  }

  #url(name: OriginName): string {
    const origin = this.#origins.get(name);
    if (origin === undefined) {
      throw new Error(`${name} is not listening`);
    }
    return origin.url;
  }

  #sum(count: (origin: Origin) => number): number {
    return [...this.#origins.values()].reduce((sum, origin) => sum + count(origin), 0);
  }
}
