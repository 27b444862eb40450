import { lineBefore, lineBehind } from './span';
import type { Span } from './span';
import type { Token } from './tokens';

/** What is to happen at one cursor; offsets are those of the code it was made for. */
export type Plan = TextPlan | SnippetPlan;

/** `text` in place of [start, end). */
export interface TextPlan extends Span {
  readonly kind: 'guid' | 'text' | 'item';
  readonly text: string;
}

/** The default format of a language. */
export interface SnippetPlan extends Span {
  readonly kind: 'snippet';
  readonly languageId: string;
  /** Where it goes when it takes several lines, and the line breaks that this needs. */
  readonly ownLines: Span & { readonly before: string; readonly after: string };
}

interface Guids {
  /** At least one. */
  readonly guids: readonly string[];
}

/** What is put in, and how the document is written. */
export interface Wanted extends Guids {
  /** One level of indentation. */
  readonly unit: string;
}

/** A piece of code in one language, and a place in it. */
export interface Place {
  readonly code: string;
  readonly languageId: string;
  readonly cursor: number;
  /** The document begins before the code. */
  readonly isPart?: boolean;
  /** The document goes on behind the code. */
  readonly isCut?: boolean;
}

/** A place whose code has been read. */
export interface Reading extends Place {
  readonly tokens: readonly Token[];
}

/** The GUIDs as they are, one after the other in a line of text or code. */
export function bare({ cursor }: Place, { guids }: Guids, separator = ', '): TextPlan {
  return { kind: 'text', start: cursor, end: cursor, text: guids.join(separator) };
}

/** What a line may begin with that is repeated for each GUID: white space, and what marks an item. */
const LINE_START = /^[ \t]*(?:[-*][ \t]+)?$/;

/**
 * The GUIDs as they are, outside of any string: a line for each where the cursor has one to itself,
 * which begins as that does; else one after the other, for a line break might end what is there.
 */
export function bareLines(place: Place, guids: Guids): TextPlan {
  const [before, after] = [
    lineBefore(place.code, place.cursor),
    lineBehind(place.code, place.cursor),
  ];
  const isAlone = LINE_START.test(before) && after.trim() === '';
  return bare(place, guids, isAlone ? `\n${before}` : ', ');
}

/** The snippet of a language; of several lines it goes between what is on the cursor's line. */
export function snippetAt({ code, cursor, languageId }: Place): SnippetPlan {
  const [before, after] = [lineBefore(code, cursor), lineBehind(code, cursor)];
  const [isBehindCode, isBeforeCode] = [before.trim() !== '', after.trim() !== ''];
  return {
    kind: 'snippet',
    start: cursor,
    end: cursor,
    languageId,
    ownLines: {
      start: isBehindCode ? cursor - (before.length - before.trimEnd().length) : cursor,
      end: isBeforeCode ? cursor + (after.length - after.trimStart().length) : cursor,
      before: isBehindCode ? '\n' : '',
      after: isBeforeCode ? '\n' : '',
    },
  };
}
