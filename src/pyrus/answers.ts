import type { Clock } from './clock';
import { PyrusError } from './errors';
import type { PyrusFailure } from './errors';
import { explain } from './http';
import type { HttpReply, HttpRequest } from './http';
import { holdsTooMuch } from './jsonSize';
import { rateLimitReset, retryAfter } from './rateHeaders';
import { isRecord } from './wire';

/** A GUID, a token: what an answer to them holds is short. */
const LARGEST_JSON = 1024 * 1024;
/** In bytes, for answers that list things: a profile the whole company, a task all its comments. */
export const largestList = 64 * 1024 * 1024;
/** A refusal is a sentence; more than this is somebody's web page. */
const LARGEST_REFUSAL = 64 * 1024;

/** What a refusing server told, as far as it could be read. */
export interface Refusal {
  readonly status: number;
  readonly host: string;
  /** Pyrus's stable `error_code`; absent on proxies' pages and unknown routes. */
  readonly code?: string;
  /** Pyrus's own sentence, untrusted. */
  readonly said?: string;
  /** Seconds to wait, from Retry-After; where calls are limited, also from X-RateLimit-Reset. */
  readonly wait?: number;
}

/**
 * Reads a successful JSON answer.
 * @param limit bytes
 * @throws PyrusError `notPyrus` when it is not JSON (a captive portal, a sign-in page),
 * `unexpectedAnswer` when it is broken, too long or made of too many parts
 */
export async function readJson(
  reply: HttpReply,
  request: HttpRequest,
  limit = LARGEST_JSON,
): Promise<unknown> {
  const bytes = await readBody(reply, request, limit);
  if (holdsTooMuch(bytes)) {
    throw new PyrusError({ kind: 'unexpectedAnswer', host: reply.host, about: 'too much in it' });
  }
  const text = bytes.toString('utf8').replace(/^\uFEFF/, '');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    const { host, status } = reply;
    throw new PyrusError(
      /^\s*[{[]/.test(text)
        ? { kind: 'unexpectedAnswer', host, about: 'broken JSON' }
        : { kind: 'notPyrus', host, status },
    );
  }
}

/** Reads what a refusal says. An unreadable body is no failure of its own: the status still counts. */
export async function readRefusal(
  reply: HttpReply,
  request: HttpRequest,
  clock: Clock,
): Promise<Refusal> {
  const { status, host } = reply;
  let body: unknown;
  try {
    body = JSON.parse((await readBody(reply, request, LARGEST_REFUSAL)).toString('utf8'));
  } catch (error) {
    if (request.signal.aborted) {
      throw error;
    }
    // HTML, nothing at all, or a connection closed under a refused upload.
  }
  const code = isRecord(body) ? body['error_code'] : undefined;
  const said = isRecord(body) ? body['error'] : undefined;
  const wait = secondsToWait(reply, code, clock);
  return {
    status,
    host,
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof said === 'string' ? { said } : {}),
    ...(wait === undefined ? {} : { wait }),
  };
}

/**
 * The meaning of a refusal that is the same for every call. Codes: help page "Errors and limits";
 * what an unknown code means is decided by its status.
 */
export function failureOf(refusal: Refusal): PyrusFailure {
  const { code } = refusal;
  switch (code) {
    case 'invalid_credentials':
      return { kind: 'invalidCredentials' };
    case 'non_unique_email':
    case 'invalid_person_id':
      return { kind: 'personIdNeeded' };
    case 'account_blocked':
      return { kind: 'accountBlocked' };
    case 'empty_file':
      return { kind: 'emptyFile' };
    case 'too_large_request_length':
    case 'attachment_too_big':
      return { kind: 'fileTooLarge' };
    case 'max_file_name_length_exceeded':
      return { kind: 'fileNameTooLong' };
    case 'no_file_in_request':
    case 'bad_multipart_content':
    case 'invalid_request_encoding':
    case 'unsupported_attachment_format':
      return { kind: 'uploadNotUnderstood', code };
    case 'access_denied':
    case 'access_denied_file':
      return { kind: 'accessDenied' };
    default:
      return failureByStatus(refusal);
  }
}

function failureByStatus({ status, host, code, said, wait }: Refusal): PyrusFailure {
  if (isThrottled(status, code)) {
    return { kind: 'rateLimited', seconds: wait ?? 1 };
  }
  if (status === 401) {
    return { kind: 'tokenExpired' };
  }
  if (status === 407) {
    return { kind: 'proxy', host, status };
  }
  if (status === 413) {
    return { kind: 'fileTooLarge' };
  }
  if (status === 404 && code === undefined) {
    return { kind: 'notPyrus', host, status };
  }
  if (status >= 500 || status === 408) {
    return { kind: 'serverError', status, ...(wait === undefined ? {} : { seconds: wait }) };
  }
  if (code === undefined && said === undefined) {
    return status === 403 ? { kind: 'accessDenied' } : { kind: 'notPyrus', host, status };
  }
  return {
    kind: 'refused',
    status,
    ...(code === undefined ? {} : { code }),
    ...(said === undefined ? {} : { said }),
  };
}

/** Reads a short answer. The patience for receiving counts for the whole of it: it may not trickle. */
async function readBody(reply: HttpReply, request: HttpRequest, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  request.watchdog.touch('receive');
  try {
    for await (const chunk of reply.body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > limit) {
        throw new PyrusError({ kind: 'unexpectedAnswer', host: reply.host, about: 'too long' });
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw duringAnswer(explain(error, request));
  }
  return Buffer.concat(chunks);
}

function duringAnswer(error: unknown): unknown {
  return error instanceof PyrusError && error.failure.kind === 'connectionLost'
    ? new PyrusError({ ...error.failure, during: 'answer' }, { cause: error.cause })
    : error;
}

function isThrottled(status: number, code: unknown): boolean {
  return status === 429 || code === 'too_many_requests';
}

function secondsToWait(
  { status, headers }: HttpReply,
  code: unknown,
  clock: Clock,
): number | undefined {
  // Every answer of the API tells when the interval ends; only a 429 means that one must wait for it.
  return (
    retryAfter(headers, clock) ?? (isThrottled(status, code) ? rateLimitReset(headers) : undefined)
  );
}
