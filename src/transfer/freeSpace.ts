import type { Disk } from './disk';
import { FileError } from './errors';

/** Bytes for which asking takes longer than writing them, which shows the same. */
const small = 1024 * 1024;

/**
 * Refuses before a byte is written what cannot fit, unless it is small.
 * @param folder by which to ask the disk
 * @param need bytes, when known
 * @param path of the file, for errors
 * @throws FileError `diskFull`
 */
export async function assertRoom(
  folder: string,
  need: number | undefined,
  path: string,
  disk: Disk,
): Promise<void> {
  if (need === undefined || need < small) {
    return;
  }
  const free = await freeBytes(folder, disk);
  if (free !== undefined && free < need) {
    throw new FileError({ kind: 'diskFull', room: { need, free } }, path);
  }
}

/** @returns undefined when the file system does not tell; writing will show */
async function freeBytes(folder: string, disk: Disk): Promise<number | undefined> {
  try {
    const { blocks, bavail, bfree, bsize } = await disk.statfs(folder);
    // Some network and user-space file systems answer nothing but zeros.
    return blocks === 0 ? undefined : bsize * (process.getuid?.() === 0 ? bfree : bavail);
  } catch {
    return undefined;
  }
}
