/**
 * The addresses of a `text/uri-list`, in its order: one a line, of whatever line ends, without
 * comments (RFC 2483) and what comes twice.
 */
export function addressesIn(list: string): string[] {
  const lines = list.split(/[\r\n]+/).map(line => line.trim());
  return [...new Set(lines.filter(line => line !== '' && !line.startsWith('#')))];
}
