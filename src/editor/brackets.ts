import type { Span } from './span';
import type { PlainToken, Token } from './tokens';

/** What stands between two commas of a bracket, or between a comma and the bracket. */
export interface Element extends Span {
  /** Without comments at either end. */
  readonly tokens: readonly Token[];
}

/** A pair of brackets and what is in it, at its own level. */
export interface Bracket {
  readonly open: PlainToken;
  /** Index of `open` among the tokens. */
  readonly index: number;
  /** Undefined when it does not close in what was read. */
  readonly close: PlainToken | undefined;
  readonly elements: readonly Element[];
  readonly commas: readonly PlainToken[];
}

/** Nobody needs to know more of what is around a cursor. */
const LEVELS = 5;

/** The innermost brackets around a place, from the inside out. */
export function bracketsAround(tokens: readonly Token[], offset: number): Bracket[] {
  const open: number[] = [];
  for (const [index, { kind, start, end }] of tokens.entries()) {
    if (kind === 'open' && end <= offset) {
      open.push(index);
    } else if (kind === 'close' && end <= offset) {
      open.pop();
    } else if (start >= offset) {
      break;
    }
  }
  return open
    .slice(-LEVELS)
    .reverse()
    .flatMap(index => bracketAt(tokens, index) ?? []);
}

/** The bracket that opens with a token; undefined if that is none. */
export function bracketAt(tokens: readonly Token[], index: number): Bracket | undefined {
  const open = tokens[index];
  if (open?.kind !== 'open') {
    return undefined;
  }
  const commas: PlainToken[] = [];
  const elements: Token[][] = [[]];
  let depth = 0;
  let close: PlainToken | undefined;
  for (const token of tokens.slice(index + 1)) {
    if (token.kind === 'close' && depth-- === 0) {
      close = token;
      break;
    }
    depth += token.kind === 'open' ? 1 : 0;
    if (token.kind === 'comma' && depth === 0) {
      commas.push(token);
      elements.push([]);
    } else {
      elements.at(-1)?.push(token);
    }
  }
  return { open, index, close, commas, elements: elements.flatMap(element) };
}

function element(all: readonly Token[]): Element[] {
  const first = all.findIndex(isCode);
  const last = all.findLastIndex(isCode);
  const tokens = first === -1 ? [] : all.slice(first, last + 1);
  const [head] = tokens;
  const tail = tokens.at(-1);
  return head === undefined || tail === undefined
    ? []
    : [{ start: head.start, end: tail.end, tokens }];
}

export function isCode({ kind }: Token): boolean {
  return kind !== 'comment';
}

/** Behind the last element, its comma included. */
export function endOf({ open, elements, commas }: Bracket): number {
  return Math.max(open.end, elements.at(-1)?.end ?? 0, commas.at(-1)?.end ?? 0);
}
