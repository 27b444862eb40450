import assert from 'node:assert/strict';
import { Headers } from 'node-fetch';
import { Readable } from 'node:stream';
import { systemClock } from '../../../src/pyrus/clock';
import type { Clock } from '../../../src/pyrus/clock';
import { send } from '../../../src/pyrus/http';
import type { Send } from '../../../src/pyrus/http';
import { inTime, probe } from '../../../src/pyrus/probe';
import { callsLeft } from '../../../src/pyrus/rateHeaders';
import { startPyrus } from '../../pyrus-server/pyrus';
import { failure } from './failure';

const { signal } = new AbortController();
const url = new URL('https://pyrus.example/v4/profile');
const { host } = url;

/** A clock whose alarms ring at once. */
const impatient: Clock = {
  ...systemClock,
  alarm: (_milliseconds, ring) => {
    setImmediate(ring);
    return { restart: () => undefined, cancel: () => undefined };
  },
};

function answering(status: number, headers: Record<string, string> = {}): Send {
  return () =>
    Promise.resolve({ status, host, headers: new Headers(headers), body: Readable.from([]) });
}

describe('a look whether a server answers', () => {
  it('carries nothing that says who asks, and is content with a refusal', async () => {
    const pyrus = await startPyrus();
    try {
      const { status, ahead } = await probe(
        send,
        new URL('/v4/profile', pyrus.origins.api),
        signal,
      );
      assert.equal(status, 401);
      assert.ok(Math.abs(ahead ?? Infinity) < 5000);
      assert.equal(pyrus.requests[0]?.authorization, 'absent');
    } finally {
      await pyrus.close();
    }
  });

  it('measures the clock of the server', async () => {
    const clock = { ...systemClock, wallTime: () => Date.UTC(2026, 0, 1, 12) };
    const at = (date: string): Promise<number | undefined> =>
      probe(answering(401, { date }), url, signal, clock).then(({ ahead }) => ahead);
    assert.equal(await at('Thu, 01 Jan 2026 12:10:00 GMT'), 600_500);
    assert.equal(await at('Thu, 01 Jan 2026 11:59:59 GMT'), -500);
    assert.equal(await at('yesterday'), undefined);
  });

  const table = [
    [answering(407), { kind: 'proxy', host, status: 407 }],
    [answering(503), { kind: 'serverError', status: 503 }],
    [
      answering(302, { location: 'https://portal.example/?back=1' }),
      { kind: 'redirected', host, to: 'portal.example' },
    ],
    [
      answering(200, { 'content-type': 'text/html; charset=utf-8' }),
      { kind: 'notPyrus', host, status: 200 },
    ],
  ] as const;
  for (const [reply, expected] of table) {
    it(`finds ${JSON.stringify(expected)}`, async () =>
      assert.deepEqual(await failure(probe(reply, url, signal)), expected));
  }
  for (const status of [200, 204, 400, 401, 403, 404, 405, 429]) {
    it(`is content with HTTP ${status}`, async () =>
      assert.equal((await probe(answering(status), url, signal)).status, status));
  }

  it('ends when nothing comes', async () => {
    const silent: Send = ({ watchdog }) =>
      new Promise((_resolve, reject) => {
        watchdog.signal.addEventListener('abort', () => reject(watchdog.signal.reason as Error));
      });
    assert.deepEqual(await failure(probe(silent, url, signal, impatient)), {
      kind: 'timedOut',
      host,
      phase: 'answer',
    });
  });

  it('ends what takes too long, and leaves alone what does not', async () => {
    const forever = (limit: AbortSignal): Promise<never> =>
      new Promise((_resolve, reject) => {
        limit.addEventListener('abort', () => reject(limit.reason as Error));
      });
    const late = { kind: 'timedOut', host, phase: 'answer' };
    assert.deepEqual(await failure(inTime(host, signal, forever, impatient)), late);
    assert.equal(await inTime(host, signal, () => Promise.resolve(7)), 7);
  });
});

describe('what is left of the calls', () => {
  const read = (headers: Record<string, string>): unknown => callsLeft(new Headers(headers));

  it('is read from the headers, as far as they make sense', () => {
    const all = {
      'x-ratelimit-limit': '5000',
      'x-ratelimit-remaining': '7',
      'x-ratelimit-reset': '9',
    };
    assert.deepEqual(read(all), { left: 7, limit: 5000, seconds: 9 });
    assert.deepEqual(read({ 'x-ratelimit-remaining': '0' }), { left: 0 });
    assert.deepEqual(read({ ...all, 'x-ratelimit-limit': 'many' }), { left: 7, seconds: 9 });
    assert.equal(read({ 'x-ratelimit-limit': '5000' }), undefined);
  });
});
