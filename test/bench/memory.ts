import { measure, orderFor } from './contestant';
import type { Order } from './contestant';
import type { Context } from './context';
import { fetched, md5Of, mebibytes } from './largeFiles';
import { startPyrusProcess } from './pyrusChild';
import { GIB, MIB } from './scratch';
import { median, spread } from './statistics';

/** Peak memory growth, by size, both ways: it must not depend on the size. */
export async function memory(context: Context): Promise<void> {
  const { report, quick } = context;
  // The form around a file counts towards the 2 GiB that Pyrus takes.
  const sizes = quick ? [16 * MIB, 64 * MIB] : [64 * MIB, GIB, 2 * GIB - 1024];
  const sent: number[][] = [];
  const came: number[][] = [];
  for (const size of sizes) {
    sent.push(await growthOfUpload(context, size));
    came.push(await growthOfDownload(context, size));
  }
  report.heading('Peak memory growth, MiB');
  report.table(
    ['', ...sizes.map(size => (size === 2 * GIB - 1024 ? '2 GiB − 1 KiB' : mebibytes(size)))],
    [
      ['upload', ...sent.map(values => spread(values, 0))],
      ['download', ...came.map(values => spread(values, 0))],
    ],
  );
  for (const [what, all] of [
    ['upload', sent],
    ['download', came],
  ] as const) {
    const [small = [], largest = []] = [all[0], all.at(-1)];
    report.target({
      id: 'T4',
      text: `memory growth, the largest ${what}, MiB`,
      limit: 40,
      values: largest,
      digits: 0,
    });
    report.target({
      id: 'T4',
      text: `… more than the smallest ${what}, MiB`,
      limit: 16,
      values: [median(largest) - median(small)],
      digits: 0,
    });
  }
}

async function growthOfUpload(
  { scratch, bundle, rounds }: Context,
  size: number,
): Promise<number[]> {
  const path = await scratch.hole(size);
  const pyrus = await startPyrusProcess({ uploadWork: 'drain', assumedMd5: await md5Of(path) });
  try {
    const order = orderFor(pyrus, [{ path, name: 'large.bin', size }]);
    return await growths(bundle, () => Promise.resolve(order), roundsFor(rounds));
  } finally {
    pyrus.stop();
  }
}

async function growthOfDownload(
  { scratch, bundle, rounds }: Context,
  size: number,
): Promise<number[]> {
  const pyrus = await startPyrusProcess({});
  try {
    const file = await pyrus.addFile({ name: 'large.bin', content: size });
    const order = async (): Promise<Order> =>
      orderFor(pyrus, [fetched(file, await scratch.target())]);
    return await growths(bundle, order, roundsFor(rounds));
  } finally {
    await scratch.target();
    pyrus.stop();
  }
}

async function growths(
  bundle: string,
  order: () => Promise<Order>,
  rounds: number,
): Promise<number[]> {
  const all: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const measured = await measure(bundle, await order());
    all.push(measured.growth);
  }
  return all;
}

/** Memory varies little, and 2 GiB take their time. */
function roundsFor(rounds: number): number {
  return Math.ceil(rounds / 2);
}
