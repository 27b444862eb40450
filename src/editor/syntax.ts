/**
 * How languages write strings and comments: as much as it takes to know where a cursor is and how
 * to write a text down there. No grammar of any language.
 */

/** How a character that would end a string is written inside it. */
export type Escape =
  /** `\"`, `\n`, `\u00e9` */
  | 'backslash'
  /** `""` */
  | 'doubled'
  /** `\'` and `\\` and nothing else: PHP in single quotes. */
  | 'quoteOnly'
  /** A backslash protects the quote but stays: raw strings of Python. */
  | 'raw'
  /** Not at all. */
  | 'none';

export interface StringRule {
  /** What begins it; sticky. Its first group, if any, is what ends it. */
  readonly open: RegExp;
  readonly close?: string;
  readonly escape: Escape;
  /** `bar`: next lines begin with `|`, as in 1C. */
  readonly lines: 'one' | 'many' | 'bar';
  /** What begins code inside of it, such as `${`; sticky. Its last character is the bracket. */
  readonly hole?: RegExp;
  /** How `hole` is written when it is meant as text, by what stands before it. */
  readonly holeEscape?: 'backslash' | 'doubled';
  /** What else is special in it and takes a backslash. */
  readonly special?: RegExp;
}

/** A string that goes from the next line to the one with just its delimiter. */
interface Heredoc {
  /** What announces it: the first group is its quote, the second the delimiter; sticky. */
  readonly open: RegExp;
  /** What takes a backslash in one without quotes or with double ones. */
  readonly special: RegExp;
}

export interface Syntax {
  readonly strings: readonly StringRule[];
  /** Comments, and whatever else is not code: regular expressions, directives; sticky. */
  readonly comments: readonly RegExp[];
  readonly heredoc?: Heredoc;
  /** `/…/` is a regular expression where a value is due. */
  readonly regexes?: boolean;
  /** A backslash takes the meaning from what follows, outside of strings, too. */
  readonly escapes?: boolean;
  /** What precedes the code from the beginning of a document; sticky. */
  readonly prologue?: RegExp;
}

const LINE_COMMENT = /\/\/.*/y;
const BLOCK_COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/y;
const HASH_COMMENT = /#.*/y;
const DIRECTIVE = /(?<=^[ \t]*)#.*/my;

