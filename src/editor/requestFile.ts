import type { Span } from './span';

/** Where in a request file (`.http`, `.rest`) a place is. */
export type RequestPart =
  /** Between requests: another one may begin here. */
  | { readonly kind: 'between' }
  /** Comments, the request line, headers, a body that is no JSON. */
  | { readonly kind: 'text' }
  | { readonly kind: 'json'; readonly body: Span };

const SEPARATOR = '###';
/** What may stand before a request line: comments, `@name = value`. */
const PREFACE = /^\s*(?:#|\/\/|@|$)/;

interface Line extends Span {
  readonly text: string;
}

/** Reads the lines of the request around a place: preface, request line, headers, empty line, body. */
export function requestPartAt(text: string, offset: number): RequestPart {
  const lines = linesOf(text);
  const own = lines.findIndex(({ end }) => offset <= end);
  const first =
    lines.findLastIndex(({ text: line }, at) => at <= own && line.startsWith(SEPARATOR)) + 1;
  const last = lines.findIndex(({ text: line }, at) => at > own && line.startsWith(SEPARATOR));
  const request = lines.slice(first, last === -1 ? lines.length : last);
  const start = request.findIndex(({ text: line }) => !PREFACE.test(line));
  const current = own - first;
  if (current < 0 || start === -1 || current < start) {
    return lines[own]?.text.trim() === '' ? { kind: 'between' } : { kind: 'text' };
  }
  const empty = request.findIndex(({ text: line }, at) => at > start && line.trim() === '');
  if (empty === -1 || current <= empty) {
    return { kind: 'text' };
  }
  return bodyAt(text, request.slice(start, empty), request.slice(empty + 1), offset);
}

function bodyAt(
  text: string,
  head: readonly Line[],
  body: readonly Line[],
  offset: number,
): RequestPart {
  // A response handler, or a file to send instead of a body.
  const script = body.findIndex(({ text: line }) => /^[<>]/.test(line));
  const lines = body.slice(0, script === -1 ? body.length : script);
  const [start, end] = [lines[0]?.start ?? offset, lines.at(-1)?.end ?? offset];
  const content = text.slice(start, end);
  const type = head
    .map(({ text: line }) => /^content-type\s*:\s*(.*)/i.exec(line)?.[1])
    .find(Boolean);
  const isJson =
    content.trim() === '' ? type === undefined || /json/i.test(type) : /^\s*[{[]/.test(content);
  return isJson && start <= offset && offset <= end
    ? { kind: 'json', body: { start, end } }
    : { kind: 'text' };
}

function linesOf(text: string): Line[] {
  const lines: Line[] = [];
  for (let start = 0; start <= text.length;) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    lines.push({ start, end, text: text.slice(start, end) });
    start = end + 1;
  }
  return lines;
}
