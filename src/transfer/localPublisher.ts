import type { Disk } from './disk';
import { whenScannersLetGo } from './disk';
import { FileError } from './errors';
import type { PartFile } from './partFile';
import type { Occupant, Publisher } from './publisher';
import type { TargetFolder } from './targetFolder';
import { diskCode, writeError } from './writeErrors';

/**
 * File systems without hard links, and links the system forbids. Windows says of FAT32 and exFAT that
 * the function is invalid, which libuv takes for EISDIR (nodejs/node#65817); what is linked is always
 * a file of ours, so that code can mean nothing else here.
 */
const cannotLink = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EMLINK', 'EISDIR'];

/** Names files in a folder of this machine's disk. */
export class LocalPublisher implements Publisher {
  constructor(
    private readonly folder: TargetFolder,
    private readonly part: PartFile,
    private readonly disk: Disk,
    private readonly signal: AbortSignal,
  ) {}

  display(name: string): string {
    return this.folder.display(name);
  }

  occupant(name: string): Promise<Occupant> {
    return this.#attempt(name, async target => {
      const stats = await this.disk.lstat(target).catch((error: unknown) => {
        if (diskCode(error) === 'ENOENT') {
          return undefined;
        }
        throw error;
      });
      if (stats === undefined) {
        return 'nothing';
      }
      return stats.isFile() || stats.isSymbolicLink() ? 'file' : 'other';
    });
  }

  publishUnlessTaken(name: string): Promise<boolean> {
    return this.#attempt(name, async target => {
      try {
        await this.disk.link(this.part.path, target);
        return true;
      } catch (error) {
        const code = diskCode(error) ?? '';
        if (code === 'EEXIST') {
          return false;
        }
        if (!cannotLink.includes(code)) {
          throw error;
        }
        return this.#claim(target);
      }
    });
  }

  async publishReplacing(name: string): Promise<void> {
    if ((await this.occupant(name)) === 'other') {
      throw new FileError({ kind: 'notAFile' }, this.display(name));
    }
    await this.#attempt(name, target => this.#rename(target));
  }

  /**
   * Without links the name is taken by an empty file, which the finished one then replaces: no
   * second copy of the bytes, and the name shows all of them or none.
   */
  async #claim(target: string): Promise<boolean> {
    try {
      await (await this.disk.open(target, 'wx', 0o600)).close();
    } catch (error) {
      if (diskCode(error) === 'EEXIST') {
        return false;
      }
      throw error;
    }
    try {
      await this.#rename(target);
    } catch (error) {
      await this.#unclaim(target);
      throw error;
    }
    return true;
  }

  /** Somebody may have put a file there meanwhile. */
  async #unclaim(target: string): Promise<void> {
    const { size } = await this.disk.lstat(target);
    if (size === 0) {
      await this.disk.unlink(target);
    }
  }

  #rename(target: string): Promise<void> {
    return whenScannersLetGo(this.disk, this.signal, () =>
      this.disk.rename(this.part.path, target),
    );
  }

  async #attempt<T>(name: string, act: (target: string) => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    try {
      return await act(this.folder.file(name));
    } catch (error) {
      this.signal.throwIfAborted();
      throw writeError(error, this.display(name));
    }
  }
}
