import { type ChildProcess, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readFile, readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';

/** A program started with all it starts itself, to be ended as one. */
export interface ProcessGroup {
  /** Its output and errors, the last of them. */
  readonly log: () => string;
  /**
   * Resolves with the first match in its output, or only in the output after this call; rejects with
   * its log when it ends before.
   */
  readonly saying: (pattern: RegExp, since?: 'start' | 'now') => Promise<RegExpExecArray>;
  /** Resolves when the program has ended, by itself or by us, with a sentence that says how. */
  readonly ended: Promise<string>;
  /** Ends every process of the group and waits until none is left. */
  readonly dispose: () => Promise<void>;
}

const KEPT_LOG = 200_000;
const GRACE_MS = 3_000;

const living = new Set<number>();
process.once('exit', () => {
  for (const group of living) {
    signal(group, 'SIGKILL');
  }
});

/** Starts a program as the leader of a process group of its own. */
export function startGroup(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): ProcessGroup {
  const child = spawn(program, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = new EventEmitter<{ text: [string] }>();
  let log = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      log = (log + text).slice(-KEPT_LOG);
      output.emit('text', text);
    });
  }
  const ended = endOf(child, program);
  const saying: ProcessGroup['saying'] = (pattern, since = 'start') =>
    new Promise((resolve, reject) => {
      let heard = since === 'start' ? log : '';
      const listen = (text: string): void => {
        heard += text;
        const match = pattern.exec(heard);
        if (match !== null) {
          output.off('text', listen);
          resolve(match);
        }
      };
      output.on('text', listen);
      listen('');
      void ended.then(how => reject(new Error(`${how}\n${log}`)));
    });
  return { log: () => log, saying, ended, dispose: () => disposeOf(child) };
}

function endOf(child: ChildProcess, program: string): Promise<string> {
  const { pid } = child;
  if (pid !== undefined) {
    living.add(pid);
  }
  return new Promise(resolve => {
    child.once('error', error => resolve(`${program} did not start: ${error.message}`));
    child.once('close', (code, how) => resolve(`${program} ended with ${code ?? how ?? '?'}`));
  });
}

async function disposeOf({ pid }: ChildProcess): Promise<void> {
  if (pid === undefined) {
    return;
  }
  signal(pid, 'SIGTERM');
  const patience = performance.now() + GRACE_MS;
  // The system tells when the leader ends, but not when the last of its group does.
  while (await isAlive(pid)) {
    if (performance.now() > patience) {
      signal(pid, 'SIGKILL');
    }
    await delay(20);
  }
  living.delete(pid);
}

/**
 * Whether anything of a group still runs. What has ended but nobody has asked about stays in the
 * process table, for ever where the first process is no init, as in many containers.
 */
async function isAlive(group: number): Promise<boolean> {
  if (!signal(group, 0)) {
    return false;
  }
  if (process.platform !== 'linux') {
    return true;
  }
  const pids = (await readdir('/proc')).filter(name => /^\d+$/.test(name));
  const states = await Promise.all(
    // One that ends while we look has ended.
    pids.map(pid => readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')),
  );
  // pid (name) state parent group …; the name may hold anything.
  const members = states.map(text => /\) (\w) \d+ (\d+) [^)]*$/.exec(text));
  return members.some(member => member?.[2] === String(group) && member[1] !== 'Z');
}

/** Sends a signal to a whole group. @returns whether anyone was there to receive it */
function signal(group: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(-group, name);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') {
      return false;
    }
    throw error;
  }
}
