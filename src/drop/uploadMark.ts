import { fileNameText } from '../words/plainText';

/** Written on no keyboard, so that hardly anything else in a document looks like a mark. */
const MARK = /⟦[^⟦⟧\r\n]+⟧/gu;
/** Letters, digits and what is harmless in every string, comment and markup; of one line. */
const HARMFUL = /[^\p{L}\p{M}\p{N} .,_()…-]/gu;
/** Characters of a name: a mark stands in somebody's code. */
const LONGEST_NAME = 28;
/** Hex digits of a tag: so many that a mark of an hour ago, or of another window, has others. */
const TAG_DIGITS = 6;

/** Whether a text may hold marks: asked of every change of every document. */
export function mayHoldMarks(text: string): boolean {
  return text.includes('⟦');
}

/** Whatever looks like a mark in a text, in its order. */
export function marksIn(text: string): string[] {
  return text.match(MARK) ?? [];
}

/** A file name as a part of a mark: it ends no string and no comment, wherever the mark lands. */
export function nameInMark(name: string): string {
  return fileNameText(name, LONGEST_NAME).replace(HARMFUL, '_');
}

/** Hex digits that tell this mark from every other one. */
export function tag(isTaken: (tag: string) => boolean): string {
  for (;;) {
    const digits = Math.floor(Math.random() * 16 ** TAG_DIGITS)
      .toString(16)
      .padStart(TAG_DIGITS, '0');
    if (!isTaken(digits)) {
      return digits;
    }
  }
}

/** Where a mark stands in a text, as offsets of its first characters. */
export function placesOf(mark: string, text: string): number[] {
  const places: number[] = [];
  for (let at = text.indexOf(mark); at !== -1; at = text.indexOf(mark, at + mark.length)) {
    places.push(at);
  }
  return places;
}

/** A file without a mark, byte for byte what else it is. @returns undefined when it has none */
export function bytesWithout(mark: string, bytes: Uint8Array): Uint8Array | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const sought = Buffer.from(mark);
  const kept: Buffer[] = [];
  let from = 0;
  for (let at = file.indexOf(sought); at !== -1; at = file.indexOf(sought, from)) {
    kept.push(file.subarray(from, at));
    from = at + sought.length;
  }
  return from === 0 ? undefined : Buffer.concat([...kept, file.subarray(from)]);
}