const DOUBLE: StringRule = { open: /"/y, close: '"', escape: 'backslash', lines: 'one' };
const SINGLE: StringRule = { open: /'/y, close: "'", escape: 'backslash', lines: 'one' };

const JSON_SYNTAX: Syntax = {
  strings: [DOUBLE],
  comments: [LINE_COMMENT, BLOCK_COMMENT],
};

const JAVASCRIPT: Syntax = {
  strings: [
    DOUBLE,
    SINGLE,
    {
      open: /`/y,
      close: '`',
      escape: 'backslash',
      lines: 'many',
      hole: /\$\{/y,
      holeEscape: 'backslash',
    },
  ],
  comments: [LINE_COMMENT, BLOCK_COMMENT],
  regexes: true,
  prologue: /#!.*/y,
};

const PYTHON: Syntax = {
  strings: [
    { open: /(?:[rR][bB]?|[bB][rR])("""|''')/y, escape: 'raw', lines: 'many' },
    { open: /(?:[rR][bB]?|[bB][rR])(["'])/y, escape: 'raw', lines: 'one' },
    ...(['many', 'one'] as const).flatMap((lines): StringRule[] => {
      const quotes = lines === 'many' ? `("""|''')` : `(["'])`;
      const hole = { hole: /(?<!\{)\{(?!\{)/y, holeEscape: 'doubled' } as const;
      return [
        {
          open: new RegExp(`(?:[fF][rR]|[rR][fF])${quotes}`, 'y'),
          escape: 'raw',
          lines,
          ...hole,
        },
        { open: new RegExp(`[fF]${quotes}`, 'y'), escape: 'backslash', lines, ...hole },
        { open: new RegExp(`[bBuU]?${quotes}`, 'y'), escape: 'backslash', lines },
      ];
    }),
  ],
  comments: [HASH_COMMENT],
};

const CSHARP: Syntax = {
  strings: [
    { open: /\${2,}("{3,})/y, escape: 'none', lines: 'many', hole: /\{\{/y },
    { open: /\$("{3,})/y, escape: 'none', lines: 'many', hole: /\{/y },
    { open: /("{3,})/y, escape: 'none', lines: 'many' },
    {
      open: /(?:@\$|\$@)"/y,
      close: '"',
      escape: 'doubled',
      lines: 'many',
      hole: /(?<!\{)\{(?!\{)/y,
      holeEscape: 'doubled',
    },
    { open: /@"/y, close: '"', escape: 'doubled', lines: 'many' },
    {
      open: /\$"/y,
      close: '"',
      escape: 'backslash',
      lines: 'one',
      hole: /(?<!\{)\{(?!\{)/y,
      holeEscape: 'doubled',
    },
    DOUBLE,
    SINGLE,
  ],
  comments: [LINE_COMMENT, BLOCK_COMMENT, DIRECTIVE],
};

const JAVA: Syntax = {
  strings: [{ open: /"""/y, close: '"""', escape: 'backslash', lines: 'many' }, DOUBLE, SINGLE],
  comments: [LINE_COMMENT, BLOCK_COMMENT],
};

const GO: Syntax = {
  strings: [{ open: /`/y, close: '`', escape: 'none', lines: 'many' }, DOUBLE, SINGLE],
  comments: [LINE_COMMENT, BLOCK_COMMENT],
};

const PHP: Syntax = {
  strings: [
    { open: /'/y, close: "'", escape: 'quoteOnly', lines: 'many' },
    {
      open: /(["`])/y,
      escape: 'backslash',
      lines: 'many',
      hole: /\{(?=\$)/y,
      special: /\$/g,
    },
  ],
  comments: [
    /(?:\/\/|#(?!\[))(?:(?!\?>).)*/y,
    BLOCK_COMMENT,
    /\?>(?:(?!<\?)[\s\S])*(?:<\?(?:php\b|=)?|$)/y,
  ],
  heredoc: { open: /<<<[ \t]*(['"]?)([\p{L}_][\p{L}\p{N}_]*)\1/uy, special: /[$\\]/g },
  prologue: /(?:(?!<\?)[\s\S])*<\?(?:php\b|=)?/y,
};

const SHELL: Syntax = {
  strings: [
    { open: /\$'/y, close: "'", escape: 'backslash', lines: 'many' },
    { open: /'/y, close: "'", escape: 'none', lines: 'many' },
    {
      open: /"/y,
      close: '"',
      escape: 'backslash',
      lines: 'many',
      hole: /\$[({]/y,
      special: /[$`]/g,
    },
  ],
  comments: [/(?<![^\s;&|(])#.*/y],
  heredoc: { open: /(?<!<)<<(?!<)-?[ \t]*(['"]?)([A-Za-z_][\w-]*)\1/y, special: /[$`\\]/g },
  escapes: true,
};

/** 1C. */
const BSL: Syntax = {
  strings: [
    { open: /"/y, close: '"', escape: 'doubled', lines: 'bar' },
    { open: /'/y, close: "'", escape: 'none', lines: 'one' },
  ],
  comments: [LINE_COMMENT, DIRECTIVE],
};

const SYNTAXES: Readonly<Record<string, Syntax>> = {
  json: JSON_SYNTAX,
  jsonc: JSON_SYNTAX,
  jsonl: JSON_SYNTAX,
  javascript: JAVASCRIPT,
  javascriptreact: JAVASCRIPT,
  typescript: JAVASCRIPT,
  typescriptreact: JAVASCRIPT,
  python: PYTHON,
  csharp: CSHARP,
  java: JAVA,
  go: GO,
  php: PHP,
  shellscript: SHELL,
  bsl: BSL,
};

/** @returns undefined for a language that has no strings, or that we know nothing about */
export function syntaxOf(languageId: string): Syntax | undefined {
  return Object.hasOwn(SYNTAXES, languageId) ? SYNTAXES[languageId] : undefined;
}
