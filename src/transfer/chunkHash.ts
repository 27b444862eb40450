import { createHash } from 'node:crypto';
import { md5Worker } from './md5';
import type { Md5Worker } from './md5';
import { slotBytes } from './md5Messages';

/** Below this, hashing on the host's own thread costs less than asking the worker. */
const inlineLimit = 16 * 1024 * 1024;

/**
 * Enough for every chunk that may be on its way: one being read, one buffered by the file's stream,
 * one by the multipart stream, one in the socket; and two in hand.
 */
const slots = 6;

/** Gives out memory for chunks and hashes what was put there, in order. */
export interface ChunkHash {
  /** Memory of at most `length` bytes for the next chunk, when there is some free. */
  free(length: number): Promise<Buffer>;
  /** The chunk is filled: the memory last given out, or its beginning. */
  add(chunk: Buffer): void;
  /** MD5 of all chunks, 32 lower-case hex digits. */
  digest(): Promise<string>;
  /** Nobody will ask for the digest; safe to call at any time. */
  cancel(): void;
}

/** @param size bytes that will come */
export function chunkHash(size: number, worker: Md5Worker = md5Worker): ChunkHash {
  return size <= inlineLimit ? new InlineHash() : new RingHash(worker);
}

/** Fresh memory for every chunk, hashed on the spot. */
class InlineHash implements ChunkHash {
  readonly #hash = createHash('md5');

  free(length: number): Promise<Buffer> {
    return Promise.resolve(Buffer.allocUnsafeSlow(Math.min(length, slotBytes)));
  }

  add(chunk: Buffer): void {
    this.#hash.update(chunk);
  }

  digest(): Promise<string> {
    return Promise.resolve(this.#hash.digest('hex'));
  }

  cancel(): void {
    // Nothing is held.
  }
}

/**
 * Memory shared with the worker, used round and round: a slot is filled again only after the worker
 * has hashed it, so a slow worker slows the reading and memory stays flat.
 */
class RingHash implements ChunkHash {
  readonly #memory = new SharedArrayBuffer(slots * slotBytes);
  readonly #job;
  #added = 0;
  #hashed = 0;
  #hashedOne: (() => void) | undefined;

  constructor(worker: Md5Worker) {
    this.#job = worker.begin({ kind: 'ring', memory: this.#memory }, () => {
      this.#hashed += 1;
      this.#hashedOne?.();
    });
  }

  async free(length: number): Promise<Buffer> {
    while (this.#added - this.#hashed >= slots) {
      const hashedOne = new Promise<void>(resolve => (this.#hashedOne = resolve));
      // The job ends early only by failing: then there is nothing to wait for.
      await Promise.race([hashedOne, this.#job.md5]);
    }
    return Buffer.from(this.#memory, this.#slot * slotBytes, Math.min(length, slotBytes));
  }

  add(chunk: Buffer): void {
    this.#job.send({ kind: 'chunk', slot: this.#slot, length: chunk.length });
    this.#added += 1;
  }

  digest(): Promise<string> {
    this.#job.send({ kind: 'finish' });
    return this.#job.md5;
  }

  cancel(): void {
    this.#job.cancel();
  }

  get #slot(): number {
    return this.#added % slots;
  }
}
