import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { slotBytes } from './md5Messages';
import type { Md5Order, Md5Report } from './md5Messages';

/** One job of the worker, seen from here. */
export interface Md5Job {
  /** Settles when the job is over: 32 lower-case hex digits. */
  readonly md5: Promise<string>;
  send(order: JobOrder): void;
  /** Ends the job early; `md5` rejects. Nothing happens when it is already over. */
  cancel(): void;
}

/** An order without its job number, which {@link Md5Worker} fills in. */
export type JobOrder = Md5Order extends infer Order
  ? Order extends Md5Order
    ? Omit<Order, 'job'>
    : never
  : never;

interface Listener {
  hashed(): void;
  done(md5: string): void;
  failed(error: Error): void;
}

/** The worker could not do its job: it crashed, could not start, or could not read. */
export class Md5Failed extends Error {
  override readonly name = 'Md5Failed';

  constructor(
    /** A system error code, or `ERR_MD5`. */
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * One md5 thread, started at the first job, shared by all, ended when idle. One is enough: it
 * hashes faster than any line it has to keep up with.
 */
export class Md5Worker {
  #thread: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  readonly #listeners = new Map<number, Listener>();
  #lastJob = 0;

  /** @param file the worker's JavaScript; it lies beside this file, bundled or not */
  constructor(
    private readonly idleMilliseconds = 30_000,
    private readonly file = join(__dirname, 'md5Worker.js'),
  ) {}

  /** Whether the thread is there now. */
  get running(): boolean {
    return this.#thread !== undefined;
  }

  /** @param hashed called for every chunk of a ring that has been hashed */
  begin(first: JobOrder, hashed: () => void = () => undefined): Md5Job {
    const thread = this.#wake();
    const job = ++this.#lastJob;
    const md5 = new Promise<string>((resolve, reject) => {
      this.#listeners.set(job, { hashed, done: resolve, failed: reject });
    });
    // Whoever needs the MD5 awaits it; a job that nobody asks any more must not end the process.
    md5.catch(() => undefined);
    const send = (order: JobOrder): void => {
      if (this.#listeners.has(job)) {
        thread.postMessage({ ...order, job } satisfies Md5Order);
      }
    };
    send(first);
    const cancel = (): void => {
      send({ kind: 'cancel' });
      this.#take(job)?.failed(new Md5Failed('ERR_MD5', 'cancelled'));
    };
    return { md5, send, cancel };
  }

  /** Ends the thread now; jobs under way fail. */
  async end(): Promise<void> {
    const thread = this.#thread;
    this.#lose(thread, new Md5Failed('ERR_MD5', 'the md5 worker was ended'));
    await thread?.terminate();
  }

  #wake(): Worker {
    clearTimeout(this.#idle);
    this.#thread ??= this.#start();
    this.#thread.ref();
    return this.#thread;
  }

  #start(): Worker {
    const thread = new Worker(this.file, { name: 'pyrus md5', execArgv: [] });
    thread.on('message', (report: Md5Report) => this.#hear(report));
    thread.on('error', (cause: unknown) =>
      this.#lose(thread, new Md5Failed('ERR_MD5', 'the md5 worker crashed', { cause })),
    );
    thread.on('exit', code =>
      this.#lose(thread, new Md5Failed('ERR_MD5', `the md5 worker ended with code ${code}`)),
    );
    return thread;
  }

  #hear(report: Md5Report): void {
    switch (report.kind) {
      case 'hashed':
        return this.#listeners.get(report.job)?.hashed();
      case 'md5':
        return this.#take(report.job)?.done(report.md5);
      case 'failed':
        return this.#take(report.job)?.failed(new Md5Failed(report.code, report.message));
    }
  }

  /** The job is over; after the last one the thread may idle, then end. */
  #take(job: number): Listener | undefined {
    const listener = this.#listeners.get(job);
    this.#listeners.delete(job);
    if (listener !== undefined && this.#listeners.size === 0) {
      this.#thread?.unref();
      this.#idle = setTimeout(() => void this.end(), this.idleMilliseconds).unref();
    }
    return listener;
  }

  #lose(thread: Worker | undefined, error: Md5Failed): void {
    if (thread === undefined || thread !== this.#thread) {
      return;
    }
    clearTimeout(this.#idle);
    this.#thread = undefined;
    const listeners = [...this.#listeners.values()];
    this.#listeners.clear();
    for (const listener of listeners) {
      listener.failed(error);
    }
  }
}

/** The one worker of the extension. */
export const md5Worker = new Md5Worker();

/** The MD5 of a file that is still being written. */
export interface FollowedFile {
  /**
   * Call after every write.
   * @param totalBytes length of the beginning of the file that is completely written: with several
   *   writes in flight not the sum of those that ended, but the end of the first hole-free stretch
   */
  written(totalBytes: number): void;
  /**
   * Call when the last byte was reported by {@link written}.
   * @returns MD5 of those bytes as they are in the file, 32 lower-case hex digits; the worker has
   *   closed the file by then
   * @throws Md5Failed when the file cannot be read or is shorter, or the worker crashed
   */
  finish(): Promise<string>;
  /** The MD5 is not wanted any more; safe to call at any time. */
  cancel(): void;
}

/**
 * Hashes a file in the worker while it is being written, so that the MD5 is there a moment after
 * the last write and covers what is really in the file.
 * @param path an existing file
 */
export function followFile(path: string, worker: Md5Worker = md5Worker): FollowedFile {
  const job = worker.begin({ kind: 'follow', path });
  let told = 0;
  let total = 0;
  const tell = (): void => {
    told = total;
    job.send({ kind: 'written', total });
  };
  return {
    written(totalBytes) {
      total = totalBytes;
      if (total - told >= slotBytes) {
        tell();
      }
    },
    finish() {
      tell();
      job.send({ kind: 'finish' });
      return job.md5;
    },
    cancel: () => job.cancel(),
  };
}
