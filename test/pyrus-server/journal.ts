import type { IncomingHttpHeaders } from 'node:http';

export type OriginName = 'accounts' | 'api' | 'files' | 'onPremises' | 'foreign';

/** One request as the server saw it; live until `outcome` leaves `open`. */
export interface SeenRequest {
  readonly number: number;
  readonly origin: OriginName;
  readonly method: string;
  /** Path and query, undecoded. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as they were on the wire. */
  readonly rawHeaders: readonly string[];
  /** `right`: a Bearer token this environment accepts now. */
  readonly authorization: 'absent' | 'right' | 'wrong';
  /** Which of the origin's connections it came on, counted from 1: shows keep-alive. */
  readonly connection: number;
  /** Milliseconds on a monotonic clock. */
  readonly startedAt: number;
  endedAt?: number;
  /** Bytes of the body received so far. */
  bodyLength: number;
  /** The body of a JSON request, once read. */
  body?: string;
  /** Status of the answer, once there is one. */
  status?: number;
  /**
   * `answered`: the whole answer was handed over. `aborted`: the client left first.
   * `cut`: a scripted fault broke the connection off.
   */
  outcome: 'open' | 'answered' | 'aborted' | 'cut';
}

interface Waiter {
  readonly accepts: (request: SeenRequest) => boolean;
  readonly resolve: (request: SeenRequest) => void;
  readonly reject: (reason: Error) => void;
}

/** What came in, what was unreadable, and what the server itself did wrong. */
export class Journal {
  readonly requests: SeenRequest[] = [];
  /** Codes of bytes that were no HTTP request, such as a body running over its Content-Length. */
  readonly malformed: string[] = [];
  /** Errors of the stand-in itself; `close()` rejects when there are any. */
  readonly failures: unknown[] = [];
  readonly #waiters = new Set<Waiter>();
  #closed = false;

  add(request: Omit<SeenRequest, 'number' | 'bodyLength' | 'outcome' | 'startedAt'>): SeenRequest {
    const seen: SeenRequest = {
      ...request,
      number: this.requests.length + 1,
      startedAt: performance.now(),
      bodyLength: 0,
      outcome: 'open',
    };
    this.requests.push(seen);
    this.changed(seen);
    return seen;
  }

  end(request: SeenRequest, outcome: SeenRequest['outcome']): void {
    if (request.outcome === 'open') {
      request.outcome = outcome;
      request.endedAt = performance.now();
      this.changed(request);
    }
  }

  changed(request: SeenRequest): void {
    for (const waiter of this.#waiters) {
      if (waiter.accepts(request)) {
        this.#waiters.delete(waiter);
        waiter.resolve(request);
      }
    }
  }

  /**
   * Resolves with the first request, past or to come, that is accepted; asked again at arrival,
   * at every piece of the body, and at the end. Rejects when the server closes first.
   */
  when(accepts: (request: SeenRequest) => boolean): Promise<SeenRequest> {
    const past = this.requests.find(accepts);
    if (past !== undefined) {
      return Promise.resolve(past);
    }
    if (this.#closed) {
      return Promise.reject(new Error('the server is closed'));
    }
    return new Promise((resolve, reject) => this.#waiters.add({ accepts, resolve, reject }));
  }

  close(): void {
    this.#closed = true;
    for (const waiter of this.#waiters) {
      waiter.reject(new Error('the server closed before such a request came'));
    }
    this.#waiters.clear();
  }
}
