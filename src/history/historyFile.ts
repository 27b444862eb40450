import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { eventIn, lineFor } from './historyEvents';
import type { HistoryEvent } from './historyEvents';
import { whenLetGo, withLockFile } from './lockFile';

/** The first line names the file: one that was written anew has another name. */
const NAME_LENGTH = 36;

/** How often a file may be replaced under the pen of one line. */
const MOST_TRIES = 20;

/** The part of a file system in which Windows is another, so that tests can be on it. */
export interface HistoryDisk {
  readonly platform: NodeJS.Platform;
  open(path: string, flags: string, mode?: number): Promise<FileHandle>;
  rename(from: string, to: string): Promise<void>;
}

/** What was found: all there is, or what was appended since the last reading. */
export interface Reading {
  readonly whole: boolean;
  readonly events: readonly HistoryEvent[];
}

/**
 * One append-only file of events, shared by the windows of a machine. Appending takes no lock:
 * whoever finds that the file was replaced under the pen writes the line once more, and whoever
 * replaces it copies what came meanwhile. Windows replaces no file that somebody has open: there
 * all writing takes the lock, and whoever reads is waited for.
 */
export class HistoryFile {
  #name: string | undefined;
  #offset = 0;

  /** Writing of this window takes turns, where it takes the lock. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly path: string,
    private readonly disk: HistoryDisk = { open, rename, platform: process.platform },
  ) {}

  /** @throws a file system error; a file that is not there has no events */
  async read(): Promise<Reading> {
    const handle = await this.#openIfThere();
    if (handle === undefined) {
      return this.#startOver(undefined);
    }
    try {
      const { size } = await handle.stat();
      const name = (await bytesFrom(handle, 0, Math.min(size, NAME_LENGTH))).toString('latin1');
      const whole = name !== this.#name || size < this.#offset;
      if (whole) {
        this.#startOver(name);
      }
      const bytes = wholeLines(await bytesFrom(handle, this.#offset, size));
      this.#offset += bytes.length;
      return { whole, events: eventsIn(bytes) };
    } finally {
      await handle.close();
    }
  }

  /** @throws a file system error */
  async append(events: readonly HistoryEvent[]): Promise<void> {
    const text = events.map(lineFor).join('');
    await this.#makeFolder();
    await (this.#replacesOpenFiles ? this.#append(text) : this.#locked(() => this.#append(text)));
  }

  /**
   * Replaces the file by one with the events that `change` makes of those in it.
   * @throws a file system error: the file is then as it was
   */
  async rewrite(
    change: (events: readonly HistoryEvent[]) => readonly HistoryEvent[],
  ): Promise<void> {
    await this.#makeFolder();
    await this.#locked(async () => {
      const old = await this.#openIfThere();
      try {
        const bytes = wholeLines(await bytesFrom(old, 0));
        const kept = change(eventsIn(bytes));
        if (!this.#replacesOpenFiles) {
          await old?.close();
        }
        await this.#replace(`${newName()}${kept.map(lineFor).join('')}`);
        if (this.#replacesOpenFiles) {
          const late = await bytesFrom(old, bytes.length);
          await this.#append(late.toString('utf8'));
        }
      } finally {
        await old?.close();
      }
    });
  }

  #startOver(name: string | undefined): Reading {
    this.#name = name;
    this.#offset = 0;
    return { whole: true, events: [] };
  }

  get #replacesOpenFiles(): boolean {
    return this.disk.platform !== 'win32';
  }

  #locked<T>(act: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(() => withLockFile(`${this.path}.lock`, act));
    // Whoever asked for this one hears of its failure; the next starts afresh.
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #append(text: string): Promise<void> {
    for (let tries = 1; text !== ''; tries += 1) {
      const handle = await this.disk.open(this.path, 'a', 0o600);
      try {
        const { size } = await handle.stat();
        // In one write: what others append comes before or behind it, not in between.
        await handle.appendFile(size === 0 ? newName() + text : text);
        if (await isAt(this.path, handle)) {
          return;
        }
      } finally {
        await handle.close();
      }
      if (tries === MOST_TRIES) {
        throw new Error(`${this.path} is replaced all the time`);
      }
    }
  }

  async #openIfThere(): Promise<FileHandle | undefined> {
    try {
      return await this.disk.open(this.path, 'r');
    } catch (error) {
      if (isMissing(error)) {
        return undefined;
      }
      throw error;
    }
  }

  async #replace(text: string): Promise<void> {
    const temporary = `${this.path}.${randomUUID()}.tmp`;
    try {
      const handle = await this.disk.open(temporary, 'wx', 0o600);
      try {
        await handle.writeFile(text);
      } finally {
        await handle.close();
      }
      await whenLetGo(this.disk.platform, () => this.disk.rename(temporary, this.path));
    } catch (error) {
      await rm(temporary, { force: true });
      throw error;
    }
  }

  async #makeFolder(): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
  }
}

function newName(): string {
  return randomUUID();
}

function eventsIn(bytes: Buffer): HistoryEvent[] {
  return bytes
    .toString('utf8')
    .split('\n')
    .flatMap(line => eventIn(line) ?? []);
}

/** Without half a line at the end: another window is just writing it. */
function wholeLines(bytes: Buffer): Buffer {
  return bytes.subarray(0, bytes.lastIndexOf('\n') + 1);
}

/**
 * @param handle nothing is read where there is none
 * @param end all there is when left out
 */
async function bytesFrom(
  handle: FileHandle | undefined,
  start: number,
  end?: number,
): Promise<Buffer> {
  if (handle === undefined) {
    return Buffer.alloc(0);
  }
  const length = Math.max(0, (end ?? (await handle.stat()).size) - start);
  const buffer = Buffer.alloc(length);
  let read = 0;
  while (read < length) {
    const { bytesRead } = await handle.read(buffer, read, length - read, start + read);
    if (bytesRead === 0) {
      break;
    }
    read += bytesRead;
  }
  return buffer.subarray(0, read);
}

/**
 * As long as the handle is open, no other file gets its number. On Windows, the `dev` of a path and
 * of a handle differ in some versions of libuv (its pull request 4698).
 */
async function isAt(path: string, handle: FileHandle): Promise<boolean> {
  const own = await handle.stat({ bigint: true });
  try {
    const there = await stat(path, { bigint: true });
    return there.ino === own.ino;
  } catch (error) {
    if (isMissing(error)) {
      return false;
    }
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
