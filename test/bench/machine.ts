import { execFile } from 'node:child_process';
import { cpus, loadavg, platform, release, totalmem } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Whether a program can be started. */
export async function has(program: string, ...args: readonly string[]): Promise<boolean> {
  return (await firstLine(program, ...args)) !== undefined;
}

/** The machine and what the peers are, in a line or two. */
export async function machine(): Promise<string> {
  const [cpu] = cpus();
  const curl = (await firstLine('curl', '--version')) ?? 'no curl';
  const [load = 0] = loadavg();
  return [
    `${cpu?.model.trim() ?? 'unknown processor'}, ${cpus().length} cores`,
    `${(totalmem() / 2 ** 30).toFixed(0)} GiB of memory`,
    `${platform()} ${release()}`,
    `Node ${process.version}`,
    curl.split(' ').slice(0, 2).join(' '),
    `load ${load.toFixed(2)} at the beginning`,
  ].join(', ');
}

async function firstLine(program: string, ...args: readonly string[]): Promise<string | undefined> {
  try {
    return (await run(program, [...args])).stdout.split('\n')[0];
  } catch {
    // It is not installed, or not in working order: to a benchmark that is the same.
    return undefined;
  }
}
