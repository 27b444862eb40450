import { write, writev } from 'node:fs';
import * as fs from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { diskCode } from './writeErrors';

/** The part of a file system that saving takes, so that tests can make it fail. */
export type Disk = Pick<
  typeof fs,
  'open' | 'realpath' | 'stat' | 'statfs' | 'lstat' | 'link' | 'rename' | 'unlink'
> & {
  readonly write: typeof write;
  readonly writev: typeof writev;
  readonly platform: NodeJS.Platform;
};

/** This machine's. */
export const localDisk: Disk = { ...fs, write, writev, platform: process.platform };

/** Waits between tries, in milliseconds: 10, 20, 30 … 100, 100 …, ten seconds in all. */
const longestPause = 100;
const patience = 10_000;

/**
 * Waits for a descriptor while the process is out of them: others give theirs back.
 * @throws the last error after ten seconds; the signal's reason on cancel
 */
export function whenDescriptorsAreFree<T>(signal: AbortSignal, act: () => Promise<T>): Promise<T> {
  return persistently(['EMFILE', 'ENFILE'], signal, act);
}

/**
 * On Windows virus scanners and indexers hold files that have just been written.
 * @throws the last error after ten seconds; the signal's reason on cancel
 */
export function whenScannersLetGo<T>(
  disk: Disk,
  signal: AbortSignal,
  act: () => Promise<T>,
): Promise<T> {
  return disk.platform === 'win32'
    ? persistently(['EPERM', 'EBUSY', 'EACCES'], signal, act)
    : act();
}

async function persistently<T>(
  codes: readonly string[],
  signal: AbortSignal,
  act: () => Promise<T>,
): Promise<T> {
  let waited = 0;
  for (let pause = 10; ; pause = Math.min(pause + 10, longestPause)) {
    signal.throwIfAborted();
    try {
      return await act();
    } catch (error) {
      if (waited >= patience || !codes.includes(diskCode(error) ?? '')) {
        throw error;
      }
    }
    await delay(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
    waited += pause;
  }
}
