import { plainText } from './plainText';

/**
 * Text from outside as Markdown that shows just it. Whatever is no letter, digit or space is written
 * by its number: `appendText` of VS Code lets `<command:…>`, `www.…` and `a@b.c` become links.
 * @param limit as {@link plainText}
 */
export function markdownText(untrusted: string, limit?: number): string {
  return plainText(untrusted, limit).replace(
    /[^\p{L}\p{M}\p{N} ]/gu,
    character => `&#${character.codePointAt(0) ?? 0};`,
  );
}

/**
 * The same for Markdown that VS Code also shows as plain text, where numbers would stay numbers: what
 * may mean something to Markdown stands behind a backslash.
 * @param plain what `plainText` or `fileNameText` has made
 */
export function escapedText(plain: string): string {
  return plain.replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** A link that runs a command; works only in Markdown that trusts this very command. */
export function commandLink(label: string, command: string, args: readonly unknown[]): string {
  // encodeURIComponent leaves parentheses alone, and one would end the link.
  const query = encodeURIComponent(JSON.stringify(args)).replace(/[()]/g, parenthesis =>
    parenthesis === '(' ? '%28' : '%29',
  );
  return `[${label}](command:${command}?${query})`;
}
