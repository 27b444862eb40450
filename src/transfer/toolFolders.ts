import { FileError } from './errors';
import { isToolFolder } from './reservedNames';

/**
 * Refuses a folder whose files tools run or obey, and anything in it.
 * @param segments of its path
 * @param path for people
 * @throws FileError `folderRefused`
 */
export function assertNoToolFolder(segments: readonly string[], path: string): void {
  if (segments.some(isToolFolder)) {
    throw new FileError({ kind: 'folderRefused' }, path);
  }
}
