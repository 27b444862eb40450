import { TextDecoder } from 'node:util';

import { parse } from 'content-disposition';

import { decodeEncodedWords } from './encodedWords';

/**
 * The file name a Content-Disposition header gives (RFC 6266), read as leniently as browsers do:
 * `filename*` (RFC 8187) when it decodes to something, else `filename`. Servers also put raw UTF-8
 * bytes or RFC 2047 encoded words into `filename`; both are decoded.
 *
 * The result is untrusted: it may hold paths, controls, anything. Never throws, linear time.
 *
 * @param header the value as Node and fetch show it, one latin1 character a byte; `null` if absent
 */
export function fileNameFrom(header: string | null): string | undefined {
  if (header === null) {
    return undefined;
  }
  // The library lets `filename*` replace `filename` even by nothing, so `filename` is also read alone.
  const extended = parse(header).parameters['filename'];
  const plain = parse(header, { extended: false }).parameters['filename'];
  if (extended !== undefined && extended !== '' && extended !== plain) {
    return extended;
  }
  return plain === undefined || plain === '' ? undefined : repaired(plain);
}

function repaired(name: string): string {
  return decodeEncodedWords(name) ?? decodeRawUtf8(name) ?? name;
}

/** UTF-8 bytes seen as latin1, when that is what they are. */
function decodeRawUtf8(name: string): string | undefined {
  const bytes = Buffer.from(name, 'latin1');
  if (bytes.toString('latin1') !== name) {
    return undefined;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
