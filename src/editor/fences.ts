import type { Span } from './span';

/** Code in Markdown: what is between two fences. */
export interface FencedCode extends Span {
  readonly languageId: string;
}

/** A fence, and the word that names its language. */
const FENCE = /^[ \t]*(?:[-*+>] ?[ \t]*)?(`{3,}|~{3,})[ \t]*(?:\{?\.?([\w#+-]+))?[^`\n]*$/gm;

const LANGUAGES: Readonly<Record<string, string>> = {
  bash: 'shellscript',
  sh: 'shellscript',
  shell: 'shellscript',
  zsh: 'shellscript',
  console: 'shellscript',
  curl: 'shellscript',
  js: 'javascript',
  mjs: 'javascript',
  node: 'javascript',
  jsx: 'javascriptreact',
  ts: 'typescript',
  tsx: 'typescriptreact',
  py: 'python',
  python3: 'python',
  cs: 'csharp',
  'c#': 'csharp',
  golang: 'go',
  rest: 'http',
  '1c': 'bsl',
};

/** The fenced code that a place is in; undefined in the prose. */
export function fencedCodeAt(text: string, offset: number): FencedCode | undefined {
  let open: { readonly mark: string; readonly start: number; readonly name: string } | undefined;
  for (const { 0: line, 1: mark = '', 2: name = '', index } of text.matchAll(FENCE)) {
    if (open === undefined) {
      open = { mark, start: index + line.length + 1, name };
      if (open.start > offset) {
        return undefined;
      }
    } else if (mark.startsWith(open.mark) && name === '') {
      if (offset < index) {
        return { languageId: languageOf(open.name), start: open.start, end: index - 1 };
      }
      open = undefined;
    }
  }
  return open && { languageId: languageOf(open.name), start: open.start, end: text.length };
}

/** A language by the word behind a fence: its id, or one of its other names. */
function languageOf(name: string): string {
  const word = name.toLowerCase();
  return Object.hasOwn(LANGUAGES, word) ? (LANGUAGES[word] ?? word) : word;
}
