import type { Place } from './plan';
import type { Span } from './span';

/** What is looked at, so that the cost does not grow with the document. */
const BEFORE = 64 * 1024;
const BEHIND = 8 * 1024;
/** Within so much of the beginning of the window a good place to begin is looked for. */
const HEAD = 16 * 1024;

/** A piece of a document around a selection, as if what is selected had been deleted. */
export interface Window extends Place {
  /** Where a change of the piece is in the document, the selection included. */
  toDocument(span: Span): Span;
}

export function windowAround(text: string, languageId: string, selection: Span): Window {
  const from = beginning(text, selection.start - BEFORE);
  const to = Math.min(text.length, selection.end + BEHIND);
  const cursor = selection.start - from;
  return {
    code: text.slice(from, selection.start) + text.slice(selection.end, to),
    languageId,
    cursor,
    isPart: from > 0,
    isCut: to < text.length,
    toDocument: ({ start, end }) => ({
      start: from + start + (start > cursor ? selection.end - selection.start : 0),
      end: from + end + (end >= cursor ? selection.end - selection.start : 0),
    }),
  };
}

/**
 * Where reading may begin when not everything can be read: at a line that is not indented, which is
 * rarely inside a string or a comment; in a document without lines, at a string of some structure.
 */
function beginning(text: string, earliest: number): number {
  if (earliest <= 0) {
    return 0;
  }
  const head = text.slice(earliest, earliest + HEAD);
  for (const start of [/\n(?=[\p{L}@#<$/])/u, /\n/, /[{[(,:]\s*(?=["'])/]) {
    const found = start.exec(head);
    if (found !== null) {
      return earliest + found.index + found[0].length;
    }
  }
  return earliest;
}
