import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { globalAgent } from 'node:http';
import type { Agent } from 'node:http';
import { join } from 'node:path';
import type { PyrusClient } from '../../src/pyrus/client';
import type { PyrusFailure } from '../../src/pyrus/errors';
import type { UploadSource } from '../../src/pyrus/ports';
import type { Uploaded } from '../../src/pyrus/upload';
import { fileSource } from '../../src/transfer/fileSource';
import type { PyrusOptions } from '../pyrus-server/options';
import { startPyrus } from '../pyrus-server/pyrus';
import type { PyrusServer } from '../pyrus-server/pyrus';
import { signedInClient } from '../unit/pyrus/signedInClient';
import type { SignedInClient } from '../unit/pyrus/signedInClient';
import { TempFolder } from '../unit/transfer/filesOnDisk';
import { eventually } from '../unit/transfer/incomingFiles';
import { TestClock } from './testClock';
import { ToxicProxy } from './toxicProxy';

export const UPLOAD = 'POST /v4/files/upload';

/** A file to send, and what it holds. */
export interface Original {
  readonly source: UploadSource;
  readonly bytes: Buffer;
}

/**
 * A stand-in Pyrus, a client signed in to it that lives by a test's clock, and a toxic proxy before
 * the files host, for every test of a `describe`. Afterwards nothing may be left: no socket in use,
 * no descriptor, no timer, and nothing may have been sent to a foreign origin.
 */
export class UploadScene {
  readonly waits: { readonly seconds: number; readonly failure: PyrusFailure }[] = [];
  #clock = new TestClock();
  #pyrus: PyrusServer | undefined;
  #me: SignedInClient | undefined;
  #temp: TempFolder | undefined;
  #proxy: ToxicProxy | undefined;

  private constructor(private readonly options: PyrusOptions) {}

  /** Call in the body of the `describe`. */
  static prepare(options: PyrusOptions = {}): UploadScene {
    const scene = new UploadScene(options);
    beforeEach(() => scene.open());
    afterEach(() => scene.close());
    return scene;
  }

  get clock(): TestClock {
    return this.#clock;
  }

  get pyrus(): PyrusServer {
    return this.#pyrus ?? assert.fail('too early');
  }

  get me(): SignedInClient {
    return this.#me ?? assert.fail('too early');
  }

  get client(): PyrusClient {
    return this.me.client;
  }

  get temp(): TempFolder {
    return this.#temp ?? assert.fail('too early');
  }

  get uploadRequests(): number {
    return this.pyrus.requests.filter(({ path }) => path.includes('files/upload')).length;
  }

  async file(size: number, name = 'отчёт.bin'): Promise<Original> {
    const path = join(this.temp.path, name);
    const bytes = randomBytes(size);
    await writeFile(path, bytes);
    return { source: await fileSource(path), bytes };
  }

  upload({ source }: Original, onProgress?: (sent: number) => void): Promise<Uploaded> {
    return this.client.upload(source, {
      signal: this.me.signal,
      onWait: wait => this.waits.push(wait),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
  }

  /** Sends the files of the client somewhere else from now on. @param filesUrl ends with a slash */
  async sendTo(filesUrl: string): Promise<void> {
    const grant = await this.me.grants.current();
    this.me.grants.grant = { ...grant, filesUrl };
  }

  /** Puts a proxy before the files host. */
  async throughProxy(): Promise<ToxicProxy> {
    this.#proxy = await ToxicProxy.start(this.pyrus.origins.files);
    await this.sendTo(this.#proxy.url);
    return this.#proxy;
  }

  /** The GUID is one that Pyrus gave for these very bytes. */
  assertRight({ guid, md5, size }: Uploaded, { bytes }: Original): void {
    const stored = this.pyrus.uploads.find(upload => upload.guid === guid);
    assert.ok(stored, `Pyrus has given no GUID ${guid}`);
    assert.equal(md5, createHash('md5').update(bytes).digest('hex'));
    assert.equal(stored.md5, md5);
    assert.deepEqual([size, stored.size], [bytes.length, bytes.length]);
  }

  async open(): Promise<void> {
    this.#clock = new TestClock();
    this.waits.length = 0;
    this.#proxy = undefined;
    this.#temp = await TempFolder.create();
    this.#pyrus = await startPyrus(this.options);
    this.#me = await signedInClient(this.#pyrus, 'accounts', this.#clock);
  }

  async close(): Promise<void> {
    try {
      assert.deepEqual(this.pyrus.foreignRequests, []);
      await eventually(() => (socketsInUse() === 0 ? true : undefined));
      assert.equal(this.temp.descriptors(), 0, 'a descriptor is left open');
      assert.equal(this.clock.alarms, 0, 'a timer is left');
    } finally {
      await this.#proxy?.close();
      await this.pyrus.close();
      await this.temp.remove();
    }
  }
}

/** Sockets of this process on which a plain request is under way. */
export function socketsInUse(agent: Agent = globalAgent): number {
  return Object.values(agent.sockets).reduce((count, list) => count + (list?.length ?? 0), 0);
}

/** Bytes that came to this process on all plain connections that live and are in use. */
export function bytesReceived(): number {
  const sockets = Object.values(globalAgent.sockets).flatMap(list => list ?? []);
  return sockets.reduce((sum, socket) => sum + (socket.destroyed ? 0 : socket.bytesRead), 0);
}
