import { posix } from 'node:path';
import { FileError } from './errors';
import type { Occupant, Publisher } from './publisher';
import { diskCode, writeError } from './writeErrors';

/** What saving asks of a Uri. */
export interface Place<P> {
  readonly path: string;
  with(change: { path: string }): P;
  toString(skipEncoding?: boolean): string;
}

/** The part of `vscode.workspace.fs` that saving takes. */
export interface WritingFileSystem<P> {
  stat(uri: P): PromiseLike<{ readonly type: number }>;
  writeFile(uri: P, content: Uint8Array): PromiseLike<void>;
  rename(from: P, to: P, options: { overwrite: boolean }): PromiseLike<void>;
  delete(uri: P, options: { useTrash: boolean }): PromiseLike<void>;
}

/** `vscode.FileType`, as numbers: this module loads without an editor. */
const unknownType = 0;
const directory = 2;

/** The Uri of a name in a folder. */
export function childOf<P>(folder: Place<P>, name: string): P {
  return folder.with({ path: posix.join(folder.path, name) });
}

/**
 * `workspace.fs.writeFile` makes missing folders; a folder that has gone is not to come back.
 * @throws FileError `folderGone`
 */
export async function assertFolder<P extends Place<P>>(
  folder: P,
  files: WritingFileSystem<P>,
): Promise<void> {
  const path = folder.toString(true);
  try {
    const { type } = await files.stat(folder);
    if ((type & directory) !== 0) {
      return;
    }
  } catch (error) {
    throw writeError(error, path);
  }
  throw new FileError({ kind: 'folderGone' }, path);
}

/** Names files in a folder that only VS Code can write. */
export class VirtualPublisher<P extends Place<P>> implements Publisher {
  constructor(
    private readonly folder: P,
    private readonly part: P,
    private readonly files: WritingFileSystem<P>,
    private readonly signal: AbortSignal,
  ) {}

  display(name: string): string {
    return childOf(this.folder, name).toString(true);
  }

  occupant(name: string): Promise<Occupant> {
    return this.#attempt(name, async target => {
      try {
        const { type } = await this.files.stat(target);
        return type === unknownType || (type & directory) !== 0 ? 'other' : 'file';
      } catch (error) {
        if (diskCode(error) === 'FileNotFound') {
          return 'nothing';
        }
        throw error;
      }
    });
  }

  publishUnlessTaken(name: string): Promise<boolean> {
    return this.#attempt(name, async target => {
      try {
        await this.files.rename(this.part, target, { overwrite: false });
        return true;
      } catch (error) {
        if (diskCode(error) === 'FileExists') {
          return false;
        }
        throw error;
      }
    });
  }

  async publishReplacing(name: string): Promise<void> {
    if ((await this.occupant(name)) === 'other') {
      throw new FileError({ kind: 'notAFile' }, this.display(name));
    }
    await this.#attempt(name, async target => {
      await this.files.rename(this.part, target, { overwrite: true });
    });
  }

  async #attempt<T>(name: string, act: (target: P) => Promise<T>): Promise<T> {
    this.signal.throwIfAborted();
    try {
      return await act(childOf(this.folder, name));
    } catch (error) {
      this.signal.throwIfAborted();
      throw writeError(error, this.display(name));
    }
  }
}
