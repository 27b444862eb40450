/**
 * What a person makes of a snippet in VS Code: the tab stops are filled in, or left at what is there.
 * Reads the part of the snippet syntax that there may be, and fails on any other.
 */
export function filledIn(snippet: string, values: Readonly<Record<number, string>>): string {
  return snippet.replace(
    /\\([\\$}])|\$\{(\d+)(?::((?:\\[\\$}]|[^\\$}])*))?\}|[$}]/g,
    (found: string, escaped?: string, number?: string, initial?: string): string => {
      if (escaped !== undefined) {
        return escaped;
      }
      if (number === undefined) {
        throw new Error(`${found} would mean something to VS Code in: ${snippet}`);
      }
      return values[Number(number)] ?? (initial ?? '').replace(/\\([\\$}])/g, '$1');
    },
  );
}
