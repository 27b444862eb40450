import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** What nothing here takes on the slowest machine: then it hangs, and is ended. */
const PATIENCE = 120_000;

/**
 * Runs a program to its end.
 * @returns seconds from start to exit, and what it printed
 * @throws Error when it fails, or takes minutes
 */
export async function timed(
  program: string,
  args: readonly string[],
): Promise<{ readonly seconds: number; readonly output: string }> {
  const begun = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'pipe'], timeout: PATIENCE });
  const output: string[] = [];
  const errors: string[] = [];
  child.stdout.on('data', chunk => output.push(String(chunk)));
  child.stderr.on('data', chunk => errors.push(String(chunk)));
  const ended = once(child, 'close');
  await once(child, 'exit');
  const seconds = (performance.now() - begun) / 1000;
  await ended;
  if (child.exitCode !== 0) {
    throw new Error(`${program} ended with ${exitOf(child)}: ${errors.join('').slice(-500)}`);
  }
  return { seconds, output: output.join('') };
}

/** The same with a line for a shell. */
export async function timedShell(line: string): Promise<number> {
  return (await timed('bash', ['-c', line])).seconds;
}

function exitOf({ exitCode, signalCode }: ChildProcess): string {
  return String(exitCode ?? signalCode);
}
