import type { FileHandle } from 'node:fs/promises';

import { localDisk } from '../../../src/transfer/disk';
import type { Disk } from '../../../src/transfer/disk';

/** What a test can watch and make fail. `close` is that of files; `write` covers `writev`. */
export type Call =
  'open' | 'close' | 'write' | 'lstat' | 'stat' | 'statfs' | 'realpath' | 'link' | 'rename';

/** Something that happens just before or just after the first such call. */
export interface Intrusion {
  readonly call: Call;
  readonly moment: 'before' | 'after';
  readonly act: () => void;
}

/** An error as Node's file system gives it. */
export function failure(code: string, syscall: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${syscall}`), { code, syscall });
}

type Callback = (error: Error | null, ...results: unknown[]) => void;
type Anything = (...args: unknown[]) => unknown;

/** The real disk, except that calls fail as the test says: with an error, given the path. */
export class FailingDisk {
  readonly port: Disk;
  /** Beginnings and ends of writes, and closes, in their order. */
  readonly log: string[] = [];
  #intruded = false;

  constructor(
    private readonly faults: Partial<Record<Call, (path: string) => Error | undefined>>,
    private readonly intrusion?: Intrusion,
  ) {
    this.port = new Proxy(localDisk, {
      get: (disk, name) => {
        const original: unknown = Reflect.get(disk, name);
        return typeof original === 'function'
          ? this.#wrapped(String(name), original as Anything)
          : original;
      },
    });
  }

  #wrapped(name: string, original: Anything): Anything {
    if (name === 'write' || name === 'writev') {
      return (...args) => {
        const done = args.pop() as Callback;
        this.#aroundCallback(() => original(...args, this.#then(done)), done);
      };
    }
    if (name === 'unlink') {
      return original;
    }
    // A rename is known by where from or to, a link by where to; one is as good as the other.
    return (...args) =>
      this.#around(name as Call, String(args[0]), async () => {
        const result = await original(...args);
        return name === 'open' && args[1] === 'wx' ? this.#watched(result as FileHandle) : result;
      });
  }

  async #around<T>(call: Call, path: string, act: () => Promise<T>): Promise<T> {
    this.#intrude(call, 'before');
    const fault = this.faults[call]?.(path);
    if (fault !== undefined) {
      throw fault;
    }
    try {
      return await act();
    } finally {
      this.#intrude(call, 'after');
    }
  }

  #aroundCallback(act: () => void, done: Callback): void {
    this.log.push('write begins');
    this.#intrude('write', 'before');
    const fault = this.faults.write?.('');
    if (fault === undefined) {
      act();
    } else {
      setImmediate(() => done(fault));
    }
  }

  #then(done: Callback): Callback {
    return (...results) => {
      // As on a slow disk: everything else may happen first.
      setTimeout(() => {
        this.log.push('write ends');
        this.#intrude('write', 'after');
        done(...results);
      }, 10);
    };
  }

  /** Its `close` closes, whatever it says. */
  #watched(handle: FileHandle): FileHandle {
    const close = handle.close.bind(handle);
    handle.close = async () => {
      this.log.push('close');
      this.#intrude('close', 'before');
      await close();
      this.#intrude('close', 'after');
      const fault = this.faults.close?.('');
      if (fault !== undefined) {
        throw fault;
      }
    };
    return handle;
  }

  #intrude(call: Call, moment: Intrusion['moment']): void {
    const { intrusion } = this;
    if (!this.#intruded && intrusion?.call === call && intrusion.moment === moment) {
      this.#intruded = true;
      intrusion.act();
    }
  }
}
