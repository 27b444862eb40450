import { randomBytes } from 'node:crypto';
import { appendFile, lstat, mkdir, readFile, readdir, unlink } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { isAlive, startOf } from './hostProcess';
import { isPartName } from './partName';
import { diskCode } from './writeErrors';

/** Where a download notes its temporary file, in case nobody is left to remove it. */
export interface PartJournal {
  /** @param path absolute; noted before the file is there */
  begin(path: string): Promise<void>;
  /** The file has gone, or has its final name. */
  end(path: string): Promise<void>;
}

/** Process id, start of the process, and a number of ours. */
const journalName = /^parts-(\d+)-(\d+)-[0-9a-f]+\.jsonl$/;

/**
 * Notes in a folder of ours, a file for each process: windows do not get in each other's way, and
 * what a killed one has left is found without looking through anybody's folders.
 */
export class PartsOnDisk implements PartJournal {
  readonly #open = new Set<string>();
  readonly #name: Promise<string>;
  /** Notes take turns: the file goes when the last one does. */
  #turn: Promise<void>;

  /**
   * @param folder absolute path; made when it is needed
   * @param onError told what went wrong with a note or a removal: no reason to fail a download
   */
  constructor(
    private readonly folder: string,
    private readonly onError: (error: unknown) => void,
  ) {
    const random = randomBytes(6).toString('hex');
    this.#name = startOf(process.pid).then(
      start => `parts-${process.pid}-${start ?? 0}-${random}.jsonl`,
    );
    this.#turn = this.#name.then(() => undefined);
  }

  begin(path: string): Promise<void> {
    this.#open.add(path);
    return this.#next(async journal => {
      await mkdir(this.folder, { recursive: true });
      await appendFile(journal, `${JSON.stringify(path)}\n`, { mode: 0o600 });
    });
  }

  end(path: string): Promise<void> {
    this.#open.delete(path);
    return this.#next(async journal => {
      if (this.#open.size === 0) {
        await unlinkIfThere(journal);
      }
    });
  }

  /** Removes what processes that have ended left behind, and their notes. Never throws. */
  async sweep(): Promise<void> {
    for (const name of await this.#journals()) {
      const [, pid, start] = journalName.exec(name) ?? [];
      const dead = pid !== undefined && !(await isAlive(Number(pid), start ?? '0'));
      if (dead) {
        await this.#sweepOne(join(this.folder, name)).catch(this.onError);
      }
    }
  }

  async #journals(): Promise<readonly string[]> {
    try {
      return await readdir(this.folder);
    } catch (error) {
      if (diskCode(error) !== 'ENOENT') {
        this.onError(error);
      }
      return [];
    }
  }

  /** @throws when a file would not go: the journal stays for the next time */
  async #sweepOne(journal: string): Promise<void> {
    for (const line of (await readFile(journal, 'utf8')).split('\n')) {
      const path = pathIn(line);
      if (path !== undefined && (await isFile(path))) {
        await unlinkIfThere(path);
      }
    }
    await unlinkIfThere(journal);
  }

  #next(act: (journal: string) => Promise<void>): Promise<void> {
    this.#turn = this.#turn
      .then(async () => act(join(this.folder, await this.#name)))
      .catch(this.onError);
    return this.#turn;
  }
}

/**
 * Nothing but temporary files is ever removed, whatever a journal says.
 * @returns undefined for what is no path of one; the last line may be half a one
 */
function pathIn(line: string): string | undefined {
  try {
    const path: unknown = JSON.parse(line);
    return typeof path === 'string' && isAbsolute(path) && isPartName(basename(path))
      ? path
      : undefined;
  } catch {
    return undefined;
  }
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await lstat(path)).isFile();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(diskCode(error) ?? '')) {
      return false;
    }
    throw error;
  }
}

async function unlinkIfThere(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (diskCode(error) !== 'ENOENT') {
      throw error;
    }
  }
}
