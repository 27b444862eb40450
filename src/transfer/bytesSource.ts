import type { UploadSource } from '../pyrus/ports';
import type { Md5Worker } from './md5';
import { openContent } from './openContent';
import { assertUploadable } from './uploadLimits';
import { uploadName } from './uploadName';

/**
 * Bytes in memory, with a name: a picture on the clipboard, a file from outside that was dropped.
 * Nobody changes them while they are sent.
 * @throws FileError `empty`, `tooLarge`
 */
export function bytesSource(name: string, bytes: Uint8Array, worker?: Md5Worker): UploadSource {
  assertUploadable(bytes.byteLength, name);
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const opened = {
    path: name,
    size: whole.length,
    read: (buffer: Buffer, position: number) => Promise.resolve(whole.copy(buffer, 0, position)),
    isUnchanged: () => Promise.resolve(true),
    release: () => Promise.resolve(),
  };
  return {
    name: uploadName(name),
    size: whole.length,
    open: (signal, onBytes) => openContent(opened, signal, onBytes, worker),
  };
}
