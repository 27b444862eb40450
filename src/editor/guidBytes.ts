import { isUtf8 } from 'node:buffer';

/**
 * Whether a file may have a GUID in its text: in any case, and in any encoding that writes ASCII as
 * one byte or as one of two. Quick, for all files of a workspace are asked.
 */
export function mayHold(guid: string, bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  // UTF-16 has a zero beside each ASCII character.
  return new RegExp(guid, 'i').test(text.includes('\0') ? text.replaceAll('\0', '') : text);
}

/**
 * Whether a text was read in the wrong encoding, so that writing it would destroy what stands for
 * U+FFFD in it; a file may also hold that very character, which harms nobody.
 */
export function isMisread(text: string, bytes: Uint8Array): boolean {
  return text.includes('\ufffd') && !isUtf8(bytes);
}
