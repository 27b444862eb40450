import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { globalAgent } from 'node:http';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PyrusClient } from '../../src/pyrus/client';
import { RetryBudget } from '../../src/pyrus/retry';
import type { PyrusFailure } from '../../src/pyrus/errors';
import { Session } from '../../src/pyrus/session';
import type { Patience } from '../../src/pyrus/watchdog';
import type { Disk } from '../../src/transfer/disk';
import { saveLocally } from '../../src/transfer/localTarget';
import { onceMore } from '../../src/transfer/onceMore';
import type { Incoming, Placed, Wanted } from '../../src/transfer/saveRequest';
import { startPyrus } from '../pyrus-server/pyrus';
import type { PyrusServer } from '../pyrus-server/pyrus';
import type { PyrusOptions } from '../pyrus-server/options';
import { TempFolder } from '../unit/transfer/filesOnDisk';
import { eventually, namesIn } from '../unit/transfer/incomingFiles';
import { signedInClient } from '../unit/pyrus/signedInClient';
import type { SignedInClient } from '../unit/pyrus/signedInClient';
import { HastyExchange } from './hastyExchange';
import { TestClock } from './testClock';

/** What a test says of one download beside its id. */
export interface Saving extends Partial<Omit<Incoming, 'file'>>, Partial<Wanted> {
  readonly folder?: string;
  readonly disk?: Disk;
  readonly onWait?: (wait: { readonly seconds: number; readonly failure: PyrusFailure }) => void;
}

interface SceneOptions {
  readonly pyrus?: PyrusOptions;
  /** How long nothing may move, in seconds by the real clock; what the product has unless told. */
  readonly patience?: Patience;
  /** Time passes only as `clock` says. */
  readonly ownClock?: boolean;
}

/**
 * A stand-in Pyrus, a client signed in to it and an empty folder for every test of a `describe`.
 * Afterwards nothing may be left: no temporary file, no descriptor, no socket in use, and nothing
 * may have been sent to a foreign origin.
 */
export class DownloadScene {
  #pyrus: PyrusServer | undefined;
  #me: SignedInClient | undefined;
  #temp: TempFolder | undefined;
  #client: PyrusClient | undefined;
  #clock: TestClock | undefined;

  private constructor(private readonly options: SceneOptions) {}

  /** Call in the body of the `describe`. */
  static prepare(options: SceneOptions = {}): DownloadScene {
    const scene = new DownloadScene(options);
    beforeEach(() => scene.open());
    afterEach(() => scene.close());
    return scene;
  }

  get pyrus(): PyrusServer {
    return this.#pyrus ?? assert.fail('too early');
  }

  get me(): SignedInClient {
    return this.#me ?? assert.fail('too early');
  }

  get client(): PyrusClient {
    return this.#client ?? assert.fail('too early');
  }

  get clock(): TestClock {
    return this.#clock ?? assert.fail('the scene has no clock of its own');
  }

  get temp(): TempFolder {
    return this.#temp ?? assert.fail('too early');
  }

  /** Where downloads go unless told. */
  get folder(): string {
    return join(this.temp.path, 'папка');
  }

  /** Downloads as the command does; pauses between tries take no time. */
  save(id: number, { folder = this.folder, disk, onWait, ...more }: Saving = {}): Promise<Placed> {
    const signal = more.signal ?? this.me.signal;
    const options = { signal, random: () => 0, ...(onWait === undefined ? {} : { onWait }) };
    const unasked = {
      fallbackName: `file-${id}`,
      onConflict: () => assert.fail('asked about a conflict'),
      onUnconfirmed: () => assert.fail('asked about the size'),
      onBytes: () => undefined,
    };
    return onceMore(() =>
      this.client.download(
        id,
        file => {
          const request = { ...unasked, name: file.name ?? '', ...more, signal, file };
          return saveLocally(folder, request, request, disk);
        },
        options,
      ),
    );
  }

  /** Names in the folder; hidden ones, too. */
  names(): readonly string[] {
    return namesIn(this.folder);
  }

  content(name: string): Buffer {
    return readFileSync(join(this.folder, name));
  }

  /** Download requests so far. */
  get tries(): number {
    return this.pyrus.requests.filter(({ path }) => /download|attachment/.test(path)).length;
  }

  async open(): Promise<void> {
    const { pyrus, patience, ownClock = false } = this.options;
    this.#clock = ownClock ? new TestClock() : undefined;
    this.#temp = await TempFolder.create();
    mkdirSync(this.folder);
    this.#pyrus = await startPyrus(pyrus);
    this.#me = await signedInClient(this.#pyrus, 'accounts', this.#clock);
    // As the command does: many transfers listen to the one cancel.
    setMaxListeners(0, this.#me.signal);
    const exchange = patience === undefined ? this.#me.exchange : new HastyExchange(patience);
    this.#client = new PyrusClient(new Session(this.#me.grants), exchange, new RetryBudget(1e9));
  }

  async close(): Promise<void> {
    try {
      assert.deepEqual(
        this.names().filter(name => name.endsWith('.part')),
        [],
        'a temporary file is left',
      );
      assert.equal(this.temp.descriptors(), 0, 'a descriptor is left open');
      assert.deepEqual(this.pyrus.foreignRequests, []);
      await eventually(() => (this.socketsInUse() === 0 ? true : undefined));
      assert.equal(this.#clock?.alarms ?? 0, 0, 'a timer is left');
    } finally {
      await this.pyrus.close();
      await this.temp.remove();
    }
  }

  /** Sockets of this process on which a request to the stand-in is under way. */
  socketsInUse(): number {
    const ports = Object.values(this.pyrus.origins).map(origin => `:${new URL(origin).port}:`);
    return Object.entries(globalAgent.sockets)
      .filter(([name]) => ports.some(port => name.includes(port)))
      .reduce((count, [, sockets]) => count + (sockets?.length ?? 0), 0);
  }
}

/** The failure of a promise that must be rejected with a PyrusError or a FileError. */
export async function failureOf(promise: Promise<unknown>): Promise<{ readonly kind: string }> {
  const error: unknown = await promise.then(
    () => assert.fail('it succeeded'),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error && 'failure' in error, String(error));
  const { failure } = error as Error & { readonly failure: unknown };
  assert.ok(typeof failure === 'object' && failure !== null && 'kind' in failure);
  return failure as { readonly kind: string };
}
