import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as lockfile from 'proper-lockfile';
import { cacheFolder } from './project';

/** Something that is made once, on first use, and then kept in the cache. */
export interface Treasure {
  /** Name of its folder in the cache; contains the version. */
  readonly name: string;
  /** What the terminal says is being brought. */
  readonly title: string;
  /** Fills an empty folder. */
  readonly make: (folder: string) => Promise<void>;
}

const LOCK = { realpath: false, stale: 30_000, update: 5_000 } as const;
const PATIENCE = { forever: true, factor: 1, minTimeout: 500, maxTimeout: 500 } as const;

/**
 * The folder of a thing in the cache, made now if it is not there yet. It is built beside its place
 * and renamed when complete, so a folder that exists is whole; a lock makes a second run wait.
 */
export async function bringOnce(treasure: Treasure, cache = cacheFolder): Promise<string> {
  const folder = path.join(cache, treasure.name);
  if (existsSync(folder)) {
    return folder;
  }
  await mkdir(cache, { recursive: true });
  const release = await lock(folder, treasure.title);
  try {
    if (!existsSync(folder)) {
      await make(treasure, folder);
    }
  } finally {
    await release();
  }
  return folder;
}

async function make(treasure: Treasure, folder: string): Promise<void> {
  console.log(`Bringing ${treasure.title} (first time only)`);
  const unfinished = `${folder}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished);
  await treasure.make(unfinished);
  await rename(unfinished, folder);
}

async function lock(folder: string, title: string): Promise<() => Promise<void>> {
  try {
    return await lockfile.lock(folder, LOCK);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ELOCKED')) {
      throw error;
    }
  }
  console.log(`Another run is bringing ${title}: waiting for it`);
  return await lockfile.lock(folder, { ...LOCK, retries: PATIENCE });
}

/** Says on the terminal what a long step does, and how long it took. */
export async function step<T>(title: string, action: () => Promise<T>): Promise<T> {
  const start = performance.now();
  console.log(`  ${title}…`);
  const result = await action();
  console.log(`  ${title}: ${Math.round((performance.now() - start) / 1000)} s`);
  return result;
}
