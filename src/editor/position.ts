import { looksLikeJson } from './embeddedJson';
import { fencedCodeAt } from './fences';
import { lex } from './lexer';
import { requestPartAt } from './requestFile';
import { lineBefore, lineBehind } from './span';
import type { Span } from './span';
import { decodeString } from './stringCodec';
import { syntaxOf } from './syntax';
import { commentAt, stringAt } from './tokenAt';
import type { StringToken } from './tokens';

/** What a place in a document is part of. */
export type Position =
  | { readonly kind: 'code' | 'prose' | 'codeSpan' }
  /** `opening` is what it begins with; a line of a request file counts as one. */
  | { readonly kind: 'comment'; readonly opening: string; readonly languageId: string }
  /** In a language whose strings we do not know: what may end the one that it is in, if any. */
  | {
      readonly kind: 'unknown';
      readonly quotes: string;
      readonly markup: 'none' | 'text' | 'attribute';
    }
  /** In these strings, from the innermost to the outermost. */
  | { readonly kind: 'string'; readonly strings: readonly StringToken[] };

export function positionAt(code: string, languageId: string, offset: number): Position {
  switch (languageId) {
    case 'http':
    case 'rest': {
      const part = requestPartAt(code, offset);
      return part.kind === 'json'
        ? positionInPart(code, part.body, 'json', offset)
        : { kind: 'comment', opening: '#', languageId };
    }
    case 'markdown': {
      const fenced = fencedCodeAt(code, offset);
      return fenced === undefined
        ? positionInProse(code, offset)
        : positionInPart(code, fenced, fenced.languageId, offset);
    }
    default:
      return positionInCode(code, languageId, offset);
  }
}

function positionInCode(code: string, languageId: string, offset: number): Position {
  const syntax = syntaxOf(languageId);
  if (syntax === undefined) {
    return languageId === 'plaintext' || languageId === ''
      ? { kind: 'code' }
      : positionInUnknown(code, languageId, offset);
  }
  const tokens = lex(code, syntax);
  const string = stringAt(tokens, offset);
  if (string === undefined) {
    const comment = commentAt(code, tokens, offset);
    return comment === undefined
      ? { kind: 'code' }
      : { kind: 'comment', opening: code.slice(comment.start, comment.start + 2), languageId };
  }
  const { text, offsets } = decodeString(code, string);
  const inner = offsets.indexOf(offset - string.content.start);
  const position =
    string.isWhole && looksLikeJson(text) && inner !== -1
      ? positionInCode(text, 'json', inner)
      : undefined;
  return {
    kind: 'string',
    strings: [...(position?.kind === 'string' ? position.strings : []), string],
  };
}

/** Languages in which any character may be written as an entity. */
const MARKUP = /html|xml|xsl|svg|xaml|vue|svelte|astro|razor|blade|handlebars|twig/;
/** The beginning of an attribute's value, of which no other string has been opened. */
const IN_ATTRIBUTE = /=\s*["'][^"'`]*$/;

/**
 * A string may be open when its quote stands on both sides of a place, or before it an odd number
 * of times: rather one too many than a name that leaves its string.
 */
function positionInUnknown(code: string, languageId: string, offset: number): Position {
  const [before, behind] = [lineBefore(code, offset), lineBehind(code, offset)];
  const quotes = ['"', "'", '`'].filter(
    quote =>
      before.includes(quote) && (behind.includes(quote) || before.split(quote).length % 2 === 0),
  );
  const place = IN_ATTRIBUTE.test(before) ? 'attribute' : 'text';
  return {
    kind: 'unknown',
    quotes: quotes.join(''),
    markup: MARKUP.test(languageId) ? place : 'none',
  };
}

function positionInPart(code: string, part: Span, languageId: string, offset: number): Position {
  return positionAt(code.slice(part.start, part.end), languageId, offset - part.start);
}

function positionInProse(code: string, offset: number): Position {
  const line = lineBefore(code, offset);
  return { kind: line.split('`').length % 2 === 0 ? 'codeSpan' : 'prose' };
}
