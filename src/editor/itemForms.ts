import type { ListHead } from './attachmentList';
import type { Bracket, Element } from './brackets';
import { guidsIn } from './guids';
import { textIn } from './span';
import type { Token } from './tokens';

/** Writes a GUID down as an element of a list. */
export type ItemForm = (guid: string) => string;

/** How the elements of this list are written: as those beside the cursor, else as is usual. */
export function itemForm(
  text: string,
  bracket: Bracket,
  cursor: number,
  usual: ItemForm,
  quote: string,
): ItemForm {
  const { elements } = bracket;
  const beside = [
    ...elements.filter(({ end }) => end <= cursor).reverse(),
    ...elements.filter(({ end }) => end > cursor),
  ];
  const forms = beside.flatMap(element => formOf(text, element) ?? []);
  // One that is only a string or only a GUID says how; `null` or a variable says nothing.
  return forms[0] ?? (beside.length > 0 && beside.every(isName) ? quoted(quote) : usual);
}

export function quoted(quote: string): ItemForm {
  return guid => quote + guid + quote;
}

/** The form of an element that holds nothing but a GUID, or is just a string. */
function formOf(text: string, element: Element): ItemForm | undefined {
  const [only, ...more] = element.tokens;
  if (only?.kind === 'string' && more.length === 0) {
    const opening = text.slice(only.start, only.content.start);
    return only.isWhole ? guid => opening + guid + only.close : undefined;
  }
  const source = textIn(text, element);
  const [found, another] = guidsIn(source);
  if (found === undefined || another !== undefined || !holdsOnlyGuids(text, element.tokens)) {
    return undefined;
  }
  return guid => source.slice(0, found.start) + guid + source.slice(found.end);
}

/** True for `{ guid: "…" }` and `Map.of("guid", "…")`; not when there is a `root_id`, too. */
export function holdsOnlyGuids(text: string, tokens: readonly Token[]): boolean {
  return tokens.every((token, at) => {
    switch (token.kind) {
      case 'string':
        return isGuidOrItsKey(textIn(text, token.content));
      case 'word':
        return !/^\d/.test(textIn(text, token));
      case 'comma':
        return tokens[at - 1]?.kind === 'string';
      case 'comment':
        return false;
      default:
        return true;
    }
  });
}

function isGuidOrItsKey(content: string): boolean {
  const [found] = guidsIn(content);
  return /^(?:guid)?$/i.test(content) || (found?.start === 0 && found.end === content.length);
}

/** A variable: whatever it holds, it is no object written down here. */
function isName({ tokens }: Element): boolean {
  return tokens.length === 1 && tokens[0]?.kind === 'word';
}

/** The form that people use in a language for a list of this head. */
export function usualForm(
  languageId: string,
  { types, label, isArgument }: ListHead,
  quote: string,
): ItemForm {
  const string = quoted(quote);
  switch (languageId) {
    case 'python':
      // The argument of the official client is documented to be strings; a request takes both.
      return isArgument || /\bstr\b/.test(types)
        ? string
        : guid => `{${string('guid')}: ${string(guid)}}`;
    case 'php':
      return guid => `[${quote}guid${quote} => ${string(guid)}]`;
    case 'csharp':
      return csharpForm(types, label);
    case 'go':
      return goForm(types);
    case 'java':
      return /\bString\b/.test(types) ? string : guid => `Map.of("guid", "${guid}")`;
    case 'json':
    case 'jsonc':
    case 'jsonl':
      return guid => `{ "guid": "${guid}" }`;
    default:
      return /\bstring\b/.test(types) ? string : guid => `{ guid: ${string(guid)} }`;
  }
}

function csharpForm(types: string, label: string): ItemForm {
  if (/\bstring\b/.test(types)) {
    return guid => `"${guid}"`;
  }
  if (/\b(?:JArray|JsonArray)\b/.test(types)) {
    const name = types.includes('JArray') ? 'JObject' : 'JsonObject';
    return guid => `new ${name} { ["guid"] = "${guid}" }`;
  }
  // `Attachments` is the property of the official client; anything in lower case goes into JSON.
  const isClient = /\bNewFile\b/.test(types) || /^(?:Add)?Attachments$/.test(label);
  return guid => (isClient ? `new NewFile("${guid}")` : `new { guid = "${guid}" }`);
}

function goForm(types: string): ItemForm {
  if (/\bmap \[ string \]/.test(types)) {
    return guid => `{"guid": "${guid}"}`;
  }
  if (/\[ \] string\b/.test(types)) {
    return guid => `"${guid}"`;
  }
  return /\b(?:any|interface)\b/.test(types)
    ? guid => `map[string]string{"guid": "${guid}"}`
    : guid => `{GUID: "${guid}"}`;
}
