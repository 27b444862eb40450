import { systemClock } from './clock';
import type { Clock } from './clock';
import { PyrusError } from './errors';
import type { HttpReply, Send } from './http';
import { parseUrl } from './urls';
import { Watchdog } from './watchdog';

/** Seconds after which nobody who checks a connection waits any longer. */
export const probePatience = 15;

/** A server that answered, whatever it said: its name was found, it was connected to, its certificate is trusted. */
export interface Sighting {
  readonly status: number;
  /** From the request to the head of the answer, with whatever connecting took. */
  readonly milliseconds: number;
  /** How far its clock is ahead of ours, in milliseconds; undefined when it names no time. */
  readonly ahead?: number;
}

/** One for all: an abort that makes an error of its own costs more. */
const isOver = new Error('the answer is not read');

/**
 * Looks whether a server answers, without saying who asks. The answer is not read.
 * @throws PyrusError when it does not, or when somebody else answers in its place; `signal.reason` on cancel
 */
export async function probe(
  send: Send,
  url: URL,
  signal: AbortSignal,
  clock: Clock = systemClock,
): Promise<Sighting> {
  const limit = probePatience;
  const patience = { connect: limit, send: limit, answer: limit, receive: limit };
  const watchdog = new Watchdog(url.host, patience, 'answer', clock);
  const over = new AbortController();
  const started = clock.now();
  try {
    const reply = await send({
      method: 'GET',
      url,
      headers: {},
      watchdog,
      signal: AbortSignal.any([signal, over.signal]),
    });
    judge(reply, url);
    const milliseconds = Math.round(clock.now() - started);
    return { status: reply.status, milliseconds, ...aheadIn(reply, clock) };
  } finally {
    watchdog.dispose();
    over.abort(isOver);
  }
}

/**
 * Runs something that ends by itself when its signal does, but not for longer than a probe may take.
 * @throws PyrusError `timedOut` then; whatever `run` throws
 */
export async function inTime<T>(
  host: string,
  signal: AbortSignal,
  run: (signal: AbortSignal) => Promise<T>,
  clock: Clock = systemClock,
): Promise<T> {
  const late = new AbortController();
  const alarm = clock.alarm(probePatience * 1000, () =>
    late.abort(new PyrusError({ kind: 'timedOut', host, phase: 'answer' })),
  );
  try {
    return await run(AbortSignal.any([signal, late.signal]));
  } finally {
    alarm.cancel();
  }
}

/** Without a token Pyrus refuses, and this is what is hoped for. @throws PyrusError for anything else */
function judge({ status, host, headers }: HttpReply, url: URL): void {
  if (status === 407) {
    throw new PyrusError({ kind: 'proxy', host, status });
  }
  if (status >= 500) {
    throw new PyrusError({ kind: 'serverError', status });
  }
  if (status >= 300 && status < 400) {
    const to = parseUrl(headers.get('location') ?? '', url)?.host ?? '';
    throw new PyrusError({ kind: 'redirected', host, to });
  }
  if (status < 300 && /^text\/html\b/i.test(headers.get('content-type') ?? '')) {
    throw new PyrusError({ kind: 'notPyrus', host, status });
  }
}

function aheadIn({ headers }: HttpReply, clock: Clock): { readonly ahead?: number } {
  const time = Date.parse(headers.get('date') ?? '');
  // The header has whole seconds: on the average half of one has been cut off.
  return Number.isNaN(time) ? {} : { ahead: time + 500 - clock.wallTime() };
}
