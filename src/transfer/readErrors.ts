import { FileError } from './errors';
import type { FileFailure } from './errors';

/**
 * Says what an error of Node's or VS Code's file system means for somebody who reads a file.
 * @returns the error itself when it is a FileError or no file system error at all
 */
export function readError(error: unknown, path: string): Error {
  if (!(error instanceof Error)) {
    return new Error(String(error));
  }
  if (error instanceof FileError || !('code' in error) || typeof error.code !== 'string') {
    return error;
  }
  return new FileError(readFailure(error.code), path, { cause: error });
}

function readFailure(code: string): FileFailure {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
    case 'FileNotFound':
      return { kind: 'notFound' };
    case 'EISDIR':
    case 'ENXIO':
    case 'ENODEV':
    case 'FileIsADirectory':
      return { kind: 'notAFile' };
    case 'EBUSY':
      return { kind: 'busy' };
    case 'ENAMETOOLONG':
      return { kind: 'nameTooLong' };
    default:
      return { kind: 'unreadable', code };
  }
}
