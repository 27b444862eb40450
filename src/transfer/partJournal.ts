import { randomBytes } from 'node:crypto';
import { appendFile, lstat, mkdir, readFile, readdir, unlink } from 'node:fs/promises';
import { basename, isAbsolute, join } from 'node:path';
import { isAlive, processSpace, startOf } from './hostProcess';
import { isPartName } from './partName';
import { diskCode } from './writeErrors';

/** Where a download notes its temporary file, in case nobody is left to remove it. */
export interface PartJournal {
  /** @param path absolute; noted before the file is there */
  begin(path: string): Promise<void>;
  /** The file has gone, or has its final name. */
  end(path: string): Promise<void>;
}

/** Where the process is, its id, its start, and a number of ours. Once it was not told where. */
const journalName = /^parts-(?:([0-9a-f]{16})-)?(\d+)-(\d+)-[0-9a-f]+\.jsonl$/;

/**
 * Milliseconds without a new note after which a journal is given up whose process cannot be asked: one
 * of another machine, of a container that is no more, of this machine under another name, of a version
 * that did not tell. Sweeping it sooner could take a file away that is being written; never to sweep it
 * would leave some for good. In a week the largest file comes at 3.6 kB a second.
 */
const givenUpAfter = 7 * 24 * 60 * 60 * 1000;

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
   * @param space where this process is; a parameter for tests
   */
  constructor(
    private readonly folder: string,
    private readonly onError: (error: unknown) => void,
    private readonly space = processSpace(),
  ) {
    const random = randomBytes(6).toString('hex');
    this.#name = Promise.all([space, startOf(process.pid)]).then(
      ([where, start]) => `parts-${where}-${process.pid}-${start ?? 0}-${random}.jsonl`,
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
      try {
        if (await this.#isLeft(name)) {
          await this.#sweepOne(join(this.folder, name));
        }
      } catch (error) {
        this.onError(error);
      }
    }
  }

  async #isLeft(name: string): Promise<boolean> {
    const [, space, pid, start = '0'] = journalName.exec(name) ?? [];
    if (pid === undefined) {
      return false;
    }
    if (space === (await this.space)) {
      return !(await isAlive(Number(pid), start));
    }
    const { mtimeMs } = await lstat(join(this.folder, name));
    return mtimeMs < Date.now() - givenUpAfter;
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
