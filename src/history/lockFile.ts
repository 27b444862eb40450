import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds. What is done under the lock takes a fraction of a second. */
const STALE = 10_000;
const PAUSE = 25;

/**
 * Runs `act` while no other process does, as long as all of them use the same lock file. One that a
 * killed process has left behind is taken away when it is ten seconds old.
 * @throws what `act` throws; a file system error when the lock cannot be made
 */
export async function withLockFile<T>(path: string, act: () => Promise<T>): Promise<T> {
  while (!(await create(path))) {
    if (await isStale(path)) {
      await rm(path, { force: true });
    } else {
      await pause(PAUSE);
    }
  }
  try {
    return await act();
  } finally {
    await rm(path, { force: true });
  }
}

async function create(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx', 0o600)).close();
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      return false;
    }
    throw error;
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > STALE;
  } catch {
    // It has just gone: the next try gets it.
    return false;
  }
}
