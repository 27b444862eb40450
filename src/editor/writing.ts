import { UNSEEN } from '../words/plainText';
import type { Position } from './position';
import type { StringRule } from './syntax';
import type { StringToken } from './tokens';

type Unknown = Extract<Position, { kind: 'unknown' }>;

/**
 * Writes a text from outside, such as a file name, so that it stays what it is wherever it stands:
 * it ends no string, no comment and no line, and nothing in it is evaluated.
 */
export function written(text: string, position: Position): string {
  switch (position.kind) {
    case 'string':
      return position.strings.reduce(
        (inner, string, level) => (level === 0 ? inString(inner, string) : escaped(inner, string)),
        text,
      );
    case 'comment':
      return inComment(oneLine(text), position.opening, position.languageId);
    case 'prose':
      return inProse(oneLine(text));
    case 'codeSpan':
      return oneLine(text).replaceAll('`', "'");
    case 'unknown':
      return inUnknown(oneLine(text), position);
    case 'code':
      return oneLine(text);
  }
}

/** Without line breaks, and without characters that hide or reorder what is read. */
function oneLine(text: string): string {
  return text.replace(UNSEEN, ' ');
}

/** A comment can be ended by its own end, by that of PHP, and by an escape that Java reads first. */
function inComment(text: string, opening: string, languageId: string): string {
  const own = opening === '/*' ? text.replace(/\*(?=\/)/g, '* ') : text;
  switch (languageId) {
    case 'php':
      return own.replace(/\?(?=>)/g, '? ');
    case 'java':
      return own.replace(/\\(?=u)/g, '\\ ');
    default:
      return own;
  }
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/**
 * Nobody knows how a quote is escaped there, so it becomes another character, and so does what begins
 * code in the strings of one language or another; only markup has a way to write any character.
 */
function inUnknown(text: string, { quotes, markup }: Unknown): string {
  if (markup === 'none') {
    return quotes === '' ? text : inUnknownString(text, quotes);
  }
  // An entity is a quote again before the code in an attribute is read, so that only its own may be one.
  const isString = quotes !== '' && markup === 'text';
  return (isString ? inUnknownString(text, quotes) : text).replace(
    // Braces and @ begin code in templates; a backslash matters where it is a script's `x = "…"`.
    new RegExp(`[<>&{\\\\${quotes}]|@(?!\\d)`, 'g'),
    character => ENTITIES[character] ?? `&#${character.charCodeAt(0)};`,
  );
}

function inUnknownString(text: string, quotes: string): string {
  return text
    .replace(new RegExp(`[\\\\$\`${quotes}]`, 'g'), '_')
    .replaceAll('{', '(')
    .replaceAll('}', ')');
}

/** What cannot be seen is written as an escape where there are such, else left out. */
function inString(text: string, string: StringToken): string {
  const { escape, special } = string.rule;
  return escape === 'backslash' && special === undefined
    ? escaped(text, string).replace(UNSEEN, unseen => Array.from(unseen, unicodeEscape).join(''))
    : escaped(oneLine(text), string);
}

/** Java reads `\u000a` as a line break in the code, so that the short forms come first. */
function unicodeEscape(character: string): string {
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  return short ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What would end the string, or begin code in it, written so that it does not. */
function escaped(text: string, { rule, close }: StringToken): string {
  const quote = close.charAt(0);
  const quoted = withQuotes(text, rule, quote);
  if (rule.hole === undefined) {
    return quoted;
  }
  switch (rule.holeEscape) {
    case 'doubled':
      return quoted.replace(/[{}]/g, '$&$&');
    case 'backslash':
      return quoted.replace(/\$(?=\{)/g, '\\$');
    case undefined:
      return rule.special === undefined ? quoted.replaceAll('{', '(').replaceAll('}', ')') : quoted;
  }
}

function withQuotes(text: string, { escape, special }: StringRule, quote: string): string {
  switch (escape) {
    case 'backslash': {
      const safe = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
      return special === undefined ? safe : safe.replace(special, '\\$&');
    }
    case 'doubled':
      return text.replaceAll(quote, quote + quote);
    case 'quoteOnly':
      return text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`);
    case 'raw':
      return text.replaceAll(quote, '_').replace(/\\+$/, '_');
    case 'none':
      return withoutEscapes(text, special, quote);
  }
}

/** A shell can leave its string for a quote; other languages get another character. */
function withoutEscapes(text: string, special: RegExp | undefined, quote: string): string {
  switch (quote) {
    case "'":
      return text.replaceAll("'", "'\\''");
    case '':
      return special === undefined ? text : text.replace(special, '\\$&');
    default:
      return text.replaceAll(quote, "'");
  }
}

/** Markdown that shows the text; `_` between letters and digits means nothing there. */
function inProse(text: string): string {
  return text
    .replace(/[\\`*[\]<>&~|$]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\$&')
    .replace(/^(?=(?:#{1,6}|[+-])(?:\s|$))/, '\\')
    .replace(/^(\d+)(?=[.)](?:\s|$))/, '$1\\');
}
