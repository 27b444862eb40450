import { Changes } from './changes';
import type { Format } from './format';
import { GUID, defaultFormat } from './formats';
import { guidAt, guidsIn } from './guids';
import { indentUnitOf } from './indentation';
import type { InsertableFile } from './insertableFile';
import { bare, bareLines, snippetAt } from './plan';
import type { Plan, Wanted } from './plan';
import { planAt } from './planAt';
import { render } from './render';
import type { Span } from './span';
import { windowAround } from './window';
import type { Window } from './window';

/** One change of a document: `text` in place of [start, end). */
export interface Insertion extends Span {
  readonly text: string;
  /** True: `text` is a snippet with tab stops. False: `text` is what will stand there. */
  readonly isSnippet: boolean;
  /** What was found: a GUID to replace; a string, a comment or text; a list or a value; just code. */
  readonly kind: 'guid' | 'text' | 'item' | 'snippet';
}

/** How files are put into code, whatever the place. */
export interface InsertionStyle {
  readonly languageId: string;
  /** One level of indentation in this editor; by default found out from the text. */
  readonly indentUnit?: string;
  readonly taskId?: number;
  /** Templates of the user. */
  readonly formats?: readonly Format[];
  /** A format that was asked for: used whatever is around the cursor. */
  readonly format?: Format;
}

export interface InsertionRequest extends InsertionStyle {
  readonly text: string;
  /** In any order. With as many files as selections each gets one, top to bottom; else all. */
  readonly selections: readonly Span[];
  /** At least one. */
  readonly files: readonly InsertableFile[];
}

/**
 * What is to change so that files stand at every cursor, by what is around each.
 * @returns changes in document order that do not overlap, maybe fewer than there are selections;
 *   all offsets are those of the text as it is
 */
export function insertions(request: InsertionRequest): Insertion[] {
  const { selections, files } = request;
  const unit = request.indentUnit ?? indentUnitOf(request.text, request.languageId);
  const style = { ...request, indentUnit: unit };
  const ordered = [...selections].sort((one, other) => one.start - other.start);
  const isOneEach = files.length === ordered.length;
  const changes = new Changes(request.text);
  let own: readonly InsertableFile[] = [];
  // From the bottom up, so that each sees what was put in below it: two cursors in one list.
  for (const [index, selection] of Array.from(ordered.entries()).reverse()) {
    own = isOneEach ? [...files.slice(index, index + 1), ...own] : files;
    const insertion = insertionAt(changes.text, selection, own, style);
    if (!reachesOver(insertion, selection, ordered[index - 1])) {
      changes.add(insertion);
      own = [];
    }
  }
  return changes.made;
}

/**
 * A change that reaches over the cursor above is left to that, with its files: a comma is due
 * there, a list is one, a GUID is the same.
 */
function reachesOver({ start }: Span, selection: Span, above: Span | undefined): boolean {
  return above !== undefined && (start < selection.start ? start <= above.end : start < above.end);
}

/** What is to change at one place of a text. */
export function insertionAt(
  text: string,
  selection: Span,
  files: readonly InsertableFile[],
  style: InsertionStyle,
): Insertion {
  const guids = files.map(({ guid }) => guid);
  const unit = style.indentUnit ?? indentUnitOf(text, style.languageId);
  const existing = style.format === undefined ? guidIn(text, selection) : undefined;
  const window = windowAround(text, style.languageId, existing ?? selection);
  const plan = planFor(window, { guids, unit }, existing !== undefined, style.format);
  const made = finished(plan, files, style, window);
  const change = selection.start === selection.end ? made : spanning(made, window);
  return { ...change, ...window.toDocument(change) };
}

/** What was selected goes in any case, even where the new text stands elsewhere. */
function spanning(change: Insertion, { code, cursor }: Window): Insertion {
  const { start, end, text } = change;
  return {
    ...change,
    start: Math.min(start, cursor),
    end: Math.max(end, cursor),
    text: code.slice(cursor, start) + text + code.slice(end, cursor),
  };
}

function planFor(window: Window, wanted: Wanted, isGuid: boolean, format?: Format): Plan {
  if (format !== undefined) {
    return snippetAt(window);
  }
  if (!isGuid) {
    return planAt(window, wanted);
  }
  const replaced: Plan = { ...bare(window, wanted), kind: 'guid' };
  if (wanted.guids.length === 1) {
    return replaced;
  }
  // In quotes, the others may become items beside it.
  const plan = planAt(window, wanted);
  const isQuoted = /["'`]/.test(window.code.charAt(window.cursor - 1));
  return plan.kind === 'item' && isQuoted ? plan : replaced;
}

/** The GUID that is selected, with or without its quotes, or that the cursor is in. */
function guidIn(text: string, { start, end }: Span): Span | undefined {
  const around = guidAt(text, start);
  if (around !== undefined && around.start <= start && end <= around.end) {
    return around;
  }
  const selected = end - start > 100 ? '' : text.slice(start, end);
  const [found, another] = guidsIn(selected);
  const isAlone = found !== undefined && another === undefined;
  const rest = isAlone ? selected.slice(0, found.start) + selected.slice(found.end) : '-';
  return isAlone && /^[\s"'`{}]*$/.test(rest)
    ? { start: start + found.start, end: start + found.end }
    : undefined;
}

/** Snippets get their text here, for only here it is known what the files are called. */
function finished(
  plan: Plan,
  files: readonly InsertableFile[],
  { taskId, formats, format: wanted }: InsertionStyle,
  window: Window,
): Insertion {
  if (plan.kind !== 'snippet') {
    return { ...plan, isSnippet: false };
  }
  const { languageId, start, end, ownLines } = plan;
  const format = wanted ?? defaultFormat(languageId, formats);
  if (format.id === GUID.id) {
    const guids = files.map(({ guid }) => guid);
    return { ...bareLines({ ...window, cursor: start }, { guids }), isSnippet: false };
  }
  const text = render(format, files, { as: 'snippet', taskId, languageId });
  const made = { start, end, text, isSnippet: true, kind: 'snippet' } as const;
  return text.includes('\n')
    ? {
        ...made,
        start: ownLines.start,
        end: ownLines.end,
        text: ownLines.before + text + ownLines.after,
      }
    : made;
}
