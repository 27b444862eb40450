import assert from 'node:assert/strict';
import { runBatch } from '../../../src/transfer/batch';
import { AdaptiveLanes, FixedLanes, fewestLanes, mostLanes } from '../../../src/transfer/lanes';
import type { Lanes } from '../../../src/transfer/lanes';
import { SimulatedLink } from './simulatedLink';
import type { LinkNature } from './simulatedLink';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Moves files over a link. @returns milliseconds, and how many moved at a time at the most */
async function timed(
  nature: LinkNature,
  sizes: readonly number[],
  lanes: Lanes,
): Promise<{ readonly took: number; readonly most: number }> {
  const link = new SimulatedLink(nature);
  const over = runBatch({
    items: sizes.map((size, at) => ({ name: String(at), size })),
    run: ({ size }) => link.move(size),
    isFatal: () => false,
    onProgress: () => undefined,
    signal: new AbortController().signal,
    lanes,
    now: link.now,
  });
  return { took: await link.until(over), most: link.most };
}

const same = (count: number, size: number): number[] => Array<number>(count).fill(size);

/** Small ones, and a larger one now and then. */
const mixed = Array.from({ length: 200 }, (_, at) => (at % 10 === 9 ? 2 * MIB : 20 * KIB));

const mebibits = (count: number): number => (count * MIB) / 8;

describe('the number of transfers at a time', () => {
  const small = same(200, 64 * KIB);
  const links: readonly (readonly [string, LinkNature, readonly number[]])[] = [
    ['small files, a server next door', { latency: 0.1, work: 1.4 }, small],
    ['small files, 30 ms away', { latency: 30, work: 1.4, jitter: 0.2 }, small],
    ['small files, far away', { latency: 250, bytesPerSecond: mebibits(100), jitter: 0.2 }, small],
    ['small files, a narrow line', { latency: 100, bytesPerSecond: mebibits(10) }, small],
    ['small files, a very narrow line', { latency: 30, bytesPerSecond: mebibits(1) }, small],
    ['mixed files, near', { latency: 5, bytesPerSecond: mebibits(1000), jitter: 0.2 }, mixed],
    ['mixed files, far', { latency: 100, bytesPerSecond: mebibits(100), jitter: 0.2 }, mixed],
    ['mixed files, a narrow line', { latency: 100, bytesPerSecond: mebibits(10) }, mixed],
    ['files of 1 MiB', { latency: 50, bytesPerSecond: mebibits(100) }, same(100, MIB)],
    [
      'a line that gives each transfer little',
      { latency: 30, bytesPerSecond: mebibits(1000), bytesPerSecondEach: mebibits(20) },
      same(200, 256 * KIB),
    ],
    ['large files', { latency: 50, bytesPerSecond: mebibits(100) }, same(20, 100 * MIB)],
  ];
  for (const [title, nature, sizes] of links) {
    it(`comes within a tenth of the best fixed number: ${title}`, async () => {
      let best = Infinity;
      for (const count of [1, 2, 4, 6, 8, 10, 12]) {
        best = Math.min(best, (await timed(nature, sizes, new FixedLanes(count))).took);
      }
      const { took, most } = await timed(nature, sizes, new AdaptiveLanes());
      assert.ok(took <= best * 1.1, `${(took / best).toFixed(2)} times the best`);
      assert.ok(most <= mostLanes, `${most} at a time`);
    });
  }

  it('is as before where more would only share a full line', async () => {
    const lanes = new AdaptiveLanes();
    await timed({ latency: 30, bytesPerSecond: mebibits(1) }, small, lanes);
    assert.equal(lanes.count, fewestLanes);
  });

  it('goes down again when the line fills up', () => {
    const lanes = new AdaptiveLanes();
    const took = (count: number, milliseconds: number): void => {
      Array.from({ length: count }, () => lanes.took(milliseconds));
    };
    took(20, 30);
    assert.equal(lanes.count, mostLanes);
    took(20, 300);
    assert.equal(lanes.count, fewestLanes);
  });

  it('gives large files no more than four, however quickly small ones went', async () => {
    const lanes = new AdaptiveLanes();
    const nature = { latency: 30, bytesPerSecond: mebibits(1000) };
    await timed(nature, small, lanes);
    assert.equal(lanes.count, mostLanes);
    assert.equal((await timed(nature, same(8, 100 * MIB), lanes)).most, fewestLanes);
  });

  it('learns nothing from what was done without a server', () => {
    const lanes = new AdaptiveLanes();
    [0.1, 0.2, 30, 30, 30, 30, 0.1, 30].forEach(milliseconds => lanes.took(milliseconds));
    assert.equal(lanes.count, fewestLanes + 5);
  });
});
