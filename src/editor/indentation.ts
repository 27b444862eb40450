const NARROW = /^(?:json[cl]?|http|rest|(?:java|type)script(?:react)?|shellscript|markdown)$/;
const TABBED = /^(?:go|bsl)$/;

/** One level of indentation as a text uses it; as its language does where it uses none. */
export function indentUnitOf(text: string, languageId: string): string {
  const widths = new Set<number>();
  for (const [, indent = ''] of text.slice(0, 32 * 1024).matchAll(/^([ \t]+)\S/gm)) {
    if (indent.startsWith('\t')) {
      return '\t';
    }
    widths.add(indent.length);
  }
  const smallest = Math.min(...Array.from(widths).filter(width => width > 1 && width <= 8));
  if (smallest <= 8) {
    return ' '.repeat(smallest);
  }
  return TABBED.test(languageId) ? '\t' : NARROW.test(languageId) ? '  ' : '    ';
}
