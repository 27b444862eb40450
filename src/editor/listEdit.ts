import type { Bracket, Element } from './brackets';
import { indentAt, lineAt, textIn } from './span';
import type { Reading } from './plan';
import type { Span } from './span';
import type { Token } from './tokens';

/** `text` in place of [start, end). */
export interface Edit extends Span {
  readonly text: string;
}

export interface ListStyle {
  /** One level of indentation. */
  readonly unit: string;
  /** A comma behind the last item of a list on several lines: forbidden, as it was, or a must. */
  readonly trailing: 'never' | 'kept' | 'required';
  /** A line break would end what the list is in. */
  readonly isOneLine?: boolean;
}

/** More items than this, and an empty list gets one line for each. */
const ON_ONE_LINE = 2;

/** Puts items where the cursor is between the elements of a list, with the commas they need. */
export function addToList(
  reading: Reading,
  bracket: Bracket,
  items: readonly string[],
  style: ListStyle,
): Edit {
  return new ListGap(reading, bracket, style).filledWith(items);
}

/** Between what the items behind the first go that replace an element. */
export function separatorBehind(text: string, bracket: Bracket, element: Element): string {
  const line = lineAt(text, element.start);
  return line.start > bracket.open.start && text.slice(line.start, element.start).trim() === ''
    ? `,\n${indentAt(text, element.start)}`
    : ', ';
}

/** What follows in a bracket that does not close may be anything. */
function upTo(cursor: number, bracket: Bracket): Bracket {
  return {
    ...bracket,
    elements: bracket.elements.filter(({ end }) => end <= cursor),
    commas: bracket.commas.filter(({ end }) => end <= cursor),
  };
}

/** A place between two elements, or beside one, or where there is none. */
class ListGap {
  readonly #previous: Element | undefined;
  readonly #next: Element | undefined;
  readonly #cursor: number;
  readonly #end: number;
  readonly #commaBefore: Span | undefined;
  readonly #commaAfter: Span | undefined;

  readonly #bracket: Bracket;
  private readonly text: string;
  private readonly tokens: readonly Token[];

  constructor(
    { code, tokens, cursor, isCut }: Reading,
    bracket: Bracket,
    private readonly style: ListStyle,
  ) {
    this.text = code;
    this.tokens = tokens;
    const isOpen = bracket.close === undefined && isCut !== true;
    this.#bracket = isOpen ? upTo(cursor, bracket) : bracket;
    const { elements, commas, open, close } = this.#bracket;
    // In the middle of an element means behind it.
    const within = elements.find(({ start, end }) => start < cursor && cursor < end);
    this.#cursor = within?.end ?? cursor;
    this.#previous = elements.findLast(({ end }) => end <= this.#cursor);
    this.#next = elements.find(({ start }) => start >= this.#cursor);
    this.#end = close?.start ?? (isOpen ? lineAt(code, this.#cursor).end : code.length);
    const from = this.#previous?.end ?? open.end;
    const to = this.#next?.start ?? this.#end;
    this.#commaBefore = commas.find(({ start, end }) => start >= from && end <= this.#cursor);
    this.#commaAfter = commas.find(({ start, end }) => start >= this.#cursor && end <= to);
  }

  filledWith(items: readonly string[]): Edit {
    if (this.#isOnBlankLine()) {
      return this.#onBlankLine(items);
    }
    const mayGrow = this.style.isOneLine !== true && items.length > ON_ONE_LINE;
    if (this.#isEmpty() && (this.#isBroken() || mayGrow)) {
      return this.#spreadOut(items);
    }
    if (!this.#isBroken() || this.#isBetweenOnOneLine()) {
      return this.#inline(items);
    }
    return this.#onNewLine(items);
  }

