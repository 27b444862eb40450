import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { OpenSource } from '../pyrus/ports';
import { chunkHash } from './chunkHash';
import { ChunkStream } from './chunkStream';
import type { ReadAt } from './chunkStream';
import { FileError } from './errors';
import type { Md5Worker } from './md5';
import { slotBytes } from './md5Messages';
import { readError } from './readErrors';

/** Something opened, whose bytes can be read at any position. */
export interface Opened {
  /** As a person would recognise it, for errors. */
  readonly path: string;
  /** Bytes, at the moment of opening. */
  readonly size: number;
  readonly read: ReadAt;
  /** Whether it is still what was opened. */
  isUnchanged(): Promise<boolean>;
  /** Called once. */
  release(): Promise<void>;
}

/**
 * Exactly `opened.size` bytes and their MD5: up to 1 MiB as one Buffer, else as a stream.
 * @throws FileError, or `signal.reason` on cancel; `opened` is then released
 */
export async function openContent(
  opened: Opened,
  signal: AbortSignal,
  onBytes: (count: number) => void,
  worker?: Md5Worker,
): Promise<OpenSource> {
  try {
    signal.throwIfAborted();
    if (opened.size <= slotBytes) {
      const whole = await readWhole(opened);
      signal.throwIfAborted();
      onBytes(whole.length);
      const md5 = createHash('md5').update(whole).digest('hex');
      return new OpenContent(opened, whole, () => Promise.resolve(md5), signal);
    }
    return openStream(opened, signal, onBytes, worker);
  } catch (error) {
    await opened.release();
    throw readError(error, opened.path);
  }
}

async function readWhole(opened: Opened): Promise<Buffer> {
  const whole = Buffer.allocUnsafeSlow(opened.size);
  for (let position = 0; position < whole.length;) {
    const count = await opened.read(whole.subarray(position), position);
    if (count === 0) {
      throw changed(opened);
    }
    position += count;
  }
  return whole;
}

function openStream(
  opened: Opened,
  signal: AbortSignal,
  onBytes: (count: number) => void,
  worker?: Md5Worker,
): OpenSource {
  const hash = chunkHash(opened.size, worker);
  const stream = new ChunkStream(opened.path, opened.size, opened.read, hash, onBytes);
  const digest = async (): Promise<string> => {
    if (stream.errored !== null) {
      throw stream.errored;
    }
    if (!stream.complete) {
      throw new Error('verify() was called before the content was read to its end');
    }
    return hash.digest();
  };
  return new OpenContent(opened, stream, digest, signal, () => hash.cancel());
}

function changed({ path }: Opened): FileError {
  return new FileError({ kind: 'changed' }, path);
}

class OpenContent implements OpenSource {
  readonly size: number;
  #closed: Promise<void> | undefined;

  constructor(
    private readonly opened: Opened,
    readonly content: Buffer | Readable,
    private readonly digest: () => Promise<string>,
    private readonly signal: AbortSignal,
    private readonly cancel: () => void = () => undefined,
  ) {
    this.size = opened.size;
    if (!Buffer.isBuffer(content)) {
      // Whoever reads hears of it there, else verify() tells; it must not end the process.
      content.on('error', () => undefined);
    }
    signal.addEventListener('abort', this.#abort, { once: true });
  }

  async verify(): Promise<string> {
    this.signal.throwIfAborted();
    try {
      const md5 = await this.digest();
      if (!(await this.opened.isUnchanged())) {
        throw changed(this.opened);
      }
      return md5;
    } catch (error) {
      this.signal.throwIfAborted();
      throw readError(error, this.opened.path);
    }
  }

  close(): Promise<void> {
    this.#closed ??= this.#release();
    return this.#closed;
  }

  #release(): Promise<void> {
    this.signal.removeEventListener('abort', this.#abort);
    if (!Buffer.isBuffer(this.content)) {
      this.content.destroy();
    }
    this.cancel();
    return this.opened.release();
  }

  readonly #abort = (): void => {
    if (!Buffer.isBuffer(this.content)) {
      const reason: unknown = this.signal.reason;
      this.content.destroy(reason instanceof Error ? reason : new Error(String(reason)));
    }
    this.close().catch(() => {
      // The owner calls close() too and gets this very failure.
    });
  };
}
