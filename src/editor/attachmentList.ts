import { isCode } from './brackets';
import type { Bracket } from './brackets';
import { textIn } from './span';
import type { Token } from './tokens';

/** What a list of attachments says of itself in front of its bracket. */
export interface ListHead {
  /** `attachments`, `AddAttachments`, `$attachments` … */
  readonly label: string;
  /** What stands between the label and the bracket, and around the label: types, mostly. */
  readonly types: string;
  /** It is an argument that is given by name: `f(attachments=[…])`. */
  readonly isArgument: boolean;
}

const LABEL = /attachments$/i;
/** Between a label and its bracket; anything else means that the bracket is not its value. */
const CONNECTORS = new Set('=:><.?|&+*'.split(''));
/** Calls that make a list or add to one. Other calls do not hold attachments. */
const LIST_CALL =
  /^(?:push|unshift|append|extend|concat|add|addAll|AddRange|of|asList|array|list|List|JArray|JsonArray|\w*attachments)$/i;
/** As far as a label can be from its bracket. */
const REACH = 16;
/** So many tokens hold all that is looked at, comments and brackets that are stepped over included. */
const NEAR = 200;

/** Languages whose lists stand in braces. */
const BRACED = new Set(['csharp', 'go', 'java']);

/**
 * Whether a bracket is the list of a thing called attachments, by what stands before it.
 * @returns undefined when it is not
 */
export function attachmentListHead(
  text: string,
  tokens: readonly Token[],
  bracket: Bracket,
  languageId: string,
): ListHead | undefined {
  const before = tokens.slice(Math.max(0, bracket.index - NEAR), bracket.index).filter(isCode);
  if (!canBeList(text, before, bracket, languageId)) {
    return undefined;
  }
  const at = labelBefore(text, before);
  if (at === undefined) {
    return undefined;
  }
  const label = before[at];
  const from = statementStart(text, before, at);
  return {
    label: label === undefined ? '' : name(text, label),
    types: before
      .slice(from)
      .map(token => textIn(text, token))
      .join(' '),
    isArgument: isNamedArgument(text, before, at),
  };
}

function canBeList(
  text: string,
  before: readonly Token[],
  { open }: Bracket,
  languageId: string,
): boolean {
  const last = before.at(-1);
  switch (text.charAt(open.end - 1)) {
    case '[':
      return true;
    case '{':
      return BRACED.has(languageId);
    default:
      return last?.kind === 'word' && LIST_CALL.test(textIn(text, last));
  }
}

/** Walks back from the bracket, over types and whole brackets, to the label. */
function labelBefore(text: string, before: readonly Token[]): number | undefined {
  let isConnected = false;
  for (let at = before.length - 1, steps = 0; at >= 0 && steps < REACH; at--, steps++) {
    const token = before[at];
    if (token === undefined) {
      return undefined;
    }
    const isLabel =
      (token.kind === 'word' || token.kind === 'string') && LABEL.test(name(text, token));
    if (isLabel && (isConnected || isCallOf(text, before, at))) {
      return at;
    }
    switch (token.kind) {
      case 'close':
        if (isConnected && isSubscript(text, before, at)) {
          return at - 1;
        }
        at = opening(before, at);
        break;
      case 'open':
        // `AddAttachments(new[] {`: the label calls what is in the bracket.
        isConnected = true;
        if (!LIST_CALL.test(word(text, before[at - 1]))) {
          return undefined;
        }
        break;
      case 'comma':
        // `Map.of("attachments", List.of(`
        if (before[at - 1]?.kind !== 'string') {
          return undefined;
        }
        isConnected = true;
        break;
      case 'mark':
        if (!CONNECTORS.has(textIn(text, token))) {
          return undefined;
        }
        isConnected = true;
        break;
      case 'word':
        break;
      default:
        return undefined;
    }
  }
  return undefined;
}

/** `AddAttachments(` itself. */
function isCallOf(text: string, before: readonly Token[], at: number): boolean {
  return (
    at === before.length - 1 && /^(?:add|set|with)_?attachments$/i.test(word(text, before[at]))
  );
}

/** `body["attachments"]` */
function isSubscript(text: string, before: readonly Token[], close: number): boolean {
  const [open, label] = [before[close - 2], before[close - 1]];
  return open?.kind === 'open' && label?.kind === 'string' && LABEL.test(name(text, label));
}

function opening(tokens: readonly Token[], close: number): number {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    depth += tokens[at]?.kind === 'close' ? 1 : tokens[at]?.kind === 'open' ? -1 : 0;
    if (depth === 0) {
      return at;
    }
  }
  return -1;
}

/** Where the declaration of a label begins: `List<String> attachments`. */
function statementStart(text: string, before: readonly Token[], label: number): number {
  const isPart = (token: Token | undefined): boolean =>
    token !== undefined &&
    token.kind !== 'comma' &&
    !(token.kind === 'mark' && ';'.includes(textIn(text, token))) &&
    !(token.kind !== 'string' && '({}'.includes(textIn(text, token)));
  let from = label;
  while (label - from < 8 && isPart(before[from - 1])) {
    from--;
  }
  return from;
}

function isNamedArgument(text: string, before: readonly Token[], label: number): boolean {
  const [previous, next] = [before[label - 1], before[label + 1]];
  return (
    before[label]?.kind === 'word' &&
    next !== undefined &&
    textIn(text, next) === '=' &&
    previous !== undefined &&
    (previous.kind === 'comma' || textIn(text, previous) === '(')
  );
}

function word(text: string, token: Token | undefined): string {
  return token?.kind === 'word' ? textIn(text, token) : '';
}

function name(text: string, token: Token): string {
  return textIn(text, token.kind === 'string' ? token.content : token);
}
