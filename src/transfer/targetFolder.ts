import { constants } from 'node:fs';
import type { BigIntStats } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { Disk } from './disk';
import { whenDescriptorsAreFree } from './disk';
import { FileError } from './errors';
import { assertNoToolFolder } from './toolFolders';
import { writeError } from './writeErrors';

/**
 * A folder held fast: whatever is renamed or linked in its place meanwhile, files made here land
 * in the folder that was opened, and nowhere else.
 */
export class TargetFolder {
  /** The rights that the system leaves to a new file here; known once there has been one. */
  rightsOfNewFiles: number | undefined;

  private constructor(
    readonly path: string,
    /** Where it really is. */
    readonly real: string,
    private readonly base: string,
    private readonly handle: FileHandle | undefined,
    /** What the handle holds. */
    private readonly held: BigIntStats | undefined,
    private readonly disk: Disk,
  ) {}

  /** @throws FileError `folderRefused`, `folderGone`, `noPermission`, `unwritable` */
  static async open(path: string, disk: Disk, signal: AbortSignal): Promise<TargetFolder> {
    assertNoToolFolder(path.split(sep), path);
    let handle: FileHandle | undefined;
    try {
      const real = await disk.realpath(path);
      assertNoToolFolder(real.split(sep), path);
      handle = await whenDescriptorsAreFree(signal, () => openFolder(real, disk));
      const base = handle === undefined ? real : `/proc/self/fd/${handle.fd}`;
      const held = await handle?.stat({ bigint: true });
      const folder = new TargetFolder(path, real, base, handle, held, disk);
      await folder.assertInPlace();
      return folder;
    } catch (error) {
      await handle?.close();
      signal.throwIfAborted();
      throw writeError(error, path);
    }
  }

  /** The path by which to create, rename and remove a file of this folder. */
  file(name: string): string {
    return join(this.base, name);
  }

  /** The path of a name, for people. */
  display(name: string): string {
    return join(this.path, name);
  }

  /** @throws FileError `folderGone` when the folder's path does not lead to it any more */
  async assertInPlace(): Promise<void> {
    const { held } = this;
    const [real, stats] = await Promise.all([
      this.disk.realpath(this.path),
      this.disk.stat(this.path, { bigint: true }),
    ]).catch((error: unknown) => {
      throw writeError(error, this.path);
    });
    const replaced = held !== undefined && (stats.ino !== held.ino || stats.dev !== held.dev);
    if (real !== this.real || replaced || !stats.isDirectory()) {
      throw new FileError({ kind: 'folderGone' }, this.path);
    }
  }

  /**
   * That what was just made here is here: without a handle its folder was found by the path.
   * @throws FileError `folderGone`
   */
  async assertHeld(): Promise<void> {
    if (this.handle === undefined) {
      await this.assertInPlace();
    }
  }

  async close(): Promise<void> {
    await this.handle?.close();
  }
}

/** On Linux a descriptor names its folder for good; other systems have only the path. */
async function openFolder(real: string, disk: Disk): Promise<FileHandle | undefined> {
  return disk.platform === 'linux'
    ? disk.open(real, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW)
    : undefined;
}
