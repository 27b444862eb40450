import { PyrusError } from './errors';
import type { PyrusFailure } from './errors';
import { explain } from './http';
import type { HttpReply, HttpRequest } from './http';
import { isRecord } from './wire';

/** Nothing we ask for is larger, but a profile lists the whole company and a task all its comments. */
const LARGEST_JSON = 64 * 1024 * 1024;
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
  /** Seconds to wait, from Retry-After or X-RateLimit-Reset. */
  readonly wait?: number;
}

/**
 * Reads a successful JSON answer.
 * @throws PyrusError `notPyrus` when it is not JSON (a captive portal, a sign-in page)
 */
export async function readJson(reply: HttpReply, request: HttpRequest): Promise<unknown> {
  const text = (await readBody(reply, request, LARGEST_JSON)).toString('utf8');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw new PyrusError({ kind: 'notPyrus', host: reply.host, status: reply.status });
  }
}

/** Reads what a refusal says. An unreadable body is no failure of its own: the status still counts. */
export async function readRefusal(reply: HttpReply, request: HttpRequest): Promise<Refusal> {
  const { status, host } = reply;
  const wait = secondsToWait(reply);
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
  if (status === 429 || code === 'too_many_requests') {
    return { kind: 'rateLimited', seconds: wait ?? 60 };
  }
  if (status === 401) {
    return { kind: 'tokenExpired' };
  }
  if (status === 407) {
    return { kind: 'proxy', status };
  }
  if (status === 413) {
    return { kind: 'fileTooLarge' };
  }
  if (status === 404 && code === undefined) {
    return { kind: 'notPyrus', host, status };
  }
  if (status >= 500 || status === 408) {
    return { kind: 'serverError', status };
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

async function readBody(reply: HttpReply, request: HttpRequest, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  request.watchdog.touch('receive');
  try {
    for await (const chunk of reply.body as AsyncIterable<Buffer>) {
      request.watchdog.touch();
      length += chunk.length;
      if (length > limit) {
        throw new PyrusError({ kind: 'unexpectedAnswer', host: reply.host, about: 'too long' });
      }
      chunks.push(chunk);
    }
  } catch (error) {
    throw explain(error, request);
  }
  return Buffer.concat(chunks);
}

/** Help page "Errors and limits": X-RateLimit-Reset is the number of seconds to the next interval. */
function secondsToWait({ headers }: HttpReply): number | undefined {
  const retryAfter = headers.get('retry-after');
  const date = retryAfter !== null && /\D/.test(retryAfter) ? Date.parse(retryAfter) : NaN;
  const candidates = [
    Number.isNaN(date) ? Number(retryAfter ?? NaN) : (date - Date.now()) / 1000,
    Number(headers.get('x-ratelimit-reset') ?? NaN),
  ];
  const seconds = candidates.find(value => Number.isFinite(value) && value >= 0);
  return seconds === undefined ? undefined : Math.ceil(seconds);
}
