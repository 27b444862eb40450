import { bracketAt, endOf, isCode } from './brackets';
import type { Bracket, Element } from './brackets';
import { usualForm } from './itemForms';
import { addToList } from './listEdit';
import { addItems } from './listPlan';
import { guidList, listStyle, quoteStyle } from './lists';
import type { Plan, Reading, Wanted } from './plan';
import { textIn } from './span';

/** What opens a literal of keys and values, and what stands between the two. */
const KEYED: Readonly<Record<string, readonly [open: string, between: string]>> = {
  javascript: ['{', ':'],
  javascriptreact: ['{', ':'],
  typescript: ['{', ':'],
  typescriptreact: ['{', ':'],
  python: ['{', ':'],
  php: ['[', '=>'],
};

/** `{ text: 'x' }`, by its first element: a block begins otherwise. */
export function isKeyed({ code, languageId }: Reading, { open, elements }: Bracket): boolean {
  const [first] = elements;
  const keyed = KEYED[languageId];
  return (
    keyed !== undefined &&
    first !== undefined &&
    code.charAt(open.start) === keyed[0] &&
    keyOf(code, first, keyed[1]) !== undefined
  );
}

/** Where a key is due: the attachments, or one more of them where there are some. */
export function planForKey(reading: Reading, literal: Bracket, wanted: Wanted): Plan {
  const { code, tokens, languageId } = reading;
  const [, between = ':'] = KEYED[languageId] ?? [];
  const existing = literal.elements.find(one => keyOf(code, one, between) === 'attachments');
  const opening = existing?.tokens.find(token => isCode(token) && token.kind === 'open');
  const bracket = opening && bracketAt(tokens, tokens.indexOf(opening));
  const list = bracket && guidList(reading, bracket);
  if (list !== undefined) {
    return addItems({ ...reading, cursor: endOf(list.bracket) }, list, wanted);
  }
  const property = propertyText(reading, literal, between, wanted);
  const style = listStyle(reading, literal, wanted.unit);
  return { kind: 'item', ...addToList(reading, literal, [property], style) };
}

function propertyText(
  reading: Reading,
  { elements }: Bracket,
  between: string,
  { guids }: Wanted,
): string {
  const quote = quoteStyle(reading);
  const head = { label: 'attachments', types: '', isArgument: false };
  const items = guids.map(usualForm(reading.languageId, head, quote));
  const isQuoted = elements[0]?.tokens[0]?.kind === 'string';
  const key = isQuoted ? `${quote}attachments${quote}` : 'attachments';
  return `${key}${between === ':' ? ': ' : ` ${between} `}[${items.join(', ')}]`;
}

/** The key of an element, without quotes. */
function keyOf(code: string, { tokens }: Element, between: string): string | undefined {
  const [key, next] = tokens.filter(isCode);
  const isFollowed = next?.kind === 'mark' && code.startsWith(between, next.start);
  if (!isFollowed || (key?.kind !== 'word' && key?.kind !== 'string')) {
    return undefined;
  }
  return textIn(code, key.kind === 'string' ? key.content : key);
}
