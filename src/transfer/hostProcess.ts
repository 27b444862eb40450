import { createHash } from 'node:crypto';
import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { diskCode } from './writeErrors';

/**
 * When a process started, as a number that tells it from a later one with the same id: ticks since
 * the machine did (proc(5), field 22).
 * @returns undefined where the system does not tell, or there is no such process
 */
export async function startOf(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets, and may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/**
 * Where the ids of processes mean what they mean here: a home on a network is seen by other machines,
 * and a volume by other containers, whose processes have the same numbers and cannot be asked.
 * @returns 16 hex digits, the same for all processes that see each other
 */
export async function processSpace(): Promise<string> {
  // Containers may bear one name, as do a machine and a sandbox on it. Other systems have no such thing.
  const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
  return createHash('sha256').update(`${hostname()} ${namespace}`).digest('hex').slice(0, 16);
}

/** @param start as {@link startOf} told when the process ran, or `0` where it told nothing */
export async function isAlive(pid: number, start: string): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (diskCode(error) !== 'EPERM') {
      return false;
    }
    // It is there, and somebody else's.
  }
  return start === '0' || (await startOf(pid)) === start;
}
