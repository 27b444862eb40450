import { hasShellExtension, isReservedName } from './reservedNames';

/** Longest name we make, in bytes of UTF-8: file systems take 255, tools add suffixes. */
const longestName = 200;

/** An ending longer than this is no extension but a part of the name with a dot. */
const longestExtension = 32;

/** Characters of an untrusted name that are looked at: its beginning and its end. */
const longestInput = 4096;

/**
 * Makes a name from anywhere fit to be created in a folder, on every system the folder may travel
 * to: one path component, nothing invisible or reversed, no device, configuration or shortcut,
 * at most 200 bytes with its extension kept. Harmless names come out as they went in, and a name
 * made here does not change when it is made again.
 *
 * @param untrusted any text of any length; time is linear in it
 * @param fallback used (made safe, too) when nothing of the name is left
 */
export function safeFileName(untrusted: string, fallback: string): string {
  return safeOrNothing(untrusted) ?? safeOrNothing(fallback) ?? 'file';
}

/**
 * A name for the `count`th copy: `report (1).pdf`, `archive (1).tar.gz`, `.profile (1)`. A long
 * name gives up some of its stem, so that the result has at most 200 bytes.
 */
export function numbered(name: string, count: number): string {
  const suffix = ` (${count})`;
  const { stem, extension } = split(name);
  const room = longestName - Buffer.byteLength(suffix + extension);
  return withoutLooseJoiners(cut(stem, room)) + suffix + extension;
}

/** The name with at most `bytes` bytes of UTF-8, by giving up the end of its stem. */
export function shortened(name: string, bytes: number): string {
  if (Buffer.byteLength(name) <= bytes) {
    return name;
  }
  const { stem, extension } = split(name);
  return cut(stem, bytes - Buffer.byteLength(extension)) + extension;
}

function safeOrNothing(untrusted: string): string | undefined {
  const visible = withoutInvisible(withoutMiddle(untrusted));
  // A path of nothing but dots and separators names nothing.
  if (!/[^\s.<>:"/\\|?*]/u.test(visible)) {
    return undefined;
  }
  let name = visible.replace(/[<>:"/\\|?*]/g, '_');
  for (;;) {
    // Shortening may uncover a bad end, disarming makes longer: until there is nothing to do.
    const next = shortened(disarmed(trimmed(name)), longestName);
    if (next === name) {
      return name === '' ? undefined : name;
    }
    name = next;
  }
}

/** Not joiners, nor what belongs to letters: marks, variation selectors, Hangul fillers. */
const invisible =
  /(?![\u200c\u200d\p{M}\p{Lo}])[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/** Long input is cut before anything that takes its time on it; the extension is at the end. */
function withoutMiddle(text: string): string {
  return text.length <= longestInput
    ? text
    : text.slice(0, longestInput - 1024) + text.slice(-1024);
}

/** Well-formed, composed (NFC), no controls, separators, format or private non-characters. */
function withoutInvisible(text: string): string {
  const wellFormed = Buffer.from(text, 'utf8').toString('utf8');
  const visible = wellFormed.normalize('NFC').replace(invisible, '');
  // What stood apart may compose now.
  return withoutLooseJoiners(visible).normalize('NFC');
}

/** Joiners are spelling inside words and emoji, and invisible junk anywhere else. */
function withoutLooseJoiners(text: string): string {
  return text.replace(
    /(?<![\p{L}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]|[\u200c\u200d](?![\p{L}\p{M}\p{Extended_Pictographic}])/gu,
    '',
  );
}

/** Without spaces around, or dots at the end. The Hangul fillers and the Braille blank look empty. */
function trimmed(name: string): string {
  const blank = /[\s\u2800\u115f\u1160\u3164\uffa0]/;
  let start = 0;
  while (start < name.length && blank.test(name.charAt(start))) {
    start++;
  }
  let end = name.length;
  while (end > start && (name.charAt(end - 1) === '.' || blank.test(name.charAt(end - 1)))) {
    end--;
  }
  return withoutLooseJoiners(name.slice(start, end));
}

/** A name that means nothing to any system or tool. */
function disarmed(name: string): string {
  const plain = isReservedName(name) ? `_${name}` : name;
  return hasShellExtension(plain) ? `${plain}.download` : plain;
}

function split(name: string): { readonly stem: string; readonly extension: string } {
  const extension = /(?<=.)(?:\.tar)?\.[^.]+$/u.exec(name)?.[0] ?? '';
  return Buffer.byteLength(extension) > longestExtension
    ? { stem: name, extension: '' }
    : { stem: name.slice(0, name.length - extension.length), extension };
}

/** The beginning of a text in at most `bytes` bytes, ending between what readers see as letters. */
function cut(text: string, bytes: number): string {
  if (Buffer.byteLength(text) <= bytes) {
    return text;
  }
  // A letter with so many marks that it fills the room alone is cut between them.
  return prefix(graphemes(text), bytes) || prefix(text, bytes);
}

function* graphemes(text: string): Iterable<string> {
  for (const { segment } of new Intl.Segmenter().segment(text)) {
    yield segment;
  }
}

function prefix(pieces: Iterable<string>, bytes: number): string {
  let text = '';
  let length = 0;
  for (const piece of pieces) {
    length += Buffer.byteLength(piece);
    if (length > bytes) {
      break;
    }
    text += piece;
  }
  return text;
}
