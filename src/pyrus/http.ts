import fetch, { AbortError, FetchError } from 'node-fetch';
import type { Headers } from 'node-fetch';
import type FormData from 'form-data';
import type { Readable } from 'node:stream';
import { followConnection } from './connection';
import { PyrusError } from './errors';
import type { PyrusFailure } from './errors';
import type { Watchdog } from './watchdog';

/** One request as the client words it. */
export interface HttpRequest {
  readonly method: 'GET' | 'POST';
  readonly url: URL;
  readonly headers: Record<string, string>;
  readonly body?: string | Buffer | Readable | FormData;
  /** Ends the request when nothing moves; the caller touches it while bytes do. */
  readonly watchdog: Watchdog;
  /** The user's cancel. */
  readonly signal: AbortSignal;
}

/** An answer, its body not yet read. */
export interface HttpReply {
  readonly status: number;
  readonly host: string;
  readonly headers: Headers;
  readonly body: Readable;
}

/** Puts one request on the wire. A parameter of the client, so that a test can stand in between. */
export type Send = (request: HttpRequest) => Promise<HttpReply>;

/**
 * The one adapter of {@link Send}: node-fetch. Redirects are never followed (the library would take
 * the token along), bodies are never decompressed (length and MD5 are of the stored bytes).
 *
 * @throws PyrusError for everything that goes wrong before an answer; `signal.reason` on cancel
 */
export const send: Send = async request => {
  const { method, url, headers, body, signal, watchdog } = request;
  const connection = followConnection(request);
  try {
    const ending = AbortSignal.any([signal, watchdog.signal]);
    // node-fetch would destroy the body with an error that nobody listens for: an uncaught exception.
    ending.throwIfAborted();
    const response = await fetch(url.href, {
      method,
      headers: { 'User-Agent': 'pyrus-attachments', ...headers },
      body: body ?? null,
      redirect: 'manual',
      compress: false,
      signal: ending,
    });
    const answer = response.body as Readable | null;
    if (answer === null) {
      throw new PyrusError({ kind: 'unexpectedAnswer', host: url.host, about: 'no body' });
    }
    // An error here after the reader has gone (a cancel, a cut) must not end the process.
    answer.on('error', ignoreLateError);
    if (connection.endsAtProxy()) {
      throw new PyrusError({ kind: 'proxy', host: url.host, status: response.status });
    }
    return { status: response.status, host: url.host, headers: response.headers, body: answer };
  } catch (error) {
    throw explain(error, request);
  } finally {
    connection.stop();
  }
};

/**
 * How VS Code's agent (@vscode/proxy-agent) words that the proxy cannot be reached or breaks off,
 * without a code. What follows may hold the password of the proxy: none of it is kept.
 */
const NO_PROXY_CONNECTION = 'Failed to establish a socket connection to proxies';

/** Turns whatever a stream or node-fetch threw into the reason we know: cancel, watchdog, or network. */
export function explain(
  error: unknown,
  request: Pick<HttpRequest, 'url' | 'signal' | 'watchdog'>,
): unknown {
  if (request.signal.aborted) {
    return request.signal.reason;
  }
  if (request.watchdog.signal.aborted) {
    return request.watchdog.signal.reason;
  }
  if (error instanceof FetchError || error instanceof AbortError || isSystemError(error)) {
    if (error.message.includes(NO_PROXY_CONNECTION)) {
      return new PyrusError({ kind: 'proxyUnreachable' });
    }
    const code = (isSystemError(error) ? error.code : undefined) ?? 'unknown';
    const { host } = request.url;
    const failure = isOnTheWay(error) ? brokenFailure(code, host) : networkFailure(code, host);
    return new PyrusError(failure, { cause: new Error(code) });
  }
  return error;
}

function networkFailure(code: string, host: string): PyrusFailure {
  switch (code) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { kind: 'hostNotFound', host };
    case 'ECONNREFUSED':
      return { kind: 'connectionRefused', host };
    case 'ENETUNREACH':
    case 'ENETDOWN':
    case 'EHOSTUNREACH':
    case 'EHOSTDOWN':
      return { kind: 'unreachable', host };
    case 'ETIMEDOUT':
      return { kind: 'timedOut', host, phase: 'connect' };
  }
  if (/CERT|SIGNATURE|HOSTNAME|^INVALID_(CA|PURPOSE)$|^ERR_TLS/.test(code)) {
    return { kind: 'certificate', host, reason: code };
  }
  return brokenFailure(code, host);
}

function brokenFailure(code: string, host: string): PyrusFailure {
  // No HTTP, or no TLS.
  return /^HPE_|^ERR_SSL|^EPROTO$/.test(code)
    ? { kind: 'unexpectedAnswer', host, about: code }
    : { kind: 'connectionLost', host };
}

/** The connection stood: what is then called a timeout or a network out of reach has broken it. */
function isOnTheWay(error: Error): boolean {
  const call: unknown =
    'erroredSysCall' in error ? error.erroredSysCall : Reflect.get(error, 'syscall');
  return typeof call === 'string' && /^(read|write|writev|shutdown)$/.test(call);
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}

function ignoreLateError(): void {
  // Whoever reads the body hears of the error through its own listener or pipeline.
}
