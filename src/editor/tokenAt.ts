import { isCode } from './brackets';
import type { Span } from './span';
import { textIn } from './span';
import type { StringToken, Token } from './tokens';

/** The string whose content a place is in, or at the edge of. */
export function stringAt(tokens: readonly Token[], offset: number): StringToken | undefined {
  for (const token of tokens) {
    if (token.kind === 'string' && contains(token.content, offset)) {
      return token;
    }
  }
  return undefined;
}

/** Whether a place is in a comment, or in something else that is neither code nor string. */
export function isInComment(code: string, tokens: readonly Token[], offset: number): boolean {
  const token = tokens.find(
    ({ kind, start, end }) => kind === 'comment' && start <= offset && offset <= end,
  );
  if (token === undefined) {
    return false;
  }
  const text = textIn(code, token);
  if (/^(?:\/\/|#)/.test(text)) {
    // A comment up to the end of the line goes on when something is put there.
    return offset > token.start && !text.endsWith('?>');
  }
  const isBlock = text.startsWith('/*');
  const isOpen = isBlock && !text.endsWith('*/');
  return (isBlock ? offset > token.start : true) && (offset < token.end || isOpen);
}

/** The last piece of code that ends at a place or before it. */
export function codeBefore(tokens: readonly Token[], offset: number): Token | undefined {
  return tokens.findLast(token => isCode(token) && token.end <= offset);
}

/** The first piece of code that begins at a place or behind it. */
export function codeBehind(tokens: readonly Token[], offset: number): Token | undefined {
  return tokens.find(token => isCode(token) && token.start >= offset);
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
