/** Controls, line breaks, and characters that are invisible or turn the reading direction. */
export const UNSEEN =
  /[\p{Cc}\p{Zl}\p{Zp}\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff]+/gu;

/**
 * Text from outside (a file name, a server's sentence) made safe to show: one line, no invisible
 * characters, and nothing that VS Code's messages would turn into a link, a command or an icon.
 * @param limit in characters; what is cut is marked with …
 */
export function plainText(untrusted: string, limit = 200): string {
  // Cut before the regular expressions see it: a server may send a megabyte.
  const line = untrusted
    .slice(0, limit * 4)
    .replace(UNSEEN, ' ')
    .replace(/ {2,}/g, ' ')
    .trim()
    .replace(/\]\(/g, '] (')
    .replace(/\$\(/g, '$ (');
  if (line.length <= limit) {
    // No more characters than code units: nothing to count, which would take most of the time.
    return line;
  }
  const characters = graphemes(line);
  return characters.length > limit
    ? `${characters.slice(0, limit - 1).join('')}…`
    : characters.join('');
}

/** A file name in a sentence: short enough to leave room for the sentence, its ending kept. */
export function fileNameText(name: string, limit = 60): string {
  // No file system keeps a longer name.
  const text = plainText(name, 255);
  if (text.length <= limit) {
    return text;
  }
  const characters = graphemes(text);
  if (characters.length <= limit) {
    return characters.join('');
  }
  const tail = characters.slice(-Math.floor(limit / 3));
  return [...characters.slice(0, limit - tail.length - 1), '…', ...tail].join('');
}

/** Code points of one character; the longest emoji have ten. A letter with a thousand accents is nonsense. */
const MOST_PARTS = 16;

/** What a person calls characters: a letter with its accents, an emoji with its parts. */
function graphemes(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) =>
    Array.from(segment).slice(0, MOST_PARTS).join(''),
  );
}

/** A host, a code: what is longer is nonsense, and a sentence with two of them stays readable. */
export function short(untrusted: string): string {
  return plainText(untrusted, 60);
}
