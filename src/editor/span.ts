/** A stretch of a text, by offsets; empty where a cursor is. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function textIn(text: string, span: Span): string {
  return text.slice(span.start, span.end);
}

/** The line that `offset` is in, without its line break. */
export function lineAt(text: string, offset: number): Span {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  const found = text.indexOf('\n', offset);
  const end = found === -1 ? text.length : found;
  return { start, end: text.charAt(end - 1) === '\r' && end > offset ? end - 1 : end };
}

/** What stands on the line in front of `offset`. */
export function lineBefore(text: string, offset: number): string {
  return text.slice(lineAt(text, offset).start, offset);
}

/** What stands on the line behind `offset`. */
export function lineBehind(text: string, offset: number): string {
  return text.slice(offset, lineAt(text, offset).end);
}

/** The white space a line begins with. */
export function indentAt(text: string, offset: number): string {
  return /^[ \t]*/.exec(textIn(text, lineAt(text, offset)))?.[0] ?? '';
}
