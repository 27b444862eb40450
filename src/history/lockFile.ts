import { open, rm, stat } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds. What is done under the lock takes a fraction of a second. */
const STALE = 10_000;
const PAUSE = 25;
/** Milliseconds. Virus scanners, indexers and readers take a fraction of a second, too. */
const PATIENCE = 5_000;

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

/**
 * Windows refuses what is asked of a file that another process has open, or has just removed.
 * @param act asked again then, for five seconds: less than a lock lasts
 * @throws what `act` throws
 */
export async function whenLetGo<T>(platform: NodeJS.Platform, act: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + (platform === 'win32' ? PATIENCE : 0);
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (performance.now() >= deadline || !isHeld(error)) {
        throw error;
      }
    }
    await pause(PAUSE);
  }
}

function isHeld(error: unknown): boolean {
  const held: readonly unknown[] = ['EPERM', 'EBUSY', 'EACCES'];
  return error instanceof Error && 'code' in error && held.includes(error.code);
}

async function create(path: string): Promise<boolean> {
  try {
    const handle = await whenLetGo(process.platform, () => open(path, 'wx', 0o600));
    await handle.close();
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
