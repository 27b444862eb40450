import { refusals, type Language, type RefusalCode } from './texts';

/** A body produced block by block, so that a gigabyte costs one block of memory. */
export interface BlockBody {
  readonly size: number;
  blocks(): Iterable<Buffer>;
}

export type ReplyHeaders = Readonly<Record<string, string | readonly string[]>>;

/** An answer before it is written to a socket. `chunked` leaves Content-Length out. */
export interface Reply {
  readonly status: number;
  readonly headers?: ReplyHeaders;
  readonly body?: string | Buffer | BlockBody;
  readonly chunked?: boolean;
}

/** Thrown to answer at once, while the client is still sending; the connection is then closed. */
export class EarlyReply extends Error {
  override readonly name = 'EarlyReply';

  constructor(readonly reply: Reply) {
    super(`answered ${reply.status} before the end of the request`);
  }
}

/** Thrown to answer this once the request has been read to its end. */
export class Answered extends Error {
  override readonly name = 'Answered';

  constructor(readonly reply: Reply) {
    super(`answered ${reply.status}`);
  }
}

/** Thrown to answer with an error once the request has been read to its end. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(readonly code: RefusalCode) {
    super(code);
  }
}

/** JSON as Pyrus writes it: nulls and empty arrays are omitted (help page "Endpoints"). */
export function json(value: unknown, status = 200, headers: ReplyHeaders = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(withoutEmpties(value)),
  };
}

/** @returns the documented error shape with the status that belongs to the code */
export function refusal(code: RefusalCode, language: Language): Reply {
  const { status, [language]: error } = refusals[code];
  return json({ error, error_code: code }, status);
}

/** What Pyrus's web framework says of a path without a route: no `error_code`. */
export function noRoute(url: string): Reply {
  const message = `No HTTP resource was found that matches the request URI '${url}'.`;
  return json({ Message: message }, 404);
}

/** The same framework about a known path and a wrong method. */
export function wrongMethod(method: string, allowed: string): Reply {
  const message = `The requested resource does not support http method '${method}'.`;
  return json({ Message: message }, 405, { Allow: allowed });
}

/** A page as proxies and the web interface send it. `title` is put into it as is. */
export function html(status: number, title: string, headers: ReplyHeaders = {}): Reply {
  return {
    status,
    headers: { 'Content-Type': 'text/html', ...headers },
    body:
      `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n` +
      `<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
  };
}

export function withoutEmpties(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutEmpties);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const kept = Object.entries(value).filter(
    ([, inner]) =>
      inner !== null && inner !== undefined && !(Array.isArray(inner) && inner.length === 0),
  );
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutEmpties(inner)]));
}
