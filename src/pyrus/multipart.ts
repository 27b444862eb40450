import FormData from 'form-data';
import { performance } from 'node:perf_hooks';
import { Readable, finished } from 'node:stream';
import { PyrusError } from './errors';
import type { OpenSource } from './ports';

/** The longest request body on the upload address: the whole form, not only the file. */
const longestBody = 2_147_483_648;

/** A form ready to be sent once. */
export interface MultipartBody {
  readonly headers: { readonly 'content-type': string; readonly 'content-length': string };
  /** A Buffer when the content is one; else a stream that takes the content down with it. */
  readonly body: Buffer | Readable;
  /** Bytes around the content. */
  readonly overhead: number;
}

/** How a streamed form is handed to the connection. */
export interface Handover {
  /** Called whenever the connection has taken a piece. */
  readonly onTaken: () => void;
  /** Milliseconds, monotonic. */
  readonly now: () => number;
}

/**
 * The form that Pyrus takes: one field `file`, its name raw UTF-8 in quotes, the length known
 * beforehand (help page "Files"). form-data writes it; the content is put between its head and its
 * tail, because as a body its own object loses the end of a form of Buffers (the request never
 * ends) and leaves the file open after an abort.
 * @throws PyrusError `fileTooLarge` when the form is longer than Pyrus accepts
 */
export function multipartBody(
  name: string,
  { content, size }: Pick<OpenSource, 'content' | 'size'>,
  { onTaken = () => undefined, now = () => performance.now() }: Partial<Handover> = {},
): MultipartBody {
  const { contentType, head, tail } = frameFor(name);
  const overhead = head.length + tail.length;
  assertFits(overhead + size);
  return {
    headers: { 'content-type': contentType, 'content-length': String(overhead + size) },
    body: Buffer.isBuffer(content)
      ? Buffer.concat([head, content, tail])
      : new FramedStream(head, content, tail, { onTaken, now }),
    overhead,
  };
}

/**
 * The length of the whole form in bytes, for asking before the file is opened.
 * @param size bytes of content
 * @throws PyrusError `fileTooLarge`
 */
export function multipartLength(name: string, size: number): number {
  const { head, tail } = frameFor(name);
  const length = head.length + size + tail.length;
  assertFits(length);
  return length;
}

function assertFits(length: number): void {
  if (length > longestBody) {
    throw new PyrusError({ kind: 'fileTooLarge' });
  }
}

/** Everything of the form but the content. */
function frameFor(name: string): { contentType: string; head: Buffer; tail: Buffer } {
  const form = new FormData();
  const boundary = form.getBoundary();
  form.append('file', Buffer.alloc(0), { filename: name, contentType: 'application/octet-stream' });
  const frame = form.getBuffer();
  const tailLength = `\r\n--${boundary}--\r\n`.length;
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    head: frame.subarray(0, -tailLength),
    tail: frame.subarray(-tailLength),
  };
}

/** Bytes handed over at once: at first and on a slow line, and at most. */
const smallPiece = 64 * 1024;
const largePiece = 1024 * 1024;
/** Milliseconds in which a fast line takes a piece. */
const quickly = 50;

/**
 * Head, content, tail. Touches the content only once somebody reads. On a slow line the pieces are
 * small: each that is taken is a sign of life, and a mebibyte can take longer than our patience.
 */
class FramedStream extends Readable {
  #state: 'waiting' | 'running' | 'ended' = 'waiting';
  #rest: Buffer | undefined;
  #piece = smallPiece;
  #handedAt = 0;

  constructor(
    private readonly head: Buffer,
    private readonly content: Readable,
    private readonly tail: Buffer,
    private readonly handover: Handover,
  ) {
    // Hold one piece at most: the content reads ahead by itself.
    super({ highWaterMark: 1 });
  }

  override _read(): void {
    if (this.#state === 'waiting') {
      this.#start();
      return;
    }
    this.handover.onTaken();
    const wasQuick = this.handover.now() - this.#handedAt < quickly;
    this.#piece = wasQuick ? Math.min(largePiece, this.#piece * 2) : smallPiece;
    this.#deliver();
  }

  #start(): void {
    this.#state = 'running';
    this.#handedAt = this.handover.now();
    this.push(this.head);
    this.content.on('data', (chunk: Buffer) => {
      this.content.pause();
      this.#rest = chunk;
      this.#deliver();
    });
    finished(this.content, error => {
      if (error) {
        this.destroy(error);
        return;
      }
      this.#state = 'ended';
      this.#deliver();
    });
  }

  /** Hands over what the connection takes of the chunk in hand, then asks for the next. */
  #deliver(): void {
    while (this.#rest !== undefined) {
      if (!this.push(this.#nextPiece(this.#rest))) {
        return;
      }
    }
    if (this.#state === 'running') {
      this.content.resume();
    } else {
      this.push(this.tail);
      this.push(null);
    }
  }

  #nextPiece(rest: Buffer): Buffer {
    this.#handedAt = this.handover.now();
    const piece = rest.subarray(0, this.#piece);
    this.#rest = rest.length > piece.length ? rest.subarray(piece.length) : undefined;
    return piece;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.content.destroy();
    callback(error);
  }
}
