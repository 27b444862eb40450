import { failureOf, readRefusal } from './answers';
import type { Refusal } from './answers';
import { systemClock } from './clock';
import type { Clock } from './clock';
import { PyrusError } from './errors';
import type { TimeoutPhase } from './errors';
import type { HttpReply, HttpRequest, Send } from './http';
import { rateLimitRemaining, rateLimitReset } from './rateHeaders';
import type { OnWait, RateGate } from './rateLimit';
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
  /** Told when the call has to wait for its turn. */
  readonly onWait?: OnWait;
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

/** One for all: the error that an abort makes by itself, with its stack, costs more than the abort. */
const isOver = new Error('the request is over');

/** Makes single calls: request, status, answer. Retrying and renewing happen around it. */
export class Exchange {
  readonly #missing = new Set<string>();

  constructor(
    private readonly send: Send,
    private readonly gate: RateGate,
    readonly clock: Clock = systemClock,
  ) {}

  /** @throws PyrusError, RouteMissing, or `signal.reason` on cancel */
  call<T>(call: Call<T>): Promise<T> {
    return this.inTurn(() => this.perform(call, this.watch(call)), call);
  }

  /**
   * Runs `call` when Pyrus wants calls: nothing that ages, an open file or a watchdog, waits with it.
   * @throws what `call` throws; `signal.reason` on cancel
   */
  async inTurn<T>(
    call: () => Promise<T>,
    { signal, onWait }: Pick<Call<T>, 'signal' | 'onWait'>,
  ): Promise<T> {
    await this.gate.pass(signal, onWait);
    try {
      return await call();
    } finally {
      this.gate.leave();
    }
  }

  /** A call whose turn it is. @throws PyrusError, RouteMissing, or `signal.reason` on cancel */
  async perform<T>(call: Call<T>, watchdog: Watchdog): Promise<T> {
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
      this.#hear(reply);
      if (reply.status === 200) {
        return await call.read(reply, request);
      }
      throw await this.#refusal(call, reply, request);
    } finally {
      watchdog.dispose();
      over.abort(isOver);
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

  /** A watchdog for a call; `first` is what it waits for at the beginning. */
  watch(
    { url, patience = callPatience }: Pick<Call<unknown>, 'url' | 'patience'>,
    first?: TimeoutPhase,
  ): Watchdog {
    return new Watchdog(url.host, patience, first, this.clock);
  }

  #hear({ status, headers }: HttpReply): void {
    const left = rateLimitRemaining(headers);
    const reset = rateLimitReset(headers);
    // A 429 orders a wait of its own, which may be shorter than the interval.
    if (left !== undefined && reset !== undefined && status !== 429) {
      this.gate.heard(left, reset);
    }
    if (status < 300) {
      this.gate.accepted();
    }
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
    const refusal = await readRefusal(reply, request, this.clock);
    const special = call.refused?.(refusal);
    if (special !== undefined) {
      return special;
    }
    if (refusal.code === undefined && (status === 404 || status === 405)) {
      return new RouteMissing(refusal);
    }
    const failure = failureOf(refusal);
    return new PyrusError(
      failure.kind === 'rateLimited'
        ? { ...failure, seconds: this.gate.throttled(refusal.wait) }
        : failure,
    );
  }
}
