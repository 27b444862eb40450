import type { Format } from './formats';
import { guidAt } from './guids';
import type { InsertableFile } from './insertableFile';

/** A stretch of a document, by offsets; empty where a cursor is. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** One change of a document: `text` in place of [start, end). */
export interface Insertion extends Span {
  readonly text: string;
  /** True: `text` is a snippet with tab stops. False: `text` is what will stand there. */
  readonly isSnippet: boolean;
  /** What was found at the cursor: a GUID to replace, a string or comment, a list, or just code. */
  readonly kind: 'guid' | 'text' | 'item' | 'snippet';
}

/** Where files are put into code, and how. */
export interface InsertionRequest {
  readonly text: string;
  readonly languageId: string;
  /** In any order. With as many files as selections each gets one, top to bottom; else all. */
  readonly selections: readonly Span[];
  readonly files: readonly InsertableFile[];
  /** One level of indentation in this editor; by default found out from the text. */
  readonly indentUnit?: string;
  readonly taskId?: number;
  /** The format of plain code; by default the first one of the language. */
  readonly format?: Format;
}

/** @returns changes in document order that do not overlap; all offsets are those of `text` */
export function insertions({ text, selections, files }: InsertionRequest): Insertion[] {
  const ordered = [...selections].sort((a, b) => a.start - b.start);
  return ordered.map((selection, index) => {
    const own = files.length === selections.length ? files.slice(index, index + 1) : files;
    const existing = guidAt(text, selection.start);
    const place = existing ?? selection;
    return {
      start: place.start,
      end: place.end,
      text: own.map(({ guid }) => guid).join('\n'),
      isSnippet: false,
      kind: existing === undefined ? 'text' : 'guid',
    };
  });
}
