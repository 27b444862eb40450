import { failureOf, readRefusal } from './answers';
import type { Refusal } from './answers';
import { PyrusError } from './errors';
import type { HttpReply, HttpRequest, Send } from './http';
import type { RateGate } from './rateLimit';
import { parseUrl } from './urls';
import { Watchdog, callPatience } from './watchdog';
import type { Patience } from './watchdog';

/** One call as the client words it; the exchange adds the watchdog and judges the status. */
export interface Call<T> {
  readonly method: HttpRequest['method'];
  readonly url: URL;
  /** The bearer token; absent on sign-in. */
  readonly token?: string;
  readonly headers?: Record<string, string>;
  readonly body?: HttpRequest['body'];
  readonly patience?: Patience;
  readonly signal: AbortSignal;
  /** Reads the answer of a 200. Whatever it leaves unread closes the connection. */
  readonly read: (reply: HttpReply, request: HttpRequest) => Promise<T>;
  /** What this call knows better than the general table about a refusal. */
  readonly refused?: (refusal: Refusal) => PyrusError | undefined;
}

/** Thrown when the server has no such route, so that another known address may be tried. */
export class RouteMissing extends Error {
  override readonly name = 'RouteMissing';

  constructor(readonly refusal: Refusal) {
    super(`HTTP ${refusal.status}`);
  }
}

/** Makes single calls: request, status, answer. Retrying and renewing happen around it. */
export class Exchange {
  readonly #missing = new Set<string>();

  constructor(
    private readonly send: Send,
    private readonly gate: RateGate,
  ) {}

  /** @throws PyrusError, RouteMissing, or `signal.reason` on cancel */
  async call<T>(call: Call<T>, watchdog = this.watch(call)): Promise<T> {
    await this.gate.pass(call.signal);
    // Ends the request however we leave: an answer not read to its end must not hold a socket.
    const over = new AbortController();
    const request: HttpRequest = {
      method: call.method,
      url: call.url,
      headers: {
        ...call.headers,
        ...(call.token === undefined ? {} : { Authorization: `Bearer ${call.token}` }),
      },
      ...(call.body === undefined ? {} : { body: call.body }),
      watchdog,
      signal: AbortSignal.any([call.signal, over.signal]),
    };
    try {
      const reply = await this.send(request);
      if (reply.status === 200) {
        return await call.read(reply, request);
      }
      throw await this.#refusal(call, reply, request);
    } finally {
      watchdog.dispose();
      over.abort();
    }
  }

  /**
   * Tries addresses in order until one has the route, and remembers those that have not: sending a
   * whole file there again with every upload would be dear.
   * @throws PyrusError of the last one when none has
   */
  async firstRoute<T>(urls: readonly URL[], attempt: (url: URL) => Promise<T>): Promise<T> {
    const known = urls.filter(({ href }) => !this.#missing.has(href));
    let refusal: Refusal | undefined;
    for (const url of known.length > 0 ? known : urls) {
      try {
        return await attempt(url);
      } catch (error) {
        if (!(error instanceof RouteMissing)) {
          throw error;
        }
        this.#missing.add(url.href);
        refusal = error.refusal;
      }
    }
    throw new PyrusError(failureOf(refusal ?? { status: 404, host: '' }));
  }

  /** A watchdog for a call; an upload brings its own, started in the sending phase. */
  watch({ url, patience = callPatience }: Pick<Call<unknown>, 'url' | 'patience'>): Watchdog {
    return new Watchdog(url.host, patience);
  }

  async #refusal<T>(call: Call<T>, reply: HttpReply, request: HttpRequest): Promise<Error> {
    const { status, host } = reply;
    if (status < 300) {
      return new PyrusError({ kind: 'unexpectedAnswer', host, about: `HTTP ${status}` });
    }
    if (status < 400) {
      const to = parseUrl(reply.headers.get('location') ?? '', call.url)?.host ?? '';
      return new PyrusError({ kind: 'redirected', host, to });
    }
    const refusal = await readRefusal(reply, request);
    const special = call.refused?.(refusal);
    if (special !== undefined) {
      return special;
    }
    if (refusal.code === undefined && (status === 404 || status === 405)) {
      return new RouteMissing(refusal);
    }
    const failure = failureOf(refusal);
    if (failure.kind === 'rateLimited') {
      this.gate.close(failure.seconds);
    }
    return new PyrusError(failure);
  }
}
