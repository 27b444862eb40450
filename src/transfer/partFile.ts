import type { FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk } from './disk';
import { whenDescriptorsAreFree, whenScannersLetGo } from './disk';
import type { PartJournal } from './partJournal';
import { newPartName } from './partName';
import type { TargetFolder } from './targetFolder';
import { diskCode, writeError } from './writeErrors';

/** What is tidied up is tidied up, cancel or not. */
const never = new AbortController().signal;
/** How many random names to try; one clash in 2^96 is a planted one. */
const tries = 5;

/** A file on its way: beside its final place, for us alone, under a name nobody can guess. */
export class PartFile {
  /** The rights it will have when it is complete. */
  #rights = 0;

  private constructor(
    readonly path: string,
    readonly handle: FileHandle,
    private readonly disk: Disk,
    /** Tells that it is gone. */
    private readonly forget: () => Promise<void>,
  ) {}

  /**
   * Never follows a link and never opens a file that is there.
   * @throws FileError about the folder; the signal's reason on cancel
   */
  static async create(
    folder: TargetFolder,
    disk: Disk,
    signal: AbortSignal,
    journal?: PartJournal,
  ): Promise<PartFile> {
    for (let attempt = 1; ; attempt++) {
      const name = newPartName();
      const path = folder.file(name);
      const lasting = join(folder.real, name);
      const forget = async (): Promise<void> => journal?.end(lasting);
      await journal?.begin(lasting);
      try {
        const rights = folder.rightsOfNewFiles;
        const mode = rights === undefined ? 0o644 : 0o600;
        const handle = await whenDescriptorsAreFree(signal, () => disk.open(path, 'wx', mode));
        const part = new PartFile(path, handle, disk, forget);
        folder.rightsOfNewFiles = part.#rights = rights ?? (await part.#hide());
        return part;
      } catch (error) {
        await forget();
        if (diskCode(error) !== 'EEXIST' || attempt === tries) {
          signal.throwIfAborted();
          throw writeError(error, folder.path);
        }
      }
    }
  }

  /**
   * No more will be written: gives the file the rights of an ordinary one, never to be run.
   * @param path of the file, for errors
   * @throws FileError
   */
  async complete(path: string): Promise<void> {
    try {
      await this.#setRights(this.#rights);
      // Some file systems say only now that the disk is full.
      await this.handle.close();
    } catch (error) {
      throw writeError(error, path);
    }
  }

  /** Removes the file unless it has moved to its place. */
  async remove(): Promise<void> {
    await this.handle.close().catch(() => undefined);
    try {
      await whenScannersLetGo(this.disk, never, () => this.disk.unlink(this.path));
    } catch (error) {
      if (diskCode(error) !== 'ENOENT') {
        throw error;
      }
    }
    await this.forget();
  }

  /**
   * The first one in a folder is made with the rights it shall have in the end: the system takes the
   * umask or the folder's ACL off them, and nothing else could tell those safely. Until then it is
   * ours alone, as all others are from the beginning.
   * @returns those rights
   */
  async #hide(): Promise<number> {
    try {
      const { mode } = await this.handle.stat();
      await this.#setRights(0o600);
      return mode & 0o644;
    } catch (error) {
      await this.remove();
      throw error;
    }
  }

  async #setRights(mode: number): Promise<void> {
    try {
      await this.handle.chmod(mode);
    } catch (error) {
      // FAT and many network file systems have no rights to change.
      if (!['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'].includes(diskCode(error) ?? '')) {
        throw error;
      }
    }
  }
}
