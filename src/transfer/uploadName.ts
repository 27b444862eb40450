/**
 * The name under which a file is stored in Pyrus: its own, except for what a multipart head cannot
 * carry unharmed. Quotes become apostrophes, because a server cannot tell an escaped quote from a
 * real `%22`; control characters and line breaks become `_`. Composed (NFC), so that `й` from a Mac
 * is the `й` that everybody else types. Cyrillic stays as it is.
 * @param baseName last segment of the path, decoded
 */
export function uploadName(baseName: string): string {
  const wellFormed = Buffer.from(baseName, 'utf8').toString('utf8');
  return wellFormed
    .normalize('NFC')
    .replace(/"/g, "'")
    .replace(/\p{Cc}/gu, '_');
}
