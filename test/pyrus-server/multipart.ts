import { BadMultipart, parsePartDisposition, type PartDisposition } from './disposition';

/** The head of one part. */
export interface PartHead extends PartDisposition {
  readonly contentType?: string;
}

/** Told what the reader finds, in the order of the wire. */
export interface PartListener {
  onPart(head: PartHead): void;
  /** Content bytes; the buffer may be a view of the chunk that was written. */
  onContent(bytes: Buffer): void;
}

const CR = 13;
const CRLF = Buffer.from('\r\n');
const HEAD_END = Buffer.from('\r\n\r\n');
const MAX_HEAD = 16 * 1024;

/** @returns the boundary of a multipart/form-data Content-Type, undefined when there is none */
export function boundaryOf(contentType: string | undefined): string | undefined {
  const match =
    /^multipart\/form-data[ \t]*;(?:.*;)?[ \t]*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))[ \t]*(?:;|$)/i.exec(
      contentType ?? '',
    );
  const boundary = match?.[1] ?? match?.[2];
  return boundary !== undefined &&
    /^[0-9A-Za-z'()+_,./:=? -]*[0-9A-Za-z'()+_,./:=?-]$/.test(boundary)
    ? boundary
    : undefined;
}

/**
 * Checks the framing of multipart/form-data (RFC 7578) byte by byte while it streams past: it holds
 * back at most one possible delimiter, so memory stays flat. Stricter than most: no preamble,
 * no bare LF, nothing but one CRLF after the closing delimiter.
 */
export class MultipartReader {
  readonly #delimiter: Buffer;
  readonly #listener: PartListener;
  #state: 'opening' | 'afterDelimiter' | 'head' | 'content' | 'epilogue' = 'opening';
  #held: Buffer = Buffer.alloc(0);

  constructor(boundary: string, listener: PartListener) {
    this.#delimiter = Buffer.from(`\r\n--${boundary}`, 'latin1');
    this.#listener = listener;
  }

  /** @throws BadMultipart at the first byte that cannot be right */
  write(chunk: Buffer): void {
    let rest: Buffer = chunk;
    while (rest.length > 0) {
      rest = this.#state === 'content' ? this.#content(rest) : this.#framing(rest);
    }
  }

  /** @throws BadMultipart when the body ended before its closing delimiter */
  end(): void {
    const whole =
      this.#state === 'epilogue' && (this.#held.length === 0 || this.#held.equals(CRLF));
    if (!whole) {
      throw new BadMultipart('the body ends before its closing delimiter');
    }
  }

  #framing(chunk: Buffer): Buffer {
    const bytes = this.#held.length === 0 ? chunk : Buffer.concat([this.#held, chunk]);
    const taken = this.#takeFraming(bytes);
    if (taken === undefined) {
      this.#held = Buffer.from(bytes);
      return Buffer.alloc(0);
    }
    this.#held = Buffer.alloc(0);
    return bytes.subarray(taken);
  }

  /** @returns how many bytes of framing are done with, undefined when more must come first */
  #takeFraming(bytes: Buffer): number | undefined {
    switch (this.#state) {
      case 'opening':
        return this.#opening(bytes);
      case 'afterDelimiter':
        return this.#afterDelimiter(bytes);
      case 'head':
        return this.#head(bytes);
      case 'epilogue':
        this.#epilogue(bytes);
        return undefined;
      case 'content':
        return 0;
    }
  }

  #opening(bytes: Buffer): number | undefined {
    const opening = this.#delimiter.subarray(CRLF.length);
    const seen = Math.min(bytes.length, opening.length);
    if (!bytes.subarray(0, seen).equals(opening.subarray(0, seen))) {
      throw new BadMultipart('the body does not begin with its boundary');
    }
    if (seen < opening.length) {
      return undefined;
    }
    this.#state = 'afterDelimiter';
    return seen;
  }

  #afterDelimiter(bytes: Buffer): number | undefined {
    if (bytes.length < 2) {
      return undefined;
    }
    const next = bytes.toString('latin1', 0, 2);
    if (next !== '--' && next !== '\r\n') {
      throw new BadMultipart('a boundary is followed by neither CRLF nor two hyphens');
    }
    this.#state = next === '--' ? 'epilogue' : 'head';
    return 2;
  }

  #head(bytes: Buffer): number | undefined {
    const end = bytes.indexOf(HEAD_END);
    if ((end < 0 ? bytes.length : end) > MAX_HEAD) {
      throw new BadMultipart('the head of a part is too long');
    }
    if (end < 0) {
      return undefined;
    }
    this.#state = 'content';
    this.#listener.onPart(parseHead(bytes.toString('latin1', 0, end)));
    return end + HEAD_END.length;
  }

  #epilogue(bytes: Buffer): void {
    if (!CRLF.subarray(0, bytes.length).equals(bytes)) {
      throw new BadMultipart('something follows the closing delimiter');
    }
  }

  /** @returns what is left of the chunk after the delimiter, nothing when it was not reached */
  #content(chunk: Buffer): Buffer {
    if (this.#held.length > 0) {
      return this.#continueHeld(chunk);
    }
    const at = chunk.indexOf(this.#delimiter);
    if (at >= 0) {
      this.#emit(chunk.subarray(0, at));
      this.#state = 'afterDelimiter';
      return chunk.subarray(at + this.#delimiter.length);
    }
    const kept = this.#possibleDelimiter(chunk);
    this.#emit(chunk.subarray(0, kept));
    this.#held = Buffer.from(chunk.subarray(kept));
    return Buffer.alloc(0);
  }

  /** Decides about the bytes held back at the end of the chunk before. */
  #continueHeld(chunk: Buffer): Buffer {
    const missing = this.#delimiter.subarray(this.#held.length);
    const seen = Math.min(missing.length, chunk.length);
    if (!chunk.subarray(0, seen).equals(missing.subarray(0, seen))) {
      const content = this.#held;
      this.#held = Buffer.alloc(0);
      this.#emit(content);
      return chunk;
    }
    if (seen < missing.length) {
      this.#held = Buffer.concat([this.#held, chunk]);
      return Buffer.alloc(0);
    }
    this.#held = Buffer.alloc(0);
    this.#state = 'afterDelimiter';
    return chunk.subarray(seen);
  }

  /** A delimiter has one CR, its first byte: only the last CR of a chunk can begin a split one. */
  #possibleDelimiter(chunk: Buffer): number {
    const from = chunk.lastIndexOf(CR);
    const tail = from < 0 ? 0 : chunk.length - from;
    return tail > 0 &&
      tail < this.#delimiter.length &&
      chunk.subarray(from).equals(this.#delimiter.subarray(0, tail))
      ? from
      : chunk.length;
  }

  #emit(bytes: Buffer): void {
    if (bytes.length > 0) {
      this.#listener.onContent(bytes);
    }
  }
}

function parseHead(head: string): PartHead {
  const fields = new Map<string, string>();
  for (const line of head.split('\r\n')) {
    const match = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\r\n\0]*?)[ \t]*$/.exec(line);
    const name = match?.[1]?.toLowerCase();
    if (match?.[2] === undefined || name === undefined || fields.has(name)) {
      throw new BadMultipart('the head of a part is malformed');
    }
    fields.set(name, match[2]);
  }
  const disposition = fields.get('content-disposition');
  if (disposition === undefined) {
    throw new BadMultipart('a part has no Content-Disposition');
  }
  const contentType = fields.get('content-type');
  return {
    ...parsePartDisposition(disposition),
    ...(contentType === undefined ? {} : { contentType }),
  };
}
