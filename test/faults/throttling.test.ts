import assert from 'node:assert/strict';
import { Countdown } from '../../src/commands/countdown';
import { RateGate } from '../../src/pyrus/rateLimit';
import { tooManyRequests, withHeaders } from '../pyrus-server/scripted';
import type { ScriptedFault } from '../pyrus-server/faults';
import type { Reply } from '../pyrus-server/replies';
import { failure } from '../unit/pyrus/failure';
import { TestClock } from './testClock';
import { UPLOAD, UploadScene } from './uploadScene';

describe('faults: Pyrus wants fewer calls', () => {
  const scene = UploadScene.prepare();

  /** Refuses the first `times` uploads so. @returns when uploads arrived, in seconds */
  const refuse = (answer: Reply, times = 1): { fault: ScriptedFault; arrivals: number[] } => {
    const arrivals: number[] = [];
    let refused = 0;
    const fault = scene.pyrus.script({
      match: ({ method, path }) => {
        if (method !== 'POST' || !path.includes('upload')) {
          return false;
        }
        arrivals.push(scene.clock.now() / 1000);
        refused += 1;
        return refused <= times;
      },
      times: Infinity,
      answer,
      // By hand, so that there is a Date only where a test puts one.
      send: {},
    });
    return { fault, arrivals };
  };

  const assertWaited = (arrivals: readonly number[], ...atLeast: readonly number[]): void => {
    const waits = arrivals.slice(1).map((arrival, index) => arrival - (arrivals[index] ?? 0));
    assert.equal(waits.length, atLeast.length, `waited ${waits.join(', ')} s`);
    waits.forEach((wait, index) => {
      const least = atLeast[index] ?? 0;
      // Up to a second of jitter is added, and a pause is of whole milliseconds.
      assert.ok(wait >= least && wait <= least + 1.01, `waited ${wait} s, not ${least} s`);
    });
  };

  it('S1 Retry-After in seconds is waited for, told, and nothing is sent earlier', async () => {
    const { arrivals } = refuse(tooManyRequests({ retryAfter: '7', resetSeconds: 300 }));
    const original = await scene.file(1000);
    scene.assertRight(await scene.upload(original), original);
    assertWaited(arrivals, 7);
    const [wait, ...more] = scene.waits;
    assert.deepEqual(wait?.failure, { kind: 'rateLimited', seconds: 7 });
    assert.ok(wait.seconds >= 7 && wait.seconds <= 8);
    assert.deepEqual(more, []);
  });

  const inHalfAMinute = 'Thu, 01 Jan 2026 00:00:30 GMT';
  const dates: readonly [string, Record<string, string>, number, number][] = [
    ['by the clock of this computer', {}, 0, 30],
    ['in the past', {}, 3600_000, 1],
    ['by the clock of the server', { Date: 'Thu, 01 Jan 2026 00:00:00 GMT' }, 3600_000, 30],
    ['by the clock of a server far ahead', { Date: 'Thu, 01 Jan 2026 00:00:20 GMT' }, 0, 10],
    ['beside a Date that is none', { Date: 'yesterday' }, 0, 30],
  ];
  for (const [name, headers, localSkew, expected] of dates) {
    it(`S2 Retry-After as a date ${name}: ${expected} s`, async () => {
      scene.clock.startedAt += localSkew;
      const { arrivals } = refuse(
        withHeaders(tooManyRequests({ retryAfter: inHalfAMinute }), headers),
      );
      const original = await scene.file(1000);
      scene.assertRight(await scene.upload(original), original);
      assertWaited(arrivals, expected);
    });
  }

  it('S3 X-RateLimit-Reset is waited for by all calls, and each tells its user', async () => {
    const { arrivals } = refuse(tooManyRequests({ resetSeconds: 300 }));
    const [original, ...others] = [await scene.file(900, 'a'), await scene.file(901, 'b')];
    const queued: Promise<void>[] = [];
    const told: number[] = [];
    const uploaded = await scene.client.upload(original.source, {
      signal: scene.me.signal,
      onWait: ({ seconds }) => {
        told.push(seconds);
        queued.push(
          ...others.map(async other => scene.assertRight(await scene.upload(other), other)),
        );
      },
    });
    await Promise.all(queued);
    scene.assertRight(uploaded, original);
    assert.equal(queued.length, 1);
    assert.ok(Number(told[0]) >= 300 && Number(told[0]) <= 301);
    assert.deepEqual(
      scene.waits.map(wait => wait.failure),
      [{ kind: 'rateLimited', seconds: 300 }],
    );
    assert.ok(arrivals.slice(1).every(arrival => arrival >= 300));
    assert.equal(arrivals.length, 3);
  });

  it('S3 a call that waits its turn can be cancelled, and is never sent', async () => {
    const { arrivals } = refuse(tooManyRequests({ resetSeconds: 300 }));
    const original = await scene.file(1000);
    const other = new AbortController();
    let queued: Promise<unknown> = Promise.resolve();
    await scene.client.upload(original.source, {
      signal: scene.me.signal,
      onWait: () => {
        queued = assert.rejects(
          scene.client.upload(original.source, {
            signal: other.signal,
            onWait: () => other.abort(),
          }),
          { name: 'AbortError' },
        );
      },
    });
    await queued;
    assert.equal(arrivals.length, 2);
  });

  it('S3 the wait is counted down every second, and stops when something moves', () => {
    const clock = new TestClock();
    const countdown = new Countdown(clock);
    const told: number[] = [];
    countdown.start(3.2, left => told.push(left));
    clock.advance(2_500);
    assert.deepEqual(told, [4, 3, 2]);
    clock.advance(10_000);
    assert.deepEqual(told, [4, 3, 2, 1]);
    assert.equal(clock.alarms, 0);
    countdown.start(300, left => told.push(left));
    countdown.stop();
    clock.advance(10_000);
    assert.deepEqual(told, [4, 3, 2, 1, 300]);
  });

  for (const resetSeconds of [undefined, 'abc', -1, 1e12, '1e12', 0, '', '300 s', 'Infinity']) {
    it(`S4 a reset of ${JSON.stringify(resetSeconds)} is none: 1 s, then 2 s`, async () => {
      const wait = resetSeconds === undefined ? {} : { resetSeconds };
      const { arrivals } = refuse(tooManyRequests(wait), 2);
      const original = await scene.file(1000);
      scene.assertRight(await scene.upload(original), original);
      assertWaited(arrivals, 1, 2);
    });
  }

  it('S4 own pauses double up to ten minutes, and start over after a success', () => {
    const clock = new TestClock();
    const gate = new RateGate(clock);
    const pauses = Array.from({ length: 13 }, () => {
      const seconds = gate.throttled(undefined);
      clock.advance(seconds * 1000);
      return seconds;
    });
    assert.deepEqual(pauses, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 600, 600, 600]);
    gate.accepted();
    assert.equal(gate.throttled(undefined), 1);
  });

  it('S4 refusals of calls that were under way together count once', () => {
    const gate = new RateGate(new TestClock());
    assert.deepEqual(
      Array.from({ length: 4 }, () => gate.throttled(undefined)),
      [1, 1, 1, 1],
    );
  });

  it('S1 an order to wait for longer than ten minutes is left to the user', async () => {
    const { arrivals } = refuse(tooManyRequests({ retryAfter: '3600' }), Infinity);
    const original = await scene.file(1000);
    const first = await failure(scene.upload(original));
    assert.deepEqual(first, { kind: 'rateLimited', seconds: 3600 });
    // Nor is anything sent before: the next call hears of it without asking Pyrus again.
    const second = await failure(scene.upload(original));
    assert.equal(second.kind, 'rateLimited');
    assert.equal(arrivals.length, 1);
    assert.deepEqual(scene.clock.pauses, []);
  });

  it('S1 Retry-After of a 503 is an order, too; its X-RateLimit-Reset is not', async () => {
    const headers = { 'Retry-After': '20', 'X-RateLimit-Reset': '600' };
    const { arrivals } = refuse({ status: 503, headers, body: '' });
    const original = await scene.file(1000);
    scene.assertRight(await scene.upload(original), original);
    assertWaited(arrivals, 20);
    scene.pyrus.clearFaults();
    const without = refuse({ status: 503, headers: { 'X-RateLimit-Reset': '600' }, body: '' });
    scene.assertRight(await scene.upload(original), original);
    assertWaited(without.arrivals, 0);
    assert.equal(scene.pyrus.requests.filter(({ path }) => `POST ${path}` === UPLOAD).length, 4);
  });
});
