import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { whoAmI } from '../../src/pyrus/auth';
import { RateGate } from '../../src/pyrus/rateLimit';
import { runBatch } from '../../src/transfer/batch';
import { fewestLanes, mostLanes } from '../../src/transfer/lanes';
import { proxyPage } from '../pyrus-server/scripted';
import { startPyrus } from '../pyrus-server/pyrus';
import type { PyrusServer } from '../pyrus-server/pyrus';
import { signedInClient } from '../unit/pyrus/signedInClient';
import type { SignedInClient } from '../unit/pyrus/signedInClient';
import { TestClock } from './testClock';
import { UPLOAD, UploadScene } from './uploadScene';

describe('faults: calls are paced before Pyrus refuses any', () => {
  let clock: TestClock;
  let pyrus: PyrusServer;
  let me: SignedInClient;

  beforeEach(async () => {
    clock = new TestClock();
    pyrus = await startPyrus({ now: () => clock.now() });
    me = await signedInClient(pyrus, 'accounts', clock);
    setMaxListeners(0, me.signal);
  });
  afterEach(() => pyrus.close());

  /** Asks who we are so many times, several at a time. @returns when, in seconds */
  const calls = async (count: number, atATime = fewestLanes): Promise<number[]> => {
    const grant = await me.grants.current();
    const times: number[] = [];
    let begun = 0;
    const work = async (): Promise<void> => {
      while (begun < count) {
        begun += 1;
        await whoAmI(me.exchange, grant, me.signal);
        times.push(clock.now() / 1000);
      }
    };
    await Promise.all(Array.from({ length: atATime }, work));
    return times;
  };
  const refused = (): number => pyrus.requests.filter(({ status }) => status === 429).length;

  it('S5 the last calls of an interval are spread over the rest of it', async () => {
    pyrus.limitRequests(30, 100);
    const times = await calls(40);
    assert.equal(refused(), 0);
    const spread = times.filter(time => time > 0 && time < 100);
    const gaps = spread.map((time, index) => time - (spread[index - 1] ?? 0));
    assert.ok(spread.length >= 15, `${spread.length} calls were spread`);
    assert.ok(Math.min(...gaps) > 3, `two calls within ${Math.min(...gaps)} s`);
    assert.ok(Number(times.at(-1)) < 102, `it took ${times.at(-1)} s`);
  });

  it('S5 as many at a time as there ever are do not take more than is left', async () => {
    pyrus.limitRequests(30, 100);
    await calls(80, mostLanes);
    assert.equal(refused(), 0);
  });

  it('S5 with none left nothing is sent until the interval is over', async () => {
    pyrus.limitRequests(1, 250);
    await calls(1);
    const [second] = await calls(1);
    assert.ok(Number(second) >= 250 && Number(second) <= 252, `sent after ${second} s`);
    assert.equal(refused(), 0);
  });

  it('S5 calls of another program are seen and made room for', async () => {
    pyrus.limitRequests(1000, 100);
    await calls(5);
    pyrus.limitRequests(10, 100);
    const times = await calls(20);
    assert.equal(refused(), 0);
    assert.equal(
      times.filter(time => time < 100).length,
      10,
      'some of the calls left were not used',
    );
  });

  it('S5 calls whose answers are still to come are counted', async () => {
    const gate = new RateGate(clock);
    const { signal } = me;
    await gate.pass(signal);
    gate.heard(5, 100);
    gate.leave();
    const passed: number[] = [];
    const pass = async (): Promise<void> => {
      await gate.pass(signal);
      passed.push(clock.now() / 1000);
    };
    await Promise.all(Array.from({ length: 6 }, pass));
    assert.ok(Number(passed[4]) < 101, `the last of five passed after ${passed[4]} s`);
    assert.equal(passed[5], 101);
  });

  it('S5 calls that Pyrus may not have counted yet are taken off what it says is left', async () => {
    const gate = new RateGate(clock);
    const { signal } = me;
    for (let underWay = 0; underWay < 4; underWay++) {
      await gate.pass(signal);
    }
    gate.heard(4, 100);
    await gate.pass(signal);
    assert.equal(clock.now(), 0, 'the one that is left passes at once');
    await gate.pass(signal);
    assert.equal(clock.now(), 101_000);
  });

  it('L7 6,000 calls in a row never meet a 429, and lose no time but the rest of an interval', async () => {
    const times = await calls(6000);
    assert.equal(times.length, 6000);
    assert.equal(refused(), 0);
    assert.ok(times.filter(time => time === 0).length >= 4970, 'paced before there was need');
    assert.ok(Number(times.at(-1)) <= 602, `it took ${times.at(-1)} s`);
  });
});

describe('faults: an outage', () => {
  const scene = UploadScene.prepare();

  it('S17 100 queued uploads send at most 250 requests; after it all is well again', async () => {
    const outage = scene.pyrus.script({ match: UPLOAD, times: Infinity, answer: proxyPage(503) });
    const original = await scene.file(1000);
    const queue = Array.from({ length: 100 }, (_, at) => ({ name: String(at), size: 1000 }));
    const run = () =>
      runBatch({
        items: queue,
        run: () => scene.upload(original),
        isFatal: () => false,
        onProgress: () => undefined,
        signal: scene.me.signal,
      });
    const { failed } = await run();
    assert.equal(failed.length, 100);
    assert.ok(outage.hits.length <= 250, `${outage.hits.length} requests`);
    assert.ok(outage.hits.length > 100, 'nothing was tried again');
    assert.ok(scene.clock.now() <= 600_000);
    // The budget is used up: whoever insists costs one request each.
    const before = outage.hits.length;
    await run();
    assert.equal(outage.hits.length - before, 100);
    outage.cancel();
    const { done } = await run();
    assert.equal(done.length, 100);
    done.forEach(({ value }) => scene.assertRight(value, original));
  });
});