  #inline(items: readonly string[]): Edit {
    const comma = this.#isCompact() ? ',' : ', ';
    const joined = items.join(comma);
    const cursor = this.#cursor;
    const isFollowed = this.#next !== undefined && this.#commaAfter === undefined;
    const behind = isFollowed ? (/\s/.test(this.text.charAt(cursor)) ? ',' : comma) : '';
    if (this.#previous === undefined) {
      return { start: cursor, end: cursor, text: joined + behind };
    }
    if (this.#commaBefore !== undefined) {
      const space = this.text.charAt(cursor - 1) === ',' ? comma.slice(1) : '';
      return { start: cursor, end: cursor, text: space + joined + behind };
    }
    const start = this.#previous.end;
    const between = this.text.slice(start, cursor);
    return between.trim() === ''
      ? { start, end: cursor, text: comma + joined + between }
      : { start, end: cursor, text: `,${between}${joined}` };
  }

  /** The cursor's line is the new items'. */
  #onBlankLine(items: readonly string[]): Edit {
    const line = lineAt(this.text, this.#cursor);
    const body = this.#indent() + this.#lines(items) + this.#behind();
    if (this.#previous === undefined || this.#commaBefore !== undefined) {
      return { ...line, text: body };
    }
    const start = this.#previous.end;
    return { start, end: line.end, text: `,${this.text.slice(start, line.start)}${body}` };
  }

  /** A list of which each element has its line; the cursor is beside one of them. */
  #onNewLine(items: readonly string[]): Edit {
    const lines = this.#lines(items);
    const next = this.#next;
    if (next !== undefined && this.#commaAfter === undefined && this.#beginsLine(next.start)) {
      const isBeside =
        lineAt(this.text, this.#cursor).start === lineAt(this.text, next.start).start;
      if (isBeside) {
        const text = `${lines},\n${indentAt(this.text, next.start)}`;
        return { start: next.start, end: next.start, text };
      }
    }
    const previous = this.#previous;
    if (previous === undefined) {
      const at = this.#behindComments(this.#bracket.open.end);
      return { start: at, end: at, text: `\n${this.#indent()}${lines}${this.#behind()}` };
    }
    const comma = this.#commaBefore ?? this.#commaAfter;
    const from = comma?.end ?? previous.end;
    const end = this.#behindComments(from);
    const kept = comma === undefined ? ',' : this.text.slice(previous.end, from);
    const body = `${this.text.slice(from, end)}\n${this.#indent()}${lines}`;
    const behind = next === undefined ? this.#trailing(comma !== undefined) : ',';
    return { start: previous.end, end, text: kept + body + behind };
  }

  /** An empty list gets lines. */
  #spreadOut(items: readonly string[]): Edit {
    const { open, close } = this.#bracket;
    const lines = `\n${this.#indent()}${this.#lines(items)}`;
    const trailing = this.style.trailing === 'required' ? ',' : '';
    const inside = { start: open.end, end: close?.start ?? open.end };
    const content = textIn(this.text, inside);
    const closing = close === undefined ? '' : `\n${this.#closingIndent(content)}`;
    if (content.trim() === '') {
      return { ...inside, text: lines + trailing + closing };
    }
    const at = this.#behindComments(open.end);
    return { start: at, end: at, text: lines + trailing };
  }

  #closingIndent(content: string): string {
    const line = content.lastIndexOf('\n');
    return line === -1 ? indentAt(this.text, this.#bracket.open.start) : content.slice(line + 1);
  }

  #lines(items: readonly string[]): string {
    return items.join(`,\n${this.#indent()}`);
  }

  /** What must follow new items that stand where the cursor is. */
  #behind(): string {
    if (this.#commaAfter !== undefined) {
      return '';
    }
    return this.#next === undefined ? this.#trailing(this.#commaBefore !== undefined) : ',';
  }

  /** What follows the last item of all. @param had whether the last one had a comma behind it */
  #trailing(had: boolean): string {
    const isWanted = this.style.trailing === 'required' || (this.style.trailing === 'kept' && had);
    return isWanted && this.#closesOnLaterLine() ? ',' : '';
  }

  #closesOnLaterLine(): boolean {
    return this.text.slice(this.#cursor, this.#end).includes('\n');
  }

  /** Of the first element with a line of its own, else one level more than the bracket's line. */
  #indent(): string {
    const first = this.#bracket.elements.find(({ start }) => this.#beginsLine(start));
    return first === undefined
      ? indentAt(this.text, this.#bracket.open.start) + this.style.unit
      : indentAt(this.text, first.start);
  }

  #beginsLine(offset: number): boolean {
    const { start } = lineAt(this.text, offset);
    return start >= this.#bracket.open.end && this.text.slice(start, offset).trim() === '';
  }

  #isOnBlankLine(): boolean {
    const line = lineAt(this.text, this.#cursor);
    return (
      line.start >= this.#bracket.open.end &&
      line.end <= this.#end &&
      textIn(this.text, line).trim() === ''
    );
  }

  #isEmpty(): boolean {
    return this.#bracket.elements.length === 0 && this.#bracket.commas.length === 0;
  }

  /** Its elements stand on several lines; or its brackets do, where there is no element. */
  #isBroken(): boolean {
    const { open, elements } = this.#bracket;
    const starts = [
      ...elements.map(({ start }) => start),
      ...(elements.length === 0 ? [this.#end] : []),
    ];
    return starts.some((start, index) =>
      this.text.slice(elements[index - 1]?.end ?? open.end, start).includes('\n'),
    );
  }

  #isBetweenOnOneLine(): boolean {
    const [previous, next] = [this.#previous, this.#next];
    return (
      previous !== undefined &&
      next !== undefined &&
      !this.text.slice(previous.end, next.start).includes('\n')
    );
  }

  #isCompact(): boolean {
    const { commas, elements } = this.#bracket;
    return commas.some(({ end }) => elements.some(({ start }) => start === end));
  }

  /** The end of the line when nothing but comments follows on it. */
  #behindComments(offset: number): number {
    const { end } = lineAt(this.text, offset);
    const follows = this.tokens.find(token => token.end > offset);
    const comments = this.tokens.filter(token => token.start >= offset && token.start < end);
    return follows === undefined ||
      comments.every(token => token.kind === 'comment' && token.end <= end)
      ? end
      : offset;
  }
}
