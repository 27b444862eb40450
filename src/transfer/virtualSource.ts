import { posix } from 'node:path';
import type * as vscode from 'vscode';
import type { OpenSource, UploadSource } from '../pyrus/ports';
import { FileError } from './errors';
import type { Md5Worker } from './md5';
import { openContent } from './openContent';
import { readError } from './readErrors';
import { assertUploadable } from './uploadLimits';
import { uploadName } from './uploadName';

/** The part of `vscode.workspace.fs` that reading takes. */
export type ReadingFileSystem = Pick<vscode.FileSystem, 'stat' | 'readFile'>;

/** `vscode.FileType.Directory`, as a number: this module loads without an editor. */
const directory = 2;

/**
 * A file of a file system only VS Code can read (remote, virtual, in memory). Such files come
 * whole, so the size is judged before reading.
 * @throws FileError `notFound`, `notAFile`, `empty`, `tooLarge`, `noPermission`, `unreadable`
 */
export async function virtualSource(
  uri: vscode.Uri,
  files: ReadingFileSystem,
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

async function openVirtual(
  uri: vscode.Uri,
  files: ReadingFileSystem,
  signal: AbortSignal,
  onBytes: (count: number) => void,
  worker?: Md5Worker,
): Promise<OpenSource> {
  const path = uri.toString(true);
  signal.throwIfAborted();
  try {
    const before = await statFile(uri, files, path);
    assertUploadable(Math.max(before.size, 1), path);
    const bytes = Buffer.from(await files.readFile(uri));
    assertUploadable(bytes.length, path);
    const opened = {
      path,
      size: bytes.length,
      read: (buffer: Buffer, position: number) => Promise.resolve(bytes.copy(buffer, 0, position)),
      isUnchanged: async () => {
        const now = await files.stat(uri);
        return now.size === before.size && now.mtime === before.mtime;
      },
      release: () => Promise.resolve(),
    };
    return await openContent(opened, signal, onBytes, worker);
  } catch (error) {
    throw readError(error, path);
  }
}

async function statFile(
  uri: vscode.Uri,
  files: ReadingFileSystem,
  path: string,
): Promise<vscode.FileStat> {
  const stats = await files.stat(uri);
  if ((stats.type & directory) !== 0) {
    throw new FileError({ kind: 'notAFile' }, path);
  }
  return stats;
}
