import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ReceiveFault } from './faults';

/** Thrown when the connection ended before the request did. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone';
}

/** Thrown when a scripted fault breaks the connection off while receiving. */
export class CutOff extends Error {
  override readonly name = 'CutOff';

  constructor(readonly how: 'fin' | 'rst') {
    super(`cut off with ${how.toUpperCase()}`);
  }
}

type Sink = (chunk: Buffer) => void;

/** The body of one request: read once, counted, and slowed or stopped as scripted. */
export class IncomingBody {
  readonly #request: IncomingMessage;
  readonly #response: ServerResponse;
  readonly #fault: ReceiveFault;
  readonly #onBytes: (total: number) => void;
  #received = 0;
  #finished = false;

  constructor(
    request: IncomingMessage,
    response: ServerResponse,
    fault: ReceiveFault | undefined,
    onBytes: (total: number) => void,
  ) {
    this.#request = request;
    this.#response = response;
    this.#fault = fault ?? {};
    this.#onBytes = onBytes;
  }

  /**
   * Reads to the end.
   * @param sink what it throws stops the reading and is thrown from here
   * @throws ClientGone, CutOff
   */
  async read(sink: Sink): Promise<void> {
    if (this.#finished) {
      return;
    }
    if (/^100-continue$/i.test(this.#request.headers.expect ?? '')) {
      this.#response.writeContinue();
    }
    await new Promise<void>((resolve, reject) => {
      const onData = (chunk: Buffer): void => {
        try {
          this.#take(chunk, sink);
        } catch (error) {
          stop();
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      };
      const onEnd = (): void => {
        this.#finished = true;
        stop();
        resolve();
      };
      const onClose = (): void => {
        stop();
        reject(new ClientGone('the client left before the end of its request'));
      };
      const stop = (): void => {
        this.#request.off('data', onData).off('end', onEnd).off('close', onClose);
      };
      this.#request.on('data', onData).on('end', onEnd).on('close', onClose);
    });
  }

  /** Reads a small body whole, @returns undefined when it is longer than `limit` bytes */
  async text(limit: number): Promise<string | undefined> {
    const chunks: Buffer[] = [];
    let size = 0;
    await this.read(chunk => {
      size += chunk.length;
      if (size <= limit) {
        chunks.push(chunk);
      }
    });
    return size > limit ? undefined : Buffer.concat(chunks).toString('utf8');
  }

  /** What a JSON request is understood to say. */
  meaningOf(text: string): string {
    return this.#fault.misread?.(text) ?? text;
  }

  /** Lets the rest of the body go by. */
  async discard(): Promise<void> {
    await this.read(() => undefined);
  }

  /** Lets whatever still comes go by, counted, without waiting for it. */
  drain(): void {
    this.#request.on('data', (chunk: Buffer) => this.#count(chunk));
    this.#request.resume();
  }

  #count(chunk: Buffer): void {
    this.#received += chunk.length;
    this.#onBytes(this.#received);
  }

  #take(chunk: Buffer, sink: Sink): void {
    const from = this.#received;
    this.#count(chunk);
    sink(flipped(chunk, this.#fault.flipByteAt, from));
    const { stopAfter, cutAfter, how = 'fin', bytesPerSecond } = this.#fault;
    if (cutAfter !== undefined && this.#received >= cutAfter) {
      throw new CutOff(how);
    }
    if (stopAfter !== undefined && this.#received >= stopAfter) {
      this.#request.pause();
    } else if (bytesPerSecond !== undefined) {
      this.#request.pause();
      // A request that is gone by then is resumed in vain, and nobody waits for it.
      setTimeout(() => this.#request.resume(), (chunk.length / bytesPerSecond) * 1000).unref();
    }
  }
}

function flipped(chunk: Buffer, offset: number | undefined, from: number): Buffer {
  if (offset === undefined || offset < from || offset >= from + chunk.length) {
    return chunk;
  }
  const copy = Buffer.from(chunk);
  copy.writeUInt8(copy.readUInt8(offset - from) ^ 0xff, offset - from);
  return copy;
}
