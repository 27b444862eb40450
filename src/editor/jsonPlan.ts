import { bracketAt, bracketsAround, endOf, isCode } from './brackets';
import type { Bracket, Element } from './brackets';
import { guidsIn } from './guids';
import { lex } from './lexer';
import { addToList } from './listEdit';
import { addItems, itemsInPlaceOf } from './listPlan';
import { guidList, listStyle } from './lists';
import type { GuidList } from './lists';
import { bare, snippetAt } from './plan';
import type { Place, Plan, Reading, Wanted } from './plan';
import { textIn } from './span';
import { planInString } from './stringPlan';
import { syntaxOf } from './syntax';
import { commentAt, stringAt } from './tokenAt';

/**
 * JSON has a place for a GUID wherever the cursor is: what could be read before can be read after.
 */
export function planInJson(place: Place, wanted: Wanted): Plan {
  const syntax = syntaxOf(place.languageId);
  const reading = { ...place, tokens: syntax === undefined ? [] : lex(place.code, syntax) };
  const { code, tokens, cursor } = reading;
  const string = stringAt(tokens, cursor);
  if (string !== undefined) {
    return planInString(reading, string, wanted);
  }
  if (commentAt(code, tokens, cursor) !== undefined) {
    return bare(reading, wanted);
  }
  const [inner, outer] = bracketsAround(tokens, cursor);
  if (inner === undefined) {
    return planOutside(reading, wanted);
  }
  return isObject(reading, inner)
    ? planInObject(reading, inner, outer, wanted)
    : planInArray(reading, inner, wanted);
}

/** Before or behind everything: the document's own attachments, or a document where there is none. */
function planOutside(reading: Reading, wanted: Wanted): Plan {
  const { tokens } = reading;
  const first = tokens.findIndex(isCode);
  if (first === -1) {
    return snippetAt(reading);
  }
  const root = bracketAt(tokens, first);
  if (root?.close === undefined || reading.isPart === true) {
    return bare(reading, wanted);
  }
  const atEnd = { ...reading, cursor: endOf(root) };
  return isObject(reading, root)
    ? planForProperty(atEnd, root, wanted)
    : planInArray(atEnd, root, wanted);
}

function planInArray(reading: Reading, bracket: Bracket, wanted: Wanted): Plan {
  const list = guidList(reading, bracket);
  return list === undefined ? bare(reading, wanted) : addItems(reading, list, wanted);
}

function planInObject(
  reading: Reading,
  object: Bracket,
  outer: Bracket | undefined,
  wanted: Wanted,
): Plan {
  const keyAlone = object.elements.find(element => lacksValue(reading, element));
  if (keyAlone !== undefined) {
    return planForValue(reading, keyAlone, wanted);
  }
  const list = outer && guidList(reading, outer);
  return list !== undefined && isListOfFiles(reading, list)
    ? planInItem(reading, object, list, wanted)
    : planForProperty(reading, object, wanted);
}

/** `"key": ` with the cursor behind it and nothing else. */
function lacksValue({ code, cursor }: Reading, { tokens, end }: Element): boolean {
  const [key, colon, ...value] = tokens;
  return (
    key?.kind === 'string' &&
    colon !== undefined &&
    textIn(code, colon) === ':' &&
    value.length === 0 &&
    end <= cursor &&
    code.slice(end, cursor).trim() === ''
  );
}

function planForValue(reading: Reading, { tokens }: Element, wanted: Wanted): Plan {
  const { code, cursor } = reading;
  const [key] = tokens;
  const isList = key?.kind === 'string' && /attachments$/i.test(textIn(code, key.content));
  const space = code.charAt(cursor - 1) === ':' ? ' ' : '';
  const value = isList ? objects(wanted) : strings(wanted);
  return { kind: 'item', start: cursor, end: cursor, text: space + value };
}

/** An object that is an element of the attachments: filled in, or followed by others. */
function planInItem(reading: Reading, object: Bracket, list: GuidList, wanted: Wanted): Plan {
  const { code } = reading;
  const end = object.close?.end ?? reading.cursor;
  const element = list.bracket.elements.find(({ start }) => start === object.open.start);
  if (object.elements.length === 0 && element !== undefined) {
    return itemsInPlaceOf(reading, list, element, wanted);
  }
  const own = code.slice(object.open.start, end);
  const isGiven = guidsIn(own).length > 0 || /"guid"\s*:/i.test(own);
  return isGiven || wanted.guids.length > 1
    ? addItems({ ...reading, cursor: end }, list, wanted)
    : addProperty(reading, object, `"guid": ${strings(wanted)}`, wanted);
}

function planForProperty(reading: Reading, object: Bracket, wanted: Wanted): Plan {
  const existing = attachmentsOf(reading, object);
  if (existing === undefined) {
    return addProperty(reading, object, `"attachments": ${objects(wanted)}`, wanted);
  }
  const bracket = bracketAt(reading.tokens, existing);
  return bracket === undefined || isObject(reading, bracket)
    ? addProperty(reading, object, `"guid": ${strings(wanted)}`, wanted)
    : planInArray({ ...reading, cursor: endOf(bracket) }, bracket, wanted);
}

/** Where the value of the key `attachments` begins among the tokens. */
function attachmentsOf({ code, tokens }: Reading, object: Bracket): number | undefined {
  const property = object.elements.find(
    ({ tokens: [key] }) => key?.kind === 'string' && textIn(code, key.content) === 'attachments',
  );
  const value = property?.tokens.filter(isCode)[2];
  return value && tokens.indexOf(value);
}

function addProperty(reading: Reading, object: Bracket, property: string, wanted: Wanted): Plan {
  const style = listStyle(reading, object, wanted.unit);
  return { kind: 'item', ...addToList(reading, object, [property], style) };
}

function isListOfFiles({ code }: Reading, { bracket, formAt }: GuidList): boolean {
  return (
    formAt(bracket.open.end)('').startsWith('{') ||
    guidsIn(code.slice(bracket.open.start, bracket.close?.end)).length > 0
  );
}

function isObject({ code }: Reading, { open }: Bracket): boolean {
  return code.charAt(open.start) === '{';
}

function objects({ guids }: Wanted): string {
  return `[${guids.map(guid => `{ "guid": "${guid}" }`).join(', ')}]`;
}

function strings({ guids }: Wanted): string {
  const all = guids.map(guid => `"${guid}"`).join(', ');
  return guids.length === 1 ? all : `[${all}]`;
}
