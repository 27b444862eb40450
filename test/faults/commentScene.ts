import assert from 'node:assert/strict';
import type { AttachRequest, Attached } from '../../src/pyrus/attach';
import type { PyrusFailure } from '../../src/pyrus/errors';
import type { PyrusOptions } from '../pyrus-server/options';
import { startPyrus } from '../pyrus-server/pyrus';
import type { PyrusServer } from '../pyrus-server/pyrus';
import { taskIds } from '../pyrus-server/taskParts';
import { signedInClient } from '../unit/pyrus/signedInClient';
import type { SignedInClient } from '../unit/pyrus/signedInClient';
import { uploadText } from '../unit/pyrus/uploads';
import { eventually } from '../unit/transfer/incomingFiles';
import { TestClock } from './testClock';
import { ToxicProxy } from './toxicProxy';
import { socketsInUse } from './uploadScene';

export const COMMENT = /^POST \S*\/comments$/;
export const TASK = /^GET \S*\/tasks\/\d+$/;

/**
 * A stand-in Pyrus, a client signed in to it that lives by a test's clock, and what it takes to
 * attach and to count what was attached, for every test of a `describe`.
 */
export class CommentScene {
  readonly waits: PyrusFailure['kind'][] = [];
  /** Called before every wait. */
  onWait: (() => void) | undefined;
  #clock = new TestClock();
  #pyrus: PyrusServer | undefined;
  #me: SignedInClient | undefined;
  #tasks = 0;

  private constructor(private readonly options: PyrusOptions) {}

  /** Call in the body of the `describe`. */
  static prepare(options: PyrusOptions = {}): CommentScene {
    const scene = new CommentScene(options);
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

  /** An upload, and a task of its own that has been read. */
  async request(more: Partial<AttachRequest> = {}): Promise<AttachRequest> {
    const id = 100_000 + this.#tasks++;
    const model = this.pyrus.task(taskIds.simple) ?? assert.fail('no such task');
    this.pyrus.addTask({ ...model, id, comments: [...model.comments] });
    const file = await uploadText(this.me, `файл ${id}.txt`, `content of ${id}`);
    const task = await this.me.client.task(id, { signal: this.me.signal });
    return { task, files: [file], text: 'Из VS Code', ...more };
  }

  attach(request: AttachRequest): Promise<Attached> {
    return this.me.client.attach(request, {
      signal: this.me.signal,
      onWait: ({ failure }) => {
        this.waits.push(failure.kind);
        this.onWait?.();
      },
    });
  }

  /** How many comments of the task have come since it was read, and how many files with them. */
  added({ task: { id, comments } }: AttachRequest): { comments: number; files: number } {
    const now = this.pyrus.task(id) ?? assert.fail('the task is gone');
    const fresh = now.comments.slice(comments.length);
    return {
      comments: fresh.length,
      files: fresh.flatMap(({ attachments }) => attachments ?? []).length,
    };
  }

  /** Requests that match, since the task was read. */
  count(pattern: RegExp): number {
    return this.pyrus.requests.filter(({ method, path }) => pattern.test(`${method} ${path}`))
      .length;
  }

  /** Sends the calls of the API somewhere else from now on. @param origin ends with a slash */
  sendTo(origin: string): void {
    const grant = this.me.grants.grant ?? assert.fail('too early');
    this.me.grants.grant = { ...grant, apiUrl: `${origin}v4/` };
  }

  /** Runs with a proxy before the API, then without one. */
  async throughProxy<T>(run: (proxy: ToxicProxy) => Promise<T>): Promise<T> {
    const proxy = await ToxicProxy.start(this.pyrus.origins.api);
    this.sendTo(proxy.url);
    try {
      return await run(proxy);
    } finally {
      await proxy.close();
      this.sendTo(`${this.pyrus.origins.api}/`);
    }
  }

  async open(): Promise<void> {
    this.#clock = new TestClock();
    this.waits.length = 0;
    this.onWait = undefined;
    this.#pyrus = await startPyrus(this.options);
    this.#me = await signedInClient(this.#pyrus, 'accounts', this.#clock);
  }

  async close(): Promise<void> {
    try {
      assert.deepEqual(this.pyrus.foreignRequests, []);
      await eventually(() => (socketsInUse() === 0 ? true : undefined));
      assert.equal(this.clock.alarms, 0, 'a timer is left');
    } finally {
      await this.pyrus.close();
    }
  }
}
