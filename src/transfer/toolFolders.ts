import { FileError } from './errors';
import { isInToolFolder } from './reservedNames';

/**
 * Refuses a folder whose files tools run or obey, and anything in it.
 * @param segments of its path
 * @param path for people
 * @throws FileError `folderRefused`
 */
export function assertNoToolFolder(segments: readonly string[], path: string): void {
  if (isInToolFolder(segments)) {
    throw new FileError({ kind: 'folderRefused' }, path);
  }
}
