import { mkdir, mkdtemp, open, readdir, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';

export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;

/** A folder for large files, gone at the end, however it ends. */
export class Scratch {
  private constructor(readonly folder: string) {}

  static async make(): Promise<Scratch> {
    return new Scratch(await mkdtemp(path.join(await realpath(tmpdir()), 'pyrus-bench-')));
  }

  /** A file of so many bytes: a hole, so that nobody measures the disk. */
  async hole(size: number): Promise<string> {
    const file = path.join(this.folder, `${size}.bin`);
    const handle = await open(file, 'w');
    await handle.truncate(size);
    await handle.close();
    return file;
  }

  /** Small files with bytes of their own. */
  async files(count: number, size: number): Promise<string[]> {
    const paths = Array.from({ length: count }, (_, at) =>
      path.join(this.folder, `small-${at}.bin`),
    );
    for (const [at, file] of paths.entries()) {
      await writeFile(file, Buffer.alloc(size, `file ${at} `));
    }
    return paths;
  }

  /** Where downloads go, empty. */
  async target(): Promise<string> {
    const folder = path.join(this.folder, 'down');
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder);
    return folder;
  }

  /** A quick program that lost half is none. @throws Error when other files came than these */
  async assertArrived(count: number, size: number): Promise<void> {
    const folder = path.join(this.folder, 'down');
    const names = await readdir(folder);
    const sizes = await Promise.all(
      names.map(async name => (await stat(path.join(folder, name))).size),
    );
    if (names.length !== count || sizes.some(one => one !== size)) {
      throw new Error(`${names.length} files came, not ${count} of ${size} bytes`);
    }
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
