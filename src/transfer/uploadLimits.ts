import { FileError } from './errors';

/** The largest content Pyrus takes: "2 GB" on the help page, this number in the official client. */
export const largestUpload = 2_147_483_647;

/**
 * Refuses before a byte is sent what Pyrus would refuse after all of them.
 * @param size bytes
 * @throws FileError `empty` or `tooLarge`
 */
export function assertUploadable(size: number, path: string): void {
  if (size === 0) {
    throw new FileError({ kind: 'empty' }, path);
  }
  if (size > largestUpload) {
    throw new FileError({ kind: 'tooLarge', size, limit: largestUpload }, path);
  }
}
