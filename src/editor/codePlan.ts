import { bracketsAround } from './brackets';
import type { Element } from './brackets';
import { planInJsonString } from './embeddedJson';
import { guidsIn } from './guids';
import { lex } from './lexer';
import { addItems, itemsInPlaceOf } from './listPlan';
import { guidList } from './lists';
import { bare, snippetAt } from './plan';
import type { Place, Plan, Reading, Wanted } from './plan';
import { textIn } from './span';
import { elementAround, planInString } from './stringPlan';
import type { Syntax } from './syntax';
import { commentAt, stringAt } from './tokenAt';
import { planForValue } from './valuePlan';

/** In code of a language with strings, comments and brackets. */
export function planInCode(place: Place, syntax: Syntax, wanted: Wanted): Plan {
  const reading = { ...place, tokens: lex(place.code, syntax) };
  const { code, tokens, cursor } = reading;
  const string = stringAt(tokens, cursor);
  if (string !== undefined) {
    return planInJsonString(code, string, cursor, wanted) ?? planInString(reading, string, wanted);
  }
  if (commentAt(code, tokens, cursor) !== undefined) {
    return bare(reading, wanted);
  }
  return planInList(reading, wanted) ?? planForValue(reading, wanted) ?? snippetAt(reading);
}

/** In a list of attachments, or in an element of one: filled in if it is empty, else followed. */
function planInList(reading: Reading, wanted: Wanted): Plan | undefined {
  const [innermost] = bracketsAround(reading.tokens, reading.cursor);
  const list = innermost && guidList(reading, innermost);
  if (list !== undefined) {
    return addItems(reading, list, wanted);
  }
  const around = elementAround(reading);
  if (around?.inner === undefined || around.inner.index !== innermost?.index) {
    return undefined;
  }
  if (isBegun(reading, around.element)) {
    return itemsInPlaceOf(reading, around.list, around.element, wanted);
  }
  return guidsIn(textIn(reading.code, around.element)).length > 0
    ? addItems({ ...reading, cursor: around.element.end }, around.list, wanted)
    : undefined;
}

/** `{}`, `new NewFile()`, `Map.of()`: what makes an item, without anything in it. */
function isBegun({ code }: Reading, { tokens }: Element): boolean {
  return tokens.every(
    token =>
      token.kind === 'open' ||
      token.kind === 'close' ||
      (token.kind === 'mark' && textIn(code, token) === '.') ||
      /^(?:new|Map|map|of|string|array|dict|\w*File|\w*Attachment)$/.test(textIn(code, token)),
  );
}
