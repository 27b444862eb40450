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

/** The comment, or other thing that is neither code nor string, that a place is in. */
export function commentAt(
  code: string,
  tokens: readonly Token[],
  offset: number,
): Token | undefined {
  return tokens.find(
    token => token.kind === 'comment' && goesOnAt(offset, token, textIn(code, token)),
  );
}

/** Whether what is put at a place becomes part of a comment. */
function goesOnAt(offset: number, { start, end }: Span, text: string): boolean {
  if (/^(?:\/\/|#)/.test(text)) {
    return start < offset && offset <= end && !(offset === end && text.endsWith('?>'));
  }
  const isBlock = text.startsWith('/*');
  const isOpen = isBlock && !text.endsWith('*/');
  return (
    (isBlock ? start < offset : start <= offset) && (offset < end || (isOpen && offset === end))
  );
}

/** The last piece of code that ends at a place or before it. */
export function codeBefore(tokens: readonly Token[], offset: number): Token | undefined {
  return tokens.findLast(token => isCode(token) && token.end <= offset);
}

function contains({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end;
}
