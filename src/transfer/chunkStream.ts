import { Readable } from 'node:stream';
import type { ChunkHash } from './chunkHash';
import { FileError } from './errors';
import { slotBytes } from './md5Messages';
import { readError } from './readErrors';

/** Fills the beginning of `buffer` from `position`. @returns bytes read, 0 at the end */
export type ReadAt = (buffer: Buffer, position: number) => Promise<number>;

/** Exactly `size` bytes from a reader, a mebibyte at a time, hashed on their way; else a FileError. */
export class ChunkStream extends Readable {
  #position = 0;

  /**
   * @param path of the file, for errors
   * @param onBytes told the length of every chunk handed out
   */
  constructor(
    private readonly path: string,
    private readonly size: number,
    private readonly readAt: ReadAt,
    private readonly hash: ChunkHash,
    private readonly onBytes: (count: number) => void,
  ) {
    super({ highWaterMark: slotBytes });
  }

  /** Whether all bytes have been handed out. */
  get complete(): boolean {
    return this.#position === this.size;
  }

  override _read(): void {
    this.#next().catch((error: unknown) => {
      this.destroy(readError(error, this.path));
    });
  }

  async #next(): Promise<void> {
    const buffer = await this.hash.free(this.size - this.#position);
    const count = await this.readAt(buffer, this.#position);
    if (this.destroyed) {
      return;
    }
    if (count === 0) {
      throw new FileError({ kind: 'changed' }, this.path);
    }
    const chunk = buffer.subarray(0, count);
    this.hash.add(chunk);
    this.#position += count;
    this.onBytes(count);
    this.push(chunk);
    if (this.complete) {
      this.push(null);
    }
  }
}
