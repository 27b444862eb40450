import type { BigIntStats } from 'node:fs';
import { constants } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { basename } from 'node:path';
import type { OpenSource, UploadSource } from '../pyrus/ports';
import { whenDescriptorsAreFree } from './disk';
import { FileError } from './errors';
import type { Md5Worker } from './md5';
import { openContent } from './openContent';
import { readError } from './readErrors';
import { assertUploadable } from './uploadLimits';
import { uploadName } from './uploadName';

/** Does not wait when a pipe has taken the file's place; Windows has no such flag. */
const readWithoutWaiting =
  constants.O_RDONLY | (process.platform === 'win32' ? 0 : constants.O_NONBLOCK);

/**
 * A file on this machine's disk, links followed.
 * @throws FileError `notFound`, `notAFile`, `empty`, `tooLarge`, `unreadable`
 */
export async function fileSource(path: string, worker?: Md5Worker): Promise<UploadSource> {
  try {
    const size = uploadableSize(await stat(path, { bigint: true }), path);
    return {
      name: uploadName(basename(path)),
      size,
      open: (signal, onBytes) => openFile(path, signal, onBytes, worker),
    };
  } catch (error) {
    throw readError(error, path);
  }
}

async function openFile(
  path: string,
  signal: AbortSignal,
  onBytes: (count: number) => void,
  worker?: Md5Worker,
): Promise<OpenSource> {
  const handle = await openForReading(path, signal);
  let before: BigIntStats;
  let size: number;
  try {
    before = await handle.stat({ bigint: true });
    size = uploadableSize(before, path);
  } catch (error) {
    await handle.close();
    throw readError(error, path);
  }
  const opened = {
    path,
    size,
    read: async (buffer: Buffer, position: number) =>
      (await handle.read(buffer, 0, buffer.length, position)).bytesRead,
    isUnchanged: () => isUnchanged(handle, before, path),
    release: () => handle.close(),
  };
  return openContent(opened, signal, onBytes, worker);
}

/** @throws FileError; the signal's reason on cancel */
async function openForReading(path: string, signal: AbortSignal): Promise<FileHandle> {
  try {
    return await whenDescriptorsAreFree(signal, () => open(path, readWithoutWaiting));
  } catch (error) {
    signal.throwIfAborted();
    throw readError(error, path);
  }
}

function uploadableSize(stats: BigIntStats, path: string): number {
  if (!stats.isFile()) {
    throw new FileError({ kind: 'notAFile' }, path);
  }
  const size = Number(stats.size);
  assertUploadable(size, path);
  return size;
}

/**
 * The MD5 alone would not tell: a file rewritten while it was read gives a mixture whose MD5 the
 * server confirms. A save by renaming leaves our descriptor with the old file, hence the path.
 */
async function isUnchanged(
  handle: FileHandle,
  before: BigIntStats,
  path: string,
): Promise<boolean> {
  const now = await handle.stat({ bigint: true });
  const keys = ['size', 'mtimeNs', 'ctimeNs', 'ino', 'dev'] as const;
  if (keys.some(key => now[key] !== before[key])) {
    return false;
  }
  // Not `dev`, too: on Windows some versions of libuv tell another one for a path (pull request 4698).
  const atPath = await stat(path, { bigint: true }).catch(() => undefined);
  return atPath?.ino === before.ino;
}
