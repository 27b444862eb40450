import { FileError } from './errors';
import type { FileFailure } from './errors';

/**
 * Says what an error of Node's or VS Code's file system means for somebody who saves a file.
 * @returns the error itself when it is a FileError or no file system error at all
 */
export function writeError(error: unknown, path: string): unknown {
  const code = diskCode(error);
  return code === undefined ? error : new FileError(writeFailure(code), path, { cause: error });
}

/** The code of a file system error: of Node (`ENOSPC`) or of VS Code (`NoPermissions`). */
export function diskCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') {
    return undefined;
  }
  // Node's own stream errors (ERR_…) say nothing about a disk.
  return error.code.startsWith('ERR_') ? undefined : error.code;
}

function writeFailure(code: string): FileFailure {
  switch (code) {
    case 'ENOSPC':
      return { kind: 'diskFull' };
    case 'EDQUOT':
      return { kind: 'quota' };
    case 'EFBIG':
      return { kind: 'fileSystemLimit' };
    case 'EACCES':
    case 'EPERM':
    case 'NoPermissions':
      return { kind: 'noPermission' };
    case 'EROFS':
      return { kind: 'readOnly' };
    case 'ENOENT':
    case 'ENOTDIR':
    case 'FileNotFound':
    case 'FileNotADirectory':
      return { kind: 'folderGone' };
    case 'EISDIR':
    case 'FileIsADirectory':
      return { kind: 'notAFile' };
    case 'ENAMETOOLONG':
      return { kind: 'nameTooLong' };
    case 'EBUSY':
    case 'ETXTBSY':
      return { kind: 'busy' };
    default:
      return { kind: 'unwritable', code };
  }
}
