/** An escaped character; a tab stop with or without an initial text that has no tab stop in it. */
const PART = /\\[\\$}]|\$\{\d+(?::((?:\\[\\$}]|[^\\$}])*))?\}|\$\d+/g;
const ESCAPED = /\\([\\$}])/g;

/**
 * A snippet with its further lines indented. VS Code would do it, too, but at the first of several
 * cursors only, and not where the text is put in without tab stops.
 * @param indent of the line it is put in
 * @param unit one level of indentation, which is a tab in the snippet
 */
export function indentedSnippet(snippet: string, indent: string, unit: string): string {
  return snippet
    .replace(/^\t+/gm, tabs => unit.repeat(tabs.length))
    .replaceAll('\n', `\n${indent}`);
}

/** What a snippet leaves when nobody steps through its tab stops: their initial texts. */
export function withoutTabStops(snippet: string): string {
  // From the innermost to the outermost.
  const text = snippet.replace(PART, (part, initial?: string) =>
    part.startsWith('\\') ? part : (initial ?? ''),
  );
  return text === snippet ? text.replace(ESCAPED, '$1') : withoutTabStops(text);
}

/** The indentation of the line that `offset` is in, as far as it lies before that. */
export function indentBefore(text: string, offset: number): string {
  const before = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  return /^[ \t]*/.exec(before)?.[0] ?? '';
}
