import type { Disk } from './disk';
import { TargetFolder } from './targetFolder';
import { unlessAborted } from './unlessAborted';

interface Shared {
  readonly folder: Promise<TargetFolder>;
  /** Ends the opening once nobody waits for it: one who leaves must not take the others along. */
  readonly cancel: AbortController;
  users: number;
}

/**
 * Folders that files are being saved into, each opened once for as many as are saved there at the
 * same time: opening one takes as long as saving a small file.
 */
class OpenFolders {
  readonly #open = new Map<string, Shared>();

  constructor(private readonly disk: Disk) {}

  /**
   * @param path absolute
   * @throws as `TargetFolder.open`, and what `act` throws
   */
  async use<T>(
    path: string,
    signal: AbortSignal,
    act: (folder: TargetFolder) => Promise<T>,
  ): Promise<T> {
    const shared = this.#enter(path);
    try {
      const folder = await unlessAborted(signal, () => shared.folder);
      try {
        return await act(folder);
      } catch (error) {
        // It may not be in its place any more: the next one looks for itself.
        this.#forget(path, shared);
        throw error;
      }
    } finally {
      await this.#leave(path, shared);
    }
  }

  #enter(path: string): Shared {
    const known = this.#open.get(path);
    if (known !== undefined) {
      known.users += 1;
      return known;
    }
    const cancel = new AbortController();
    const shared = {
      folder: TargetFolder.open(path, this.disk, cancel.signal),
      cancel,
      users: 1,
    };
    this.#open.set(path, shared);
    shared.folder.catch(() => this.#forget(path, shared));
    return shared;
  }

  async #leave(path: string, shared: Shared): Promise<void> {
    shared.users -= 1;
    if (shared.users === 0) {
      this.#forget(path, shared);
      shared.cancel.abort();
      await (await shared.folder.catch(() => undefined))?.close();
    }
  }

  #forget(path: string, shared: Shared): void {
    if (this.#open.get(path) === shared) {
      this.#open.delete(path);
    }
  }
}

const ofDisks = new WeakMap<Disk, OpenFolders>();

/** The one for a disk. */
export function openFolders(disk: Disk): OpenFolders {
  const known = ofDisks.get(disk) ?? new OpenFolders(disk);
  ofDisks.set(disk, known);
  return known;
}
