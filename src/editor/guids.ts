/** A GUID that stands in a text, at [start, end). */
export interface GuidInText {
  /** In lower case. */
  readonly guid: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Whole GUIDs only: no letter, digit or `_` beside it, with or without a hyphen between, for then it
 * is part of something longer. `\n` and the like in a string are no letters.
 */
const GUID =
  /(?:(?<=\\[nrt])|(?<![\p{L}\p{N}_]-?))[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?!-?[\p{L}\p{N}_])/giu;
const LENGTH = 36;
/** What the expression looks at on either side. */
const SURROUNDINGS = 3;

/** All GUIDs of a text, in its order. */
export function guidsIn(text: string): GuidInText[] {
  return Array.from(text.matchAll(GUID), ({ 0: found, index }) => ({
    guid: found.toLowerCase(),
    start: index,
    end: index + found.length,
  }));
}

/** The GUID that `offset` is in, or right before or behind. Looks at its surroundings only. */
export function guidAt(text: string, offset: number): GuidInText | undefined {
  const from = Math.max(0, offset - LENGTH - SURROUNDINGS);
  const found = guidsIn(text.slice(from, offset + LENGTH + SURROUNDINGS)).find(
    ({ start, end }) => from + start <= offset && offset <= from + end,
  );
  return found && { guid: found.guid, start: from + found.start, end: from + found.end };
}
