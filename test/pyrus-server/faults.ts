import type { OriginName, SeenRequest } from './journal';
import type { Reply } from './replies';

/** How the request is taken in. Thresholds are exact to one chunk (up to 64 KiB). */
export interface ReceiveFault {
  /** Stops reading once this many body bytes came; the socket stays open and silent. */
  readonly stopAfter?: number;
  /** Breaks the connection off once this many body bytes came. */
  readonly cutAfter?: number;
  readonly how?: 'fin' | 'rst';
  /** Reads no faster than this. What the kernel buffers is not counted. */
  readonly bytesPerSecond?: number;
  /** Understands a JSON request as this text in place of what it says. */
  readonly misread?: (text: string) => string;
  /** Inverts the byte at this offset of the body, as a bad wire would. */
  readonly flipByteAt?: number;
}

/** How the answer is put on the wire: by hand, so that anything can be wrong about it. */
export interface SendFault {
  /** Another Content-Length than the true one; `none` leaves it out and ends by closing. */
  readonly contentLength?: number | 'none';
  /** Chunked transfer coding in place of Content-Length. */
  readonly chunked?: boolean;
  /** Breaks off before the head, or after this many bytes of the body. */
  readonly cut?: { readonly at: 'head' | number; readonly how: 'fin' | 'rst' };
  /** Goes silent after this many bytes of the body and keeps the socket open. */
  readonly stallAfter?: number;
  /** Sends the head and the body in pieces of `bytes` with a pause between them. */
  readonly drip?: {
    readonly bytes: number;
    readonly everyMs: number;
    /** Nothing follows the first piece before this. */
    readonly hold?: Promise<unknown>;
  };
  /** Informational answers sent first, such as 102 or 103. */
  readonly interim?: readonly number[];
  /** Bytes after the end of the answer, on the same connection. */
  readonly trailing?: string | Buffer;
  /** These bytes in place of the whole answer, then FIN. */
  readonly raw?: string | Buffer;
}

/** `POST /v4/files/upload` (exact path; the query is ignored), a pattern for `METHOD path?query`, or code. */
export type RequestPattern = string | RegExp | ((request: SeenRequest) => boolean);

/** What happens to the requests it matches. Without `answer` the real answer is made first. */
export interface Fault {
  readonly match: RequestPattern;
  readonly origin?: OriginName;
  /** How many requests it takes; 1 unless told, `Infinity` for all. */
  readonly times?: number;
  /** How many matching requests it lets pass first. */
  readonly skip?: number;
  readonly receive?: ReceiveFault;
  /** Answered in place of the real thing, which is then not done. */
  readonly answer?: Reply;
  /** When `answer` goes out: at once, after the whole body (unless told), after n bytes of it. */
  readonly answerAt?: 'headers' | 'body' | number;
  /** Does the real thing, then answers this. */
  readonly reshape?: (real: Reply) => Reply;
  /** Waits before answering. */
  readonly delayMs?: number;
  /** Does the real thing (unless there is an `answer`) and never answers. */
  readonly hang?: boolean;
  readonly send?: SendFault;
}

/** A fault in force. */
export interface ScriptedFault {
  /** Requests it has taken. */
  readonly hits: readonly SeenRequest[];
  /** Takes no more requests. */
  cancel(): void;
}

class Script implements ScriptedFault {
  readonly hits: SeenRequest[] = [];
  #left: number;
  #skip: number;

  constructor(readonly fault: Fault) {
    this.#left = fault.times ?? 1;
    this.#skip = fault.skip ?? 0;
  }

  cancel(): void {
    this.#left = 0;
  }

  takes(request: SeenRequest): boolean {
    const { match, origin = request.origin } = this.fault;
    if (this.#left <= 0 || origin !== request.origin || !matches(match, request)) {
      return false;
    }
    if (this.#skip > 0) {
      this.#skip -= 1;
      return false;
    }
    this.#left -= 1;
    this.hits.push(request);
    return true;
  }
}

/** The faults of one server, oldest first. */
export class Faults {
  readonly #scripts: Script[] = [];

  add(fault: Fault): ScriptedFault {
    const script = new Script(fault);
    this.#scripts.push(script);
    return script;
  }

  /** @returns the first fault that takes the request */
  take(request: SeenRequest): Fault | undefined {
    return this.#scripts.find(script => script.takes(request))?.fault;
  }

  clear(): void {
    for (const script of this.#scripts.splice(0)) {
      script.cancel();
    }
  }
}

export function matches(pattern: RequestPattern, request: SeenRequest): boolean {
  if (typeof pattern === 'function') {
    return pattern(request);
  }
  const line = `${request.method} ${request.path}`;
  if (typeof pattern === 'string') {
    return line.replace(/\?.*$/, '') === pattern;
  }
  return line.search(pattern) >= 0;
}
