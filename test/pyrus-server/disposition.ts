/** Thrown by the multipart code; `upload.ts` turns it into the answer. */
export class BadMultipart extends Error {
  override readonly name = 'BadMultipart';

  constructor(
    why: string,
    readonly code: 'bad_multipart_content' | 'invalid_request_encoding' = 'bad_multipart_content',
  ) {
    super(why);
  }
}

/** A part's Content-Disposition. A part is a file exactly when it carries a file name. */
export interface PartDisposition {
  readonly name: string;
  readonly fileName?: string;
}

const PARAMETER = /^;[ \t]*([A-Za-z0-9_.-]+\*?)=(?:"([^"\r\n]*)"|([^\s;"]+))/;

/**
 * @param value the header's value as latin1, so that every char is one byte of the wire
 * @throws BadMultipart when it is not `form-data` with a `name` and well-formed parameters
 */
export function parsePartDisposition(value: string): PartDisposition {
  const parameters = parseParameters(value);
  const name = parameters.get('name');
  if (name === undefined) {
    throw new BadMultipart('a part has no name');
  }
  const fileName = fileNameOf(parameters);
  return { name: decodeUtf8(name), ...(fileName === undefined ? {} : { fileName }) };
}

function parseParameters(value: string): Map<string, string> {
  const type = /^form-data[ \t]*(?=;|$)/i.exec(value);
  if (type === null) {
    throw new BadMultipart('a part is not form-data');
  }
  const parameters = new Map<string, string>();
  let rest = value.slice(type[0].length);
  while (rest.length > 0) {
    const match = PARAMETER.exec(rest);
    const key = match?.[1]?.toLowerCase();
    if (match === null || key === undefined || parameters.has(key)) {
      throw new BadMultipart(`Content-Disposition is malformed at: ${rest}`);
    }
    parameters.set(key, match[2] ?? match[3] ?? '');
    rest = rest.slice(match[0].length).replace(/^[ \t]+/, '');
  }
  return parameters;
}

/** `filename*` wins over `filename`, as .NET clients send both and mean the first. */
function fileNameOf(parameters: ReadonlyMap<string, string>): string | undefined {
  const extended = parameters.get('filename*');
  if (extended !== undefined) {
    return decodeExtended(extended);
  }
  const plain = parameters.get('filename');
  return plain === undefined || plain === '' ? undefined : decodePlain(plain);
}

/** RFC 5987: `UTF-8''%D0%9F…`, the charset in any case. */
function decodeExtended(value: string): string {
  const match = /^utf-8'[A-Za-z0-9-]*'((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-Fa-f]{2})+)$/i.exec(value);
  if (match?.[1] === undefined) {
    throw new BadMultipart(`filename* is not an RFC 5987 value: ${value}`);
  }
  const bytes = match[1].replace(/%([0-9A-Fa-f]{2})/g, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return decodeUtf8(bytes);
}

/** Raw UTF-8, perhaps an RFC 2047 word inside, perhaps the three escapes browsers use. */
function decodePlain(value: string): string {
  return decodeWord(decodeUtf8(value)).replace(/%(22|0D|0A)/gi, (_whole, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function decodeWord(value: string): string {
  const match = /^=\?utf-8\?([bq])\?([^?]*)\?=$/i.exec(value);
  if (match?.[1] === undefined || match[2] === undefined) {
    return value;
  }
  if (match[1].toLowerCase() === 'b') {
    return decodeUtf8(Buffer.from(match[2], 'base64').toString('latin1'));
  }
  const bytes = match[2]
    .replaceAll('_', ' ')
    .replace(/=([0-9A-Fa-f]{2})/g, (_whole, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  return decodeUtf8(bytes);
}

function decodeUtf8(latin1: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(
      Buffer.from(latin1, 'latin1'),
    );
  } catch (error) {
    if (error instanceof TypeError) {
      throw new BadMultipart('a name is not UTF-8', 'invalid_request_encoding');
    }
    throw error;
  }
}
