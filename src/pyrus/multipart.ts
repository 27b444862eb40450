import FormData from 'form-data';
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
): MultipartBody {
  const { contentType, head, tail } = frameFor(name);
  const overhead = head.length + tail.length;
  assertFits(overhead + size);
  return {
    headers: { 'content-type': contentType, 'content-length': String(overhead + size) },
    body: Buffer.isBuffer(content)
      ? Buffer.concat([head, content, tail])
      : new FramedStream(head, content, tail),
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

/** Head, content, tail. Touches the content only once somebody reads. */
class FramedStream extends Readable {
  #started = false;

  constructor(
    private readonly head: Buffer,
    private readonly content: Readable,
    private readonly tail: Buffer,
  ) {
    // Hold one chunk at most: the content reads ahead by itself.
    super({ highWaterMark: 1 });
  }

  override _read(): void {
    if (this.#started) {
      this.content.resume();
      return;
    }
    this.#started = true;
    this.push(this.head);
    this.content.on('data', (chunk: Buffer) => {
      if (!this.push(chunk)) {
        this.content.pause();
      }
    });
    finished(this.content, error => {
      if (error) {
        this.destroy(error);
        return;
      }
      this.push(this.tail);
      this.push(null);
    });
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.content.destroy();
    callback(error);
  }
}
