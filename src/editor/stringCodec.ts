import { textIn } from './span';
import type { StringToken } from './tokens';

/** What a string says, character by character. */
export interface Decoded {
  readonly text: string;
  /** Where each character of `text`, and its end, is in the content of the string. */
  readonly offsets: readonly number[];
  /** What stands in front of a further line: `|` in 1C. */
  readonly lineStart: string;
}

interface EscapeSequence {
  readonly written: string;
  readonly meant: string;
  /** The character cannot stand for itself. */
  readonly isNeeded: boolean;
}

/** Takes a string apart as far as quotes, backslashes, braces and line breaks go. */
export function decodeString(code: string, string: StringToken): Decoded {
  const content = textIn(code, string.content);
  const escapes = escapesOf(string);
  const offsets: number[] = [];
  let text = '';
  let lineStart = '|';
  for (let at = 0; at < content.length;) {
    offsets.push(at);
    const escape = escapes.find(({ written }) => content.startsWith(written, at));
    const bar = string.rule.lines === 'bar' ? barAt(content, at) : undefined;
    text += bar === undefined ? (escape?.meant ?? content.charAt(at)) : '\n';
    lineStart = bar?.slice(1) ?? lineStart;
    at += bar?.length ?? escape?.written.length ?? 1;
  }
  offsets.push(content.length);
  return { text, offsets, lineStart };
}

/** @returns undefined when a text cannot stand in the string */
export function encodeString(
  text: string,
  string: StringToken,
  lineStart: string,
): string | undefined {
  const escapes = escapesOf(string).filter(({ isNeeded }) => isNeeded);
  const written = text.replace(/[\s\S]/g, character => {
    const sequence = escapes.find(({ meant }) => meant === character);
    return sequence?.written ?? character;
  });
  const { escape, lines } = string.rule;
  const isClosed =
    (escape === 'none' || escape === 'raw') &&
    string.close !== '' &&
    written.includes(string.close);
  if (isClosed || (lines === 'one' && written.includes('\n'))) {
    return undefined;
  }
  return lines === 'bar' ? written.replaceAll('\n', `\n${lineStart}`) : written;
}

function barAt(content: string, at: number): string | undefined {
  return content.charAt(at) === '\n'
    ? /^\n[ \t]*\|/.exec(content.slice(at, at + 200))?.[0]
    : undefined;
}

function escapesOf({ rule, close }: StringToken): EscapeSequence[] {
  const sequence = (written: string, meant: string, isNeeded = true): EscapeSequence => ({
    written,
    meant,
    isNeeded,
  });
  const braces = rule.holeEscape === 'doubled' ? [sequence('{{', '{'), sequence('}}', '}')] : [];
  const isOneLine = rule.lines === 'one';
  switch (rule.escape) {
    case 'doubled':
      return [sequence('""', '"'), ...braces];
    case 'backslash':
      return [
        sequence('\\\\', '\\'),
        sequence('\\"', '"', close === '"'),
        sequence("\\'", "'", close === "'"),
        sequence('\\n', '\n', isOneLine),
        sequence('\\t', '\t', isOneLine),
        ...braces,
      ];
    case 'quoteOnly':
      return [sequence('\\\\', '\\'), sequence("\\'", "'")];
    case 'raw':
    case 'none':
      return braces;
  }
}
