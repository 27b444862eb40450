import { isObject } from './call';
import { html, json, refusal, type Reply, type ReplyHeaders } from './replies';
import type { RefusalCode } from './texts';

/** Answers that faults often need: `pyrus.script({ match, answer: tooManyRequests({…}) })`. */

/** @param resetSeconds put into X-RateLimit-Reset as is, when given; likewise `retryAfter` */
export function tooManyRequests(wait: {
  readonly resetSeconds?: number | string;
  readonly retryAfter?: string;
}): Reply {
  const { resetSeconds, retryAfter } = wait;
  const headers = {
    'X-RateLimit-Limit': '5000',
    'X-RateLimit-Remaining': '0',
    ...(resetSeconds === undefined ? {} : { 'X-RateLimit-Reset': String(resetSeconds) }),
    ...(retryAfter === undefined ? {} : { 'Retry-After': retryAfter }),
  };
  return withHeaders(refusal('too_many_requests', 'ru'), headers);
}

/** The error shape of Pyrus for a code it knows. */
export function pyrusError(code: RefusalCode): Reply {
  return refusal(code, 'ru');
}

/** A page of a proxy in front of Pyrus. */
export function proxyPage(status: number): Reply {
  return html(status, `${status} from the proxy`);
}

export function redirectTo(url: string, status = 302): Reply {
  return { status, headers: { Location: url } };
}

/** For `misread`: every `{"guid": …}` is taken for `{"id": …}`, which Pyrus leaves out without a word. */
export function withoutGuids(text: string): string {
  return text.replace(/"guid":/g, '"id":');
}

/** For `reshape`: the real upload answer with the MD5 of other content. */
export function withOtherMd5(real: Reply): Reply {
  return withJson(real, { md5_hash: 'f'.repeat(32) });
}

/** For `reshape`: the real answer with these members in place of its own. */
export function withJson(real: Reply, members: Record<string, unknown>): Reply {
  const value: unknown = typeof real.body === 'string' ? JSON.parse(real.body) : undefined;
  return json({ ...(typeof value === 'object' ? value : {}), ...members }, real.status);
}

/** For `reshape`: the real answer with its comments changed; the newest is the last. */
export function withComments(
  change: (comments: readonly Record<string, unknown>[]) => readonly object[],
): (real: Reply) => Reply {
  return real => {
    const value: unknown = typeof real.body === 'string' ? JSON.parse(real.body) : undefined;
    const task = isObject(value) ? value['task'] : undefined;
    if (!isObject(task)) {
      return real;
    }
    const comments = Array.isArray(task['comments']) ? task['comments'].filter(isObject) : [];
    return json({ task: { ...task, comments: change(comments) } }, real.status);
  };
}

/** For `reshape`: the real answer with its newest comment having these members in place of its own. */
export function withLastComment(
  members: (own: Record<string, unknown>) => object,
): (real: Reply) => Reply {
  return withComments(comments =>
    comments.map((own, at) => (at === comments.length - 1 ? { ...own, ...members(own) } : own)),
  );
}

/** For `reshape`: the real answer with these headers on top. */
export function withHeaders(real: Reply, headers: ReplyHeaders): Reply {
  return { ...real, headers: { ...real.headers, ...headers } };
}
