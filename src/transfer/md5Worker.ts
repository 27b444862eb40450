/**
 * The md5 worker thread: hashes what its orders point at, so that the extension host's own thread
 * stays free. One worker serves several transfers, a mebibyte of each in turn. Loaded only by
 * `new Worker`; everything else imports types.
 */
import { createHash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { slotBytes } from './md5Messages';
import type { Md5Order, Md5Report } from './md5Messages';

/** How long to wait for a descriptor while the process is out of them, in milliseconds. */
const descriptorPatience = 10_000;

/** Hashes chunks that the host's thread puts into shared memory. */
class RingJob {
  readonly #hash = createHash('md5');

  constructor(
    private readonly job: number,
    private readonly memory: SharedArrayBuffer,
  ) {}

  chunk(slot: number, length: number): void {
    this.#hash.update(new Uint8Array(this.memory, slot * slotBytes, length));
    report({ kind: 'hashed', job: this.job });
  }

  finish(): void {
    end({ kind: 'md5', job: this.job, md5: this.#hash.digest('hex') });
  }

  close(): void {
    // The memory belongs to the host's thread.
  }
}

/** Hashes a file behind the one who writes it, never past what it was told is there. */
class FollowJob {
  readonly #hash = createHash('md5');
  readonly #buffer = Buffer.allocUnsafeSlow(slotBytes);
  #descriptor: number | undefined;
  #position = 0;
  #total = 0;
  #finishing = false;
  #next: NodeJS.Immediate | undefined;
  #later: NodeJS.Timeout | undefined;
  readonly #begun = performance.now();

  constructor(
    private readonly job: number,
    private readonly path: string,
  ) {
    this.#open();
  }

  written(total: number): void {
    this.#total = total;
    this.#schedule();
  }

  finish(): void {
    this.#finishing = true;
    this.#schedule();
  }

  close(): void {
    clearImmediate(this.#next);
    clearTimeout(this.#later);
    if (this.#descriptor !== undefined) {
      closeSync(this.#descriptor);
    }
  }

  /** While the process is out of descriptors, later steps try again. */
  #open(): void {
    try {
      this.#descriptor = openSync(this.path, 'r');
    } catch (error) {
      if (
        !/^E[MN]FILE$/.test(codeOf(error)) ||
        performance.now() - this.#begun > descriptorPatience
      ) {
        throw error;
      }
    }
  }

  /** One read at a time, so that other jobs get their turn. */
  #schedule(): void {
    this.#next ??= setImmediate(() => {
      this.#next = undefined;
      attempt(this.job, () => this.#step());
    });
  }

  #step(): void {
    if (this.#descriptor === undefined) {
      this.#open();
      clearTimeout(this.#later);
      this.#later = setTimeout(() => this.#schedule(), 50);
    } else if (this.#position < this.#total) {
      this.#read(this.#descriptor);
      this.#schedule();
    } else if (this.#finishing) {
      end({ kind: 'md5', job: this.job, md5: this.#hash.digest('hex') });
    }
  }

  #read(descriptor: number): void {
    const wanted = Math.min(this.#total - this.#position, slotBytes);
    const count = readSync(descriptor, this.#buffer, 0, wanted, this.#position);
    if (count === 0) {
      throw new Error(`the file ends at ${this.#position} of ${this.#total} bytes`);
    }
    this.#hash.update(this.#buffer.subarray(0, count));
    this.#position += count;
  }
}

const jobs = new Map<number, RingJob | FollowJob>();

function obey(order: Md5Order): void {
  const job = jobs.get(order.job);
  switch (order.kind) {
    case 'ring':
      jobs.set(order.job, new RingJob(order.job, order.memory));
      break;
    case 'follow':
      jobs.set(order.job, new FollowJob(order.job, order.path));
      break;
    case 'chunk':
      if (job instanceof RingJob) {
        job.chunk(order.slot, order.length);
      }
      break;
    case 'written':
      if (job instanceof FollowJob) {
        job.written(order.total);
      }
      break;
    case 'finish':
      job?.finish();
      break;
    case 'cancel':
      forget(order.job);
  }
}

function forget(job: number): void {
  jobs.get(job)?.close();
  jobs.delete(job);
}

/** Closes what the job holds before anybody hears that it is over. */
function end(last: Md5Report): void {
  forget(last.job);
  report(last);
}

function report(message: Md5Report): void {
  parentPort?.postMessage(message);
}

/** A job that fails is reported as such; orders still under way to it find no job and are nothing. */
function attempt(job: number, action: () => void): void {
  try {
    action();
  } catch (error) {
    const { message } = error instanceof Error ? error : new Error(String(error));
    end({ kind: 'failed', job, code: codeOf(error), message });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'ERR_MD5';
}

parentPort?.on('message', (order: Md5Order) => attempt(order.job, () => obey(order)));
