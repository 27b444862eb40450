import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';

/*
 * What code costs, on a machine that has other work, too: time of the processor, not of the clock;
 * the least of several runs; and never in seconds, only beside another cost measured in turn.
 */

/** Rounds that are measured in any case, and until it is given up. */
const rounds = { least: 3, most: 20 };

/** Measured together until this many microseconds are used: below, the clock says little. */
const worthMeasuring = 2000;

/** What MD5 gets through in a millisecond, where nothing disturbs it. */
const millisecond = Buffer.alloc(700 * 1024);

/** Asserts that `run` costs less than `times` what `other` does. */
export function assertCheaper(run: () => unknown, times: number, other: () => unknown): void {
  let cost = Infinity;
  let otherCost = Infinity;
  for (let round = 1; round <= rounds.most; round++) {
    cost = Math.min(cost, costOf(run));
    otherCost = Math.min(otherCost, costOf(other));
    if (round < rounds.least) {
      continue;
    }
    if (cost < times * otherCost) {
      return;
    }
    // No machine is that noisy for so long, and what is quadratic takes its time.
    if (cost > 4 * times * otherCost) {
      break;
    }
  }
  assert.fail(`it costs ${(cost / otherCost).toFixed(1)} times as much (${cost} µs)`);
}

/** Asserts that `run` takes less than these milliseconds, where hashing 700 KiB takes one. */
export function assertQuick(run: () => unknown, milliseconds: number): void {
  assertCheaper(run, milliseconds, () => createHash('md5').update(millisecond).digest());
}

/**
 * Asserts that the cost of reading a text grows in proportion to its length: over 64 times the
 * length, what is linear stays below some 400 times (larger tables, more garbage), what is quadratic
 * comes to 4096 times, or a thousand where much is fixed cost.
 * @param text makes a text of about that length
 */
export function assertProportional(
  read: (text: string) => unknown,
  text: (length: number) => string,
  longest: number,
): void {
  const [short, long] = [text(longest / 64), text(longest)];
  assertCheaper(
    () => read(long),
    700,
    () => read(short),
  );
}

/** Microseconds of processor time that one run takes. */
function costOf(run: () => unknown): number {
  const before = process.cpuUsage();
  for (let runs = 1; ; runs++) {
    run();
    const { user, system } = process.cpuUsage(before);
    if (user + system >= worthMeasuring) {
      return (user + system) / runs;
    }
  }
}
