import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assertNoCanaryBelow } from '../../pyrus-server/canaryFiles';

export const mebibyte = 1024 * 1024;

/** A real folder for one test file; `remove` it in `after`. */
export class TempFolder {
  private constructor(readonly path: string) {}

  static async create(): Promise<TempFolder> {
    return new TempFolder(await mkdtemp(join(tmpdir(), 'pyrus-test-')));
  }

  /** Writes a file of random bytes. @returns its path and bytes */
  async file(name: string, size: number): Promise<{ path: string; bytes: Buffer }> {
    const path = join(this.path, name);
    const bytes = randomBytes(size);
    await writeFile(path, bytes);
    return { path, bytes };
  }

  /** @throws Error when a token or a key of the stand-in lies in it */
  async remove(): Promise<void> {
    await assertNoCanaryBelow(this.path).finally(() => this.#remove());
  }

  async #remove(): Promise<void> {
    await rm(this.path, { recursive: true, force: true });
  }

  /** How many descriptors of this process (worker threads included) are open below this folder. */
  descriptors(): number {
    return readdirSync('/proc/self/fd').filter(descriptor => this.#holds(descriptor)).length;
  }

  #holds(descriptor: string): boolean {
    try {
      return readlinkSync(`/proc/self/fd/${descriptor}`).startsWith(this.path);
    } catch {
      // The descriptor by which the list itself was read.
      return false;
    }
  }
}

/** One-shot, as a second opinion. */
export function md5Of(bytes: Uint8Array): string {
  return createHash('md5').update(bytes).digest('hex');
}
