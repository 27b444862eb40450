import { attachmentListHead } from './attachmentList';
import { isCode } from './brackets';
import type { Bracket } from './brackets';
import { itemForm, usualForm } from './itemForms';
import type { ItemForm } from './itemForms';
import type { ListStyle } from './listEdit';
import type { Reading } from './plan';
import { textIn } from './span';

/** A list that GUIDs may be elements of. */
export interface GuidList {
  readonly bracket: Bracket;
  /** How its elements are written beside a place. */
  readonly formAt: (offset: number) => ItemForm;
}

/** @returns undefined when a bracket is no list of attachments; in JSON any array is good enough */
export function guidList(reading: Reading, bracket: Bracket): GuidList | undefined {
  const quote = quoteStyle(reading);
  const usual = isJson(reading.languageId)
    ? jsonForm(reading, bracket)
    : codeForm(reading, bracket, quote);
  return (
    usual && {
      bracket,
      formAt: offset => itemForm(reading.code, bracket, offset, usual, quote),
    }
  );
}

function codeForm(
  { code, tokens, languageId }: Reading,
  bracket: Bracket,
  quote: string,
): ItemForm | undefined {
  const head = attachmentListHead(code, tokens, bracket, languageId);
  return head && usualForm(languageId, head, quote);
}

function jsonForm({ code, tokens }: Reading, bracket: Bracket): ItemForm | undefined {
  if (code.charAt(bracket.open.start) !== '[') {
    return undefined;
  }
  const key = keyOf(code, tokens, bracket);
  // A form's field of type file has its files in `value`.
  return key === 'value' || /attachments$/i.test(key)
    ? guid => `{ "guid": "${guid}" }`
    : guid => `"${guid}"`;
}

function keyOf(code: string, tokens: Reading['tokens'], { index }: Bracket): string {
  const [key, colon] = tokens
    .slice(Math.max(0, index - 20), index)
    .filter(isCode)
    .slice(-2);
  return key?.kind === 'string' && colon !== undefined && textIn(code, colon) === ':'
    ? textIn(code, key.content)
    : '';
}

export function isJson(languageId: string): boolean {
  return languageId === 'json' || languageId === 'jsonc' || languageId === 'jsonl';
}

/** The quotes this code is written with, where the language leaves the choice. */
export function quoteStyle({ code, tokens, languageId }: Reading): string {
  const [usual, other] = QUOTES[languageId] ?? ['"', '"'];
  let usuals = 0;
  let others = 0;
  for (const token of tokens) {
    if (token.kind === 'string') {
      const opened = code.charAt(token.content.start - 1);
      usuals += opened === usual ? 1 : 0;
      others += opened === other ? 1 : 0;
    }
  }
  return others > usuals ? other : usual;
}

const QUOTES: Readonly<Record<string, readonly [usual: string, other: string]>> = {
  javascript: [`'`, '"'],
  javascriptreact: [`'`, '"'],
  typescript: [`'`, '"'],
  typescriptreact: [`'`, '"'],
  python: ['"', `'`],
  php: [`'`, '"'],
};

export function listStyle(reading: Reading, { open }: Bracket, unit: string): ListStyle {
  const isCall = reading.code.charAt(open.start) === '(';
  switch (reading.languageId) {
    case 'json':
      return { unit, trailing: 'never' };
    case 'jsonl':
      return { unit, trailing: 'never', isOneLine: true };
    case 'go':
      return { unit, trailing: 'required' };
    case 'java':
    case 'csharp':
      return { unit, trailing: isCall ? 'never' : 'kept' };
    default:
      return { unit, trailing: 'kept' };
  }
}
