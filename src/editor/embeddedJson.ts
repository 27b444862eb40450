import { planInJson } from './jsonPlan';
import type { Plan, Wanted } from './plan';
import { decodeString, encodeString } from './stringCodec';
import type { StringToken } from './tokens';

/** An object with a quoted key, or an array with something quoted or bracketed in it. */
const JSON_START = /^\s*(?:\{\s*"|\[\s*["{[])/;

export function looksLikeJson(text: string): boolean {
  return JSON_START.test(text);
}

/**
 * JSON that stands in a string of another language is JSON, too.
 * @returns undefined where the string holds none, or cannot hold more than a GUID there
 */
export function planInJsonString(
  code: string,
  string: StringToken,
  cursor: number,
  wanted: Wanted,
): Plan | undefined {
  const { text: json, offsets, lineStart } = decodeString(code, string);
  if (!string.isWhole || !looksLikeJson(json)) {
    return undefined;
  }
  const { start } = string.content;
  const at = offsets.findIndex(offset => offset >= cursor - start);
  const plan = planInJson({ code: json, languageId: 'json', cursor: at }, wanted);
  if (plan.kind === 'snippet') {
    return undefined;
  }
  const text = encodeString(plan.text, string, lineStart);
  const outside = (offset: number): number => start + (offsets[offset] ?? 0);
  return text === undefined
    ? undefined
    : { kind: plan.kind, start: outside(plan.start), end: outside(plan.end), text };
}
