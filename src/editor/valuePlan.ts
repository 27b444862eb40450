import { bracketsAround } from './brackets';
import type { Bracket } from './brackets';
import { quoted } from './itemForms';
import { isKeyed, planForKey } from './keyPlan';
import { quoteStyle } from './lists';
import { bare } from './plan';
import type { Plan, Reading, Wanted } from './plan';
import { lineBefore, textIn } from './span';
import { codeBefore } from './tokenAt';

/** Languages that have a literal for a list, so that several files are one value. */
const LISTS = new Set([
  'javascript',
  'javascriptreact',
  'typescript',
  'typescriptreact',
  'python',
  'php',
]);

/** Where code wants a value, a snippet of several lines would only be in the way. */
export function planForValue(reading: Reading, wanted: Wanted): Plan | undefined {
  if (reading.languageId === 'shellscript') {
    return isWordOfCommand(reading) ? bare(reading, wanted, ' ') : undefined;
  }
  const [innermost] = bracketsAround(reading.tokens, reading.cursor);
  const isAssigned = isBehindAssignment(reading, innermost);
  if (!isAssigned && innermost !== undefined && isKeyed(reading, innermost)) {
    return planForKey(reading, innermost, wanted);
  }
  if (!isAssigned && !isExpression(reading, innermost)) {
    return undefined;
  }
  const values = wanted.guids.map(quoted(quoteStyle(reading))).join(', ');
  const isWhole = isAssigned || (innermost !== undefined && isInJsx(reading, innermost));
  const isList = isWhole && wanted.guids.length > 1 && LISTS.has(reading.languageId);
  return { ...bare(reading, wanted), kind: 'item', text: isList ? `[${values}]` : values };
}

/** On a line that has a command already: `./attach.sh `. */
function isWordOfCommand({ code, cursor }: Reading): boolean {
  const line = lineBefore(code, cursor).trim();
  return line !== '' && !/(?:[;|&({]|\b(?:then|do|else))$/.test(line);
}

/** `x = `, `x: `, `x => `, `return `, on the same line unless a bracket holds it together. */
function isBehindAssignment(
  { code, tokens, cursor, languageId }: Reading,
  innermost: Bracket | undefined,
): boolean {
  const last = codeBefore(tokens, cursor);
  if (
    last === undefined ||
    (code.slice(last.end, cursor).includes('\n') && innermost === undefined)
  ) {
    return false;
  }
  switch (textIn(code, last)) {
    case '=':
    case '+':
    case 'return':
    case 'Возврат':
      return true;
    case '>':
      return code.charAt(last.start - 1) === '=';
    case ':':
      // At the end of a line it begins a block of Python.
      return languageId !== 'python' || innermost !== undefined;
    default:
      return false;
  }
}

/** Inside brackets that hold no statements: arguments, elements, code in a string or in JSX. */
function isExpression(reading: Reading, innermost: Bracket | undefined): boolean {
  return (
    innermost !== undefined &&
    (reading.languageId === 'python' ||
      textIn(reading.code, innermost.open) !== '{' ||
      isHole(reading, innermost) ||
      isInJsx(reading, innermost))
  );
}

/** A string goes on until a bracket: that begins code in it, `$"{`. */
function isHole({ tokens }: Reading, { open, index }: Bracket): boolean {
  const before = tokens[index - 1];
  return before?.kind === 'string' && before.content.end === open.start;
}

/** `guid={` and `{…}</b>`; a block stands behind neither, and no tag behind a block. */
function isInJsx({ code, tokens, languageId }: Reading, { open, close }: Bracket): boolean {
  if (!/^javascript|react$/.test(languageId) || code.charAt(open.start) !== '{') {
    return false;
  }
  const behind = close && tokens[tokens.indexOf(close) + 1];
  return (
    code.charAt(open.start - 1) === '=' || (behind !== undefined && textIn(code, behind) === '<')
  );
}
