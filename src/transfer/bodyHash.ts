import { createHash } from 'node:crypto';
import { FileError } from './errors';
import { followFile, Md5Failed } from './md5';

/** Up to this many bytes hashing in this thread is quicker than asking another. */
const inlineLimit = 16 * 1024 * 1024;

/** The MD5 of a body while it is being written. */
export interface BodyHash {
  /**
   * @param chunk the next bytes that came
   * @param written how many bytes from the beginning are in the file already
   */
  update(chunk: Buffer, written: number): void;
  /** Call when all `total` bytes are in the file. @returns 32 lower-case hex digits */
  digest(total: number): Promise<string>;
  /** The MD5 is not wanted any more; safe to call at any time. */
  cancel(): void;
}

/** Hashes the bytes themselves when they are few; else what arrives in the file, in the worker. */
export function bodyHash(partPath: string, size: number | undefined, path: string): BodyHash {
  return size !== undefined && size > inlineLimit ? following(partPath, path) : inline();
}

function inline(): BodyHash {
  const hash = createHash('md5');
  return {
    update: chunk => void hash.update(chunk),
    digest: () => Promise.resolve(hash.digest('hex')),
    cancel: () => undefined,
  };
}

function following(partPath: string, path: string): BodyHash {
  const followed = followFile(partPath);
  return {
    update: (_chunk, written) => followed.written(written),
    async digest(total) {
      followed.written(total);
      try {
        return await followed.finish();
      } catch (error) {
        if (error instanceof Md5Failed) {
          throw new FileError({ kind: 'unreadable', code: error.code }, path, { cause: error });
        }
        throw error;
      }
    },
    cancel: () => followed.cancel(),
  };
}
