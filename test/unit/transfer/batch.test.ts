import assert from 'node:assert/strict';
import { runBatch } from '../../../src/transfer/batch';
import type { BatchItem, BatchOptions } from '../../../src/transfer/batch';
import { FixedLanes } from '../../../src/transfer/lanes';
import type { BatchState } from '../../../src/transfer/batchProgress';
import { eventually } from './incomingFiles';

const items = (count: number): BatchItem[] =>
  Array.from({ length: count }, (_, index) => ({ name: `${index + 1}`, size: 100_000 }));

describe('a batch', () => {
  const options = <T>(more: Partial<BatchOptions<BatchItem, T>>): BatchOptions<BatchItem, T> => ({
    items: items(9),
    run: () => Promise.reject(new Error('not given')),
    isFatal: () => false,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...more,
  });

  it('answers in the order of the items, however they finish, four at a time', async () => {
    let running = 0;
    let most = 0;
    const result = await runBatch(
      options({
        run: async ({ name }) => {
          most = Math.max(most, ++running);
          for (let turn = 10 - Number(name); turn > 0; turn--) {
            await new Promise(setImmediate);
          }
          running--;
          return `done ${name}`;
        },
        // A transfer that takes no time tells nothing about the connection: four stay four.
        now: () => 0,
      }),
    );
    assert.deepEqual(
      result.done.map(({ value }) => value),
      items(9).map(({ name }) => `done ${name}`),
    );
    assert.equal(most, 4);
  });

  it('goes on after a failure and keeps it with its item', async () => {
    const result = await runBatch(
      options({
        run: ({ name }) =>
          name === '3' ? Promise.reject(new Error('broken')) : Promise.resolve(name),
      }),
    );
    assert.equal(result.done.length, 8);
    assert.deepEqual(
      result.failed.map(({ item, error }) => [item.name, String(error)]),
      [['3', 'Error: broken']],
    );
  });

  it('starts nothing more after a failure that concerns all, and says so of each', async () => {
    const started: string[] = [];
    const result = await runBatch(
      options<string>({
        lanes: new FixedLanes(1),
        isFatal: () => true,
        run: ({ name }) => {
          started.push(name);
          return name === '2' ? Promise.reject(new Error('signed out')) : Promise.resolve(name);
        },
      }),
    );
    assert.deepEqual(started, ['1', '2']);
    assert.equal(result.done.length, 1);
    assert.equal(result.failed.length, 8);
  });

  it('counts what a cancel stopped neither as done nor as failed', async () => {
    const controller = new AbortController();
    const result = await runBatch(
      options<string>({
        signal: controller.signal,
        lanes: new FixedLanes(2),
        run: ({ name }) => {
          if (name === '3') {
            controller.abort();
          }
          controller.signal.throwIfAborted();
          return Promise.resolve(name);
        },
      }),
    );
    assert.equal(result.cancelled, true);
    assert.deepEqual(result.failed, []);
    assert.ok(result.done.length >= 1 && result.done.length < 9);
  });

  it('reports bytes of the whole batch, not above the whole, and falls back with a new try', async () => {
    const states: BatchState[] = [];
    const told = (bytes: number): Promise<boolean> =>
      eventually(() => (states.at(-1)?.movedBytes === bytes ? true : undefined));
    await runBatch(
      options({
        items: [{ name: 'a', size: 100_000 }],
        onProgress: state => states.push(state),
        run: async (_item, progress) => {
          progress(80_000);
          await told(80_000);
          progress(0);
          progress(10_000);
          await told(10_000);
        },
      }),
    );
    // What is overtaken within a tenth of a second is not told, unless the machine stood still.
    assert.deepEqual(
      states.map(({ movedBytes }) => movedBytes).filter((bytes, at) => at === 0 || bytes > 0),
      [0, 80_000, 10_000],
    );
    assert.ok(states.every(({ fraction }) => fraction >= 0 && fraction <= 1));
    assert.equal(states[0]?.totalBytes, 100_000);
  });

  it('reports ten times a second at the most', async () => {
    const reports: number[] = [];
    await runBatch(
      options({
        items: [{ name: 'a', size: 100_000 }],
        onProgress: () => reports.push(performance.now()),
        run: async (_item, progress) => {
          while (reports.length < 5) {
            progress(reports.length);
            await new Promise(setImmediate);
          }
        },
      }),
    );
    const gaps = reports.slice(1).map((time, index) => time - (reports[index] ?? 0));
    // Node's timers may be a millisecond early.
    assert.ok(Math.min(...gaps) >= 98, `${gaps.join(', ')} ms`);
  });
});
