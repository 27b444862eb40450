import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { apply, eventsFor } from './historyEvents';
import type { HistoryEvent, Records } from './historyEvents';
import { HistoryFile } from './historyFile';
import type { HistoryDisk } from './historyFile';
import type { Attachment, NewUpload, UploadRecord } from './uploadRecord';

export interface HistoryOptions {
  /** How many records are kept, the newest ones; asked every time. */
  readonly limit: () => number;
  /** False: nothing new is noted; asked every time. */
  readonly isRecording: () => boolean;
  /** Told what went wrong with a note: no reason to fail an upload. */
  readonly onError: (error: unknown) => void;
}

/** What VS Code calls a disposable, without needing VS Code. */
interface Disposable {
  dispose(): void;
}

/** Records above the limit before the file is written anew, as a part of the limit. */
const SLACK = 0.1;

/**
 * Every verified upload, of all windows of this machine, in one file. Every question reads what has
 * been appended since the last one.
 */
export class UploadHistory {
  readonly #folder: string;
  readonly #file: HistoryFile;
  readonly #listeners = new Set<() => void>();
  #records: Records = new Map();
  #newestFirst: readonly UploadRecord[] | undefined;
  #watcher: FSWatcher | undefined;
  /** Readings take turns, so that no event is applied twice. */
  #turn: Promise<unknown> = Promise.resolve();

  /** @param folder absolute path; made when it is needed */
  constructor(
    folder: string,
    private readonly options: HistoryOptions,
    disk?: HistoryDisk,
  ) {
    this.#folder = folder;
    this.#file = new HistoryFile(join(folder, 'uploads.jsonl'), disk);
  }

  /** Newest first, as many as the limit allows. */
  async all(): Promise<readonly UploadRecord[]> {
    await this.#refresh();
    this.#newestFirst ??= [...this.#records.values()]
      .reverse()
      .sort((a, b) => b.uploadedAt - a.uploadedAt);
    const limit = this.options.limit();
    return this.#newestFirst.length > limit ? this.#newestFirst.slice(0, limit) : this.#newestFirst;
  }

  /** @param guid in any case */
  async find(guid: string): Promise<UploadRecord | undefined> {
    await this.#refresh();
    return this.#records.get(guid.toLowerCase());
  }

  /** Notes verified uploads, unless the user wants none noted. Never throws. */
  async add(uploads: readonly NewUpload[]): Promise<void> {
    if (uploads.length === 0 || !this.options.isRecording()) {
      return;
    }
    await this.#note(uploads.map(upload => ({ kind: 'uploaded', upload })));
    const limit = this.options.limit();
    if (this.#records.size > limit * (1 + SLACK)) {
      await this.#keep(records => newest(records, limit)).catch(this.options.onError);
    }
  }

  /** Notes that Pyrus attached the file, if its upload is noted. Never throws. */
  attached(guid: string, attachment: Attachment): Promise<void> {
    return this.#noteIfKnown({ kind: 'attached', guid: guid.toLowerCase(), attachment });
  }

  /** Notes that Pyrus no longer takes this GUID, if its upload is noted. Never throws. */
  lost(guid: string): Promise<void> {
    return this.#noteIfKnown({ kind: 'lost', guid: guid.toLowerCase() });
  }

  /** Removes these records, from the disk, too. @throws a file system error */
  forget(guids: readonly string[]): Promise<void> {
    const gone = new Set(guids.map(guid => guid.toLowerCase()));
    return this.#keep(records => records.filter(({ guid }) => !gone.has(guid)));
  }

  /** Notes again what was forgotten, with all that was known of it. Never throws. */
  restore(records: readonly UploadRecord[]): Promise<void> {
    return this.#note(eventsFor(records));
  }

  /** Removes all records, from the disk, too. @throws a file system error */
  clear(): Promise<void> {
    return this.#keep(() => []);
  }

  /** Told when something was noted or removed, in any window. */
  readonly onDidChange = (listener: () => void): Disposable => {
    this.#listeners.add(listener);
    this.#watch().catch(this.options.onError);
    return {
      dispose: () => {
        this.#listeners.delete(listener);
        if (this.#listeners.size === 0) {
          this.close();
        }
      },
    };
  };

  /** Ends watching the file. */
  close(): void {
    this.#watcher?.close();
    this.#watcher = undefined;
  }

  /** Of a GUID that nobody knows nothing shows, but it would lie on the disk, with its task's title. */
  async #noteIfKnown(event: Exclude<HistoryEvent, { kind: 'uploaded' }>): Promise<void> {
    if ((await this.find(event.guid)) !== undefined) {
      await this.#note([event]);
    }
  }

  async #note(events: readonly HistoryEvent[]): Promise<void> {
    try {
      await this.#file.append(events);
    } catch (error) {
      this.options.onError(error);
    }
    await this.#refresh();
  }

  async #keep(
    choose: (records: readonly UploadRecord[]) => readonly UploadRecord[],
  ): Promise<void> {
    await this.#file.rewrite(events => {
      const records: Records = new Map();
      events.forEach(event => apply(records, event));
      return eventsFor(choose([...records.values()]));
    });
    await this.#refresh();
  }

  #refresh(): Promise<void> {
    const turn = this.#turn.then(() => this.#read()).catch(this.options.onError);
    this.#turn = turn;
    return turn;
  }

  async #read(): Promise<void> {
    const { whole, events } = await this.#file.read();
    const wasEmpty = this.#records.size === 0;
    if (whole) {
      this.#records = new Map();
    }
    events.forEach(event => apply(this.#records, event));
    if (events.length > 0 || (whole && !wasEmpty)) {
      this.#newestFirst = undefined;
      this.#listeners.forEach(listener => listener());
    }
  }

  async #watch(): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    if (this.#watcher === undefined && this.#listeners.size > 0) {
      this.#watcher = watch(this.#folder, { persistent: false }, () => void this.#refresh());
      this.#watcher.on('error', this.options.onError);
    }
  }
}

function newest(records: readonly UploadRecord[], limit: number): UploadRecord[] {
  const oldestFirst = [...records].sort((a, b) => a.uploadedAt - b.uploadedAt);
  return oldestFirst.slice(Math.max(0, oldestFirst.length - limit));
}
