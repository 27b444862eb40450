import type { Span } from './span';
import type { StringRule } from './syntax';

/** What a lexer tells apart; white space is what lies between tokens. */
export type Token = PlainToken | StringToken;

export interface PlainToken extends Span {
  /** `comment` is whatever is no code, `word` a name or number, `mark` any other character. */
  readonly kind: 'open' | 'close' | 'comma' | 'word' | 'mark' | 'comment';
}

/** A string, or a piece of one that has code in it. */
export interface StringToken extends Span {
  readonly kind: 'string';
  /** What is between the quotes. */
  readonly content: Span;
  readonly rule: StringRule;
  /** What ends it. */
  readonly close: string;
  /** It has no code in it, and is not a piece. */
  readonly isWhole: boolean;
}
