import { bracketsAround } from './brackets';
import type { Bracket, Element } from './brackets';
import { holdsOnlyGuids } from './itemForms';
import { separatorBehind } from './listEdit';
import { guidList } from './lists';
import type { GuidList } from './lists';
import { bare } from './plan';
import type { Plan, Reading, Wanted } from './plan';
import { decodeString } from './stringCodec';
import type { StringToken } from './tokens';

/**
 * Inside a string: the GUID and nothing else. Several files make several items where the string is
 * empty and the item, or in the item, of a list of attachments.
 */
export function planInString(place: Reading, string: StringToken, wanted: Wanted): Plan {
  const reading = { ...place, cursor: outsideOfEscapes(place, string) };
  const { code, cursor } = reading;
  const isEmpty = string.content.start === string.content.end;
  const around = wanted.guids.length > 1 && isEmpty ? elementAround(reading) : undefined;
  if (around === undefined) {
    return bare(reading, wanted);
  }
  const { list, element } = around;
  const [head, tail] = [code.slice(element.start, cursor), code.slice(cursor, element.end)];
  // A `root_id` beside the GUID must not be repeated for another file.
  const form = holdsOnlyGuids(code, element.tokens)
    ? (guid: string): string => head + guid + tail
    : list.formAt(element.end);
  const [first = '', ...more] = wanted.guids;
  const separator = separatorBehind(code, list.bracket, element);
  const text = [first + tail, ...more.map(form)].join(separator);
  return { kind: 'item', start: cursor, end: element.end, text };
}

/** Behind `\"` when the cursor is in the middle of it: between them a GUID would end the string. */
function outsideOfEscapes({ code, cursor }: Reading, string: StringToken): number {
  if (string.rule.escape === 'raw') {
    // Nothing is left out of a raw string, but a quote behind a backslash ends it no more than elsewhere.
    const backslashes = /\\*$/.exec(code.slice(string.content.start, cursor))?.[0].length ?? 0;
    const next = code.charAt(cursor);
    const isPair = backslashes % 2 === 1 && cursor < string.content.end && /["'\\]/.test(next);
    return isPair ? cursor + 1 : cursor;
  }
  const { offsets } = decodeString(code, string);
  const { start, end } = string.content;
  return start + (offsets.find(offset => start + offset >= cursor) ?? end - start);
}

/** The element of a list of attachments that a place is in, and the bracket inside that. */
export function elementAround(
  reading: Reading,
):
  | { readonly list: GuidList; readonly element: Element; readonly inner: Bracket | undefined }
  | undefined {
  const brackets = bracketsAround(reading.tokens, reading.cursor).slice(0, 3);
  for (const [level, bracket] of brackets.entries()) {
    const list = guidList(reading, bracket);
    if (list !== undefined) {
      const element = bracket.elements.find(
        ({ start, end }) => start <= reading.cursor && reading.cursor <= end,
      );
      return element && { list, element, inner: brackets[level - 1] };
    }
  }
  return undefined;
}
