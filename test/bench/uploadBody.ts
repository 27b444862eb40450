/**
 * How fast a file becomes a request body, and how much memory that takes, beside curl and a bare
 * `node:http` pipe; all against one drain server in a process of its own. Prints Markdown.
 *
 *     npx tsc -p test && node out/test/bench/uploadBody.js [rounds]
 *
 * Machines differ and are shared: read the ratios. They are taken round by round, then the median.
 */
import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { contenders, upload } from './uploadContenders';
import type { Contender } from './uploadContenders';
import { startDrain } from './drainServer';

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;
const rounds = Number(process.argv[2] ?? 5);

/** What one process of ours has to say about one upload. */
interface Measured {
  readonly seconds: number;
  /** Peak resident memory beyond what the loaded process had before. */
  readonly growthMebibytes: number;
  /** Share of the time in which the thread that serves everybody else was busy. */
  readonly busy: number;
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'pyrus-bench-'));
  const drain = fork(__filename, ['drain']);
  try {
    const [port] = (await once(drain, 'message')) as [number];
    const url = `http://127.0.0.1:${port}/`;
    await compareSpeed(url, await sparseFile(folder, gibibyte));
    await compareMemory(url, folder);
  } finally {
    drain.kill();
    await rm(folder, { recursive: true });
  }
}

async function compareSpeed(url: string, file: string): Promise<void> {
  const rows = new Map<string, { seconds: number[]; busy: number[] }>();
  const note = (name: string, seconds: number, busy?: number): void => {
    const row = rows.get(name) ?? { seconds: [], busy: [] };
    rows.set(name, row);
    row.seconds.push(seconds);
    row.busy.push(...(busy === undefined ? [] : [busy]));
  };
  const post = `curl -sS -o ${join(file, '../answer')} -F file=@${file} ${url}`;
  for (let round = 0; round < rounds; round += 1) {
    note('curl -F', await shell(post));
    note('md5sum & curl -F', await shell(`md5sum ${file} >/dev/null & ${post}; wait`));
    for (const contender of contenders) {
      const { seconds, busy } = await measure(contender, url, file);
      note(contender, seconds, busy);
    }
  }
  const of = (name: string): number[] => rows.get(name)?.seconds ?? [];
  console.log(
    `\n1 GiB, ${rounds} rounds in turn; Node ${process.version}, time without its start\n`,
  );
  console.log('| variant | s | × curl | × md5sum & curl | × raw http | thread busy |');
  console.log('| --- | --- | --- | --- | --- | --- |');
  for (const [name, { seconds, busy }] of rows) {
    const ratios = ['curl -F', 'md5sum & curl -F', 'raw http pipe'].map(other =>
      median(seconds.map((value, round) => value / (of(other)[round] ?? Number.NaN))).toFixed(2),
    );
    const share = busy.length > 0 ? median(busy).toFixed(2) : '';
    console.log(`| ${[name, median(seconds).toFixed(2), ...ratios, share].join(' | ')} |`);
  }
}

async function compareMemory(url: string, folder: string): Promise<void> {
  console.log('\nPeak memory growth, MiB\n');
  console.log('| variant | 64 MiB | 1 GiB | 2 GiB − 1 KiB |\n| --- | --- | --- | --- |');
  for (const contender of contenders) {
    const growths: string[] = [];
    for (const size of [64 * mebibyte, gibibyte, 2 * gibibyte - 1024]) {
      const file = await sparseFile(folder, size);
      const runs = [];
      for (let round = 0; round < 3; round += 1) {
        runs.push((await measure(contender, url, file)).growthMebibytes);
      }
      growths.push(median(runs).toFixed(0));
    }
    console.log(`| ${[contender, ...growths].join(' | ')} |`);
  }
}

async function measure(contender: Contender, url: string, file: string): Promise<Measured> {
  const child = fork(__filename, ['upload', contender, url, file]);
  const [[measured]] = await Promise.all([
    once(child, 'message') as Promise<[Measured]>,
    ended(child),
  ]);
  return measured;
}

/** In a process of its own, so that memory is this one upload's. */
async function uploadHere(contender: string, url: string, file: string): Promise<Measured> {
  const send = upload(contender);
  const before = process.memoryUsage.rss();
  const busy = performance.eventLoopUtilization();
  const start = performance.now();
  await send(url, file);
  return {
    seconds: (performance.now() - start) / 1000,
    growthMebibytes: Math.max(process.resourceUsage().maxRSS * 1024 - before, 0) / mebibyte,
    busy: performance.eventLoopUtilization(busy).utilization,
  };
}

async function shell(command: string): Promise<number> {
  const start = performance.now();
  await ended(spawn('bash', ['-c', command], { stdio: 'inherit' }));
  return (performance.now() - start) / 1000;
}

async function ended(child: ChildProcess): Promise<void> {
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) {
    throw new Error(`${child.spawnargs.join(' ')} ended with ${code}`);
  }
}

async function sparseFile(folder: string, size: number): Promise<string> {
  const path = join(folder, `${size}.bin`);
  const handle = await open(path, 'w');
  await handle.truncate(size);
  await handle.close();
  return path;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

async function run([role, ...rest]: readonly string[]): Promise<void> {
  if (role === 'drain') {
    process.send?.(await startDrain());
  } else if (role === 'upload') {
    const [contender = '', url = '', file = ''] = rest;
    process.send?.(await uploadHere(contender, url, file));
    process.disconnect();
  } else {
    await main();
  }
}

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
