import { posix } from 'node:path';
import type { OpenSource, UploadSource } from '../pyrus/ports';
import { FileError } from './errors';
import type { Md5Worker } from './md5';
import { openContent } from './openContent';
import { readError } from './readErrors';
import { unlessAborted } from './unlessAborted';
import { assertUploadable } from './uploadLimits';
import { uploadName } from './uploadName';

/** The part of a `vscode.Uri` that is needed here. */
export interface VirtualPlace {
  readonly path: string;
  toString(skipEncoding?: boolean): string;
}

/** The part of `vscode.workspace.fs` that reading takes. */
export interface ReadingFileSystem<Place extends VirtualPlace> {
  stat(place: Place): PromiseLike<VirtualStat>;
  readFile(place: Place): PromiseLike<Uint8Array>;
}

interface VirtualStat {
  readonly type: number;
  readonly size: number;
  readonly mtime: number;
}

/** `vscode.FileType.Directory`, as a number: this module loads without an editor. */
const directory = 2;

/**
 * A file of a file system only VS Code can read (remote, virtual, in memory). Such files come
 * whole, so the size is judged before reading.
 * @throws FileError `notFound`, `notAFile`, `empty`, `tooLarge`, `unreadable`
 */
export async function virtualSource<Place extends VirtualPlace>(
  uri: Place,
  files: ReadingFileSystem<Place>,
  worker?: Md5Worker,
): Promise<UploadSource> {
  const path = uri.toString(true);
  try {
    const { size } = await statFile(uri, files, path);
    // Some providers do not know the size and say 0.
    const bytes = size > 0 ? size : (await files.readFile(uri)).byteLength;
    assertUploadable(bytes, path);
    return {
      name: uploadName(posix.basename(uri.path)),
      size: bytes,
      open: (signal, onBytes) => openVirtual(uri, files, signal, onBytes, worker),
    };
  } catch (error) {
    throw readError(error, path);
  }
}

/**
 * A provider knows of no cancel, so it is left alone with what it was asked. Nothing else ends the
 * wait: it may be fetching the file over a line of its own, and tells nobody how far it has come.
 */
async function openVirtual<Place extends VirtualPlace>(
  uri: Place,
  files: ReadingFileSystem<Place>,
  signal: AbortSignal,
  onBytes: (count: number) => void,
  worker?: Md5Worker,
): Promise<OpenSource> {
  const path = uri.toString(true);
  const asked = <T>(ask: () => PromiseLike<T>): Promise<T> =>
    unlessAborted(signal, async () => ask());
  try {
    const before = await asked(() => statFile(uri, files, path));
    assertUploadable(Math.max(before.size, 1), path);
    const read = await asked(() => files.readFile(uri));
    const bytes = Buffer.from(read.buffer, read.byteOffset, read.byteLength);
    assertUploadable(bytes.length, path);
    const opened = {
      path,
      size: bytes.length,
      read: (buffer: Buffer, position: number) => Promise.resolve(bytes.copy(buffer, 0, position)),
      isUnchanged: async () => {
        const now = await asked(() => files.stat(uri));
        return now.size === before.size && now.mtime === before.mtime;
      },
      release: () => Promise.resolve(),
    };
    return await openContent(opened, signal, onBytes, worker);
  } catch (error) {
    signal.throwIfAborted();
    throw readError(error, path);
  }
}

async function statFile<Place extends VirtualPlace>(
  uri: Place,
  files: ReadingFileSystem<Place>,
  path: string,
): Promise<VirtualStat> {
  const stats = await files.stat(uri);
  if ((stats.type & directory) !== 0) {
    throw new FileError({ kind: 'notAFile' }, path);
  }
  return stats;
}
