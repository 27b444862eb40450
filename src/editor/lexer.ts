import { matchAt, nextStop } from './stringScan';
import type { StringRule, Syntax } from './syntax';
import type { PlainToken, Token } from './tokens';

const SPACE = /\s+/y;
const WORD = /[\p{L}\p{N}_$]+/uy;
const REGEX = /\/(?![*/])(?:[^\\/[\n]|\\.|\[(?:[^\]\\\n]|\\.){0,200}\]){1,500}\/\w*/y;
/** A value is due behind these, so that `/` begins a regular expression. */
const BEFORE_REGEX = /^(?:[=(,:[!&|?{;+\-*%>~^]|return|typeof|case|in|of|throw|else|yield|await)$/;

/** Between its delimiters nothing means anything. */
const HEREDOC: StringRule = { open: /(?!)/y, escape: 'none', lines: 'many' };

/** A string that is left for the code in its hole, to be gone on with behind that. */
interface Suspended {
  readonly rule: StringRule;
  readonly close: string;
  /** What ends the hole, when as many brackets have closed as have opened in it. */
  readonly bracket: string;
  depth: number;
}

/** Cuts a text into tokens, in one pass. */
export function lex(text: string, syntax: Syntax): Token[] {
  return new Lexer(text, syntax).run();
}

class Lexer {
  readonly #tokens: Token[] = [];
  readonly #suspended: Suspended[] = [];
  readonly #heredocs: { readonly delimiter: string; readonly rule: StringRule }[] = [];
  #at = 0;

  constructor(
    private readonly text: string,
    private readonly syntax: Syntax,
  ) {}

  run(): Token[] {
    this.#pushIf('comment', this.syntax.prologue);
    while (this.#at < this.text.length) {
      this.#space();
      if (this.#at < this.text.length) {
        this.#step();
      }
    }
    return this.#tokens;
  }

  #step(): void {
    if (this.syntax.comments.some(rule => this.#pushIf('comment', rule)) || this.#string()) {
      return;
    }
    if (!this.#regex() && !this.#heredoc()) {
      this.#other();
    }
  }

  /** Line ends end code in one-line strings, and begin what heredocs have announced. */
  #space(): void {
    const end = matchAt(SPACE, this.text, this.#at) ?? this.#at;
    const line = this.text.slice(this.#at, end).indexOf('\n');
    if (line !== -1 && this.#suspended.some(({ rule }) => rule.lines === 'one')) {
      this.#suspended.length = 0;
    }
    if (line === -1 || this.#heredocs.length === 0) {
      this.#at = end;
      return;
    }
    this.#at += line + 1;
    for (const { delimiter, rule } of this.#heredocs.splice(0)) {
      this.#heredocBody(delimiter, rule);
    }
  }

  #string(): boolean {
    for (const rule of this.syntax.strings) {
      rule.open.lastIndex = this.#at;
      const opening = rule.open.exec(this.text);
      if (opening !== null) {
        this.#stringBody(rule, rule.close ?? opening[1] ?? '', opening[0].length);
        return true;
      }
    }
    return false;
  }

  /** @param opened length of what opened it; 0 behind a hole */
  #stringBody(rule: StringRule, close: string, opened: number): void {
    const start = this.#at;
    const content = start + opened;
    const stop = nextStop(this.text, rule, close, content);
    const isHole = stop.kind === 'hole';
    this.#at = isHole ? stop.start : stop.end;
    this.#tokens.push({
      kind: 'string',
      start,
      end: this.#at,
      content: { start: content, end: stop.start },
      rule,
      close,
      isWhole: opened > 0 && !isHole,
    });
    if (isHole) {
      const bracket = this.text.charAt(stop.end - 1) === '(' ? ')' : '}';
      this.#push('open', stop.end);
      this.#suspended.push({ rule, close, bracket, depth: 0 });
    }
  }

  #regex(): boolean {
    if (this.syntax.regexes !== true || this.text.charAt(this.#at) !== '/') {
      return false;
    }
    const before = this.#tokens.findLast(({ kind }) => kind !== 'comment');
    const isDue =
      before === undefined || BEFORE_REGEX.test(this.text.slice(before.start, before.end));
    return isDue && this.#pushIf('comment', REGEX);
  }

  #heredoc(): boolean {
    const { heredoc } = this.syntax;
    if (heredoc === undefined || this.text.charAt(this.#at) !== '<') {
      return false;
    }
    const { open, special } = heredoc;
    open.lastIndex = this.#at;
    const [whole, quote, delimiter] = open.exec(this.text) ?? [];
    if (whole === undefined || delimiter === undefined) {
      return false;
    }
    const rule = quote === "'" ? HEREDOC : { ...HEREDOC, special };
    this.#heredocs.push({ delimiter, rule });
    this.#push('mark', this.#at + whole.length);
    return true;
  }

  /** From here to the line that begins with the delimiter. */
  #heredocBody(delimiter: string, rule: StringRule): void {
    const start = this.#at;
    const last = new RegExp(`^[ \\t]*${delimiter}(?![\\p{L}\\p{N}_])`, 'mu');
    const found = last.exec(this.text.slice(start));
    const end = found === null ? this.text.length : start + found.index;
    // The last line break belongs to the delimiter.
    const content = { start, end: found === null ? end : Math.max(start, end - 1) };
    this.#tokens.push({ kind: 'string', start, end, content, rule, close: '', isWhole: true });
    this.#at = end;
    if (found !== null) {
      this.#push('mark', end + found[0].length);
    }
  }

  #other(): void {
    const character = this.text.charAt(this.#at);
    if ('([{'.includes(character)) {
      this.#push('open', this.#at + 1);
      this.#enter();
    } else if (')]}'.includes(character)) {
      this.#push('close', this.#at + 1);
      this.#leave(character);
    } else if (character === ',') {
      this.#push('comma', this.#at + 1);
    } else if (character === '\\' && this.syntax.escapes === true) {
      this.#push('mark', Math.min(this.#at + 2, this.text.length));
    } else if (!this.#pushIf('word', WORD)) {
      this.#push('mark', this.#at + 1);
    }
  }

  #enter(): void {
    const hole = this.#suspended.at(-1);
    if (hole !== undefined) {
      hole.depth++;
    }
  }

  #leave(character: string): void {
    const hole = this.#suspended.at(-1);
    if (hole === undefined) {
      return;
    }
    if (hole.depth > 0) {
      hole.depth--;
    } else if (character === hole.bracket) {
      this.#suspended.pop();
      this.#stringBody(hole.rule, hole.close, 0);
    }
  }

  #push(kind: PlainToken['kind'], end: number): void {
    this.#tokens.push({ kind, start: this.#at, end });
    this.#at = end;
  }

  #pushIf(kind: PlainToken['kind'], rule: RegExp | undefined): boolean {
    const end = rule && matchAt(rule, this.text, this.#at);
    if (end === undefined) {
      return false;
    }
    this.#push(kind, end);
    return true;
  }
}
