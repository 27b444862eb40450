import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { PyrusError } from '../../src/pyrus/errors';
import { send } from '../../src/pyrus/http';
import { FileError } from '../../src/transfer/errors';
import { fileSource } from '../../src/transfer/fileSource';
import { md5Worker } from '../../src/transfer/md5';
import { html } from '../pyrus-server/replies';
import { pyrusError } from '../pyrus-server/scripted';
import type { Fault } from '../pyrus-server/faults';
import { mebibyte } from '../unit/transfer/filesOnDisk';
import { eventually } from '../unit/transfer/incomingFiles';
import { AccountScene } from './accountScene';
import { DownloadScene } from './downloadScene';

/** Errors that nobody took, while a test runs. */
class Untaken {
  readonly errors: unknown[] = [];
  readonly #take = (error: unknown): void => void this.errors.push(error);

  constructor() {
    process.on('unhandledRejection', this.#take);
    process.on('uncaughtExceptionMonitor', this.#take);
  }

  stop(): void {
    process.off('unhandledRejection', this.#take);
    process.off('uncaughtExceptionMonitor', this.#take);
  }
}

/** Node tells of an untaken error at the end of the turn in which it came. */
async function turns(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    await new Promise(setImmediate);
  }
}

/** What kind of failure it is, or what an error is called. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) {
    return String(error);
  }
  return error instanceof PyrusError || error instanceof FileError
    ? error.failure.kind
    : error.name;
}

describe('faults: errors that come when all is over', () => {
  let untaken: Untaken;
  beforeEach(() => (untaken = new Untaken()));
  afterEach(() => {
    untaken.stop();
    assert.deepEqual(untaken.errors, []);
  });

  describe('of a connection', () => {
    const scene = DownloadScene.prepare();
    after(() => md5Worker.end());
    const size = 5 * mebibyte;

    /** Runs a transfer to its end. @returns how it ended, and how often it spoke after that */
    const afterwards = async (
      transfer: (spoke: () => void) => Promise<unknown>,
      cancelAfter = Infinity,
    ): Promise<readonly [outcome: string, late: number]> => {
      let spoken = 0;
      let late = 0;
      let settled = false;
      const spoke = (): void => {
        late += settled ? 1 : 0;
        spoken += 1;
        if (spoken === cancelAfter) {
          scene.me.controller.abort();
        }
      };
      const outcome = await transfer(spoke).then(() => 'done', kindOf);
      settled = true;
      await eventually(() => (scene.socketsInUse() === 0 ? true : undefined));
      await turns();
      return [outcome, late];
    };

    /** What is wrong, and how a transfer then ends: `done`, a kind of failure or the name of an error. */
    interface Row {
      readonly fault: Omit<Fault, 'match'>;
      readonly ends: readonly string[];
      /** The same when it is cancelled on the way. */
      readonly cancelled: readonly string[];
    }
    const cancelled = ['AbortError'];

    const downloads: Readonly<Record<string, Row>> = {
      'reset in the body': {
        fault: { send: { cut: { at: size / 2, how: 'rst' } } },
        ends: ['incompleteDownload'],
        cancelled,
      },
      'reset behind its last byte': {
        fault: { send: { cut: { at: size, how: 'rst' } } },
        // The reset overtakes what a slow reader has not read.
        ends: ['done', 'incompleteDownload'],
        cancelled,
      },
      'followed by rubbish': {
        fault: { send: { trailing: 'HTTP/1.1 rubbish\r\n\r\n' } },
        ends: ['done'],
        cancelled,
      },
      'refused with a page that breaks off': {
        fault: {
          answer: html(403, 'no'.repeat(5000)),
          send: { cut: { at: 100, how: 'rst' } },
        },
        ends: ['fileForbidden'],
        // It has no piece to be cancelled at.
        cancelled: ['fileForbidden'],
      },
      whole: { fault: {}, ends: ['done'], cancelled },
    };
    for (const [what, row] of Object.entries(downloads)) {
      for (const cancelAfter of [Infinity, 1, 3]) {
        const when = cancelAfter === Infinity ? '' : `, cancelled at its piece ${cancelAfter}`;
        it(`C13 a download ${what}${when} says nothing more, and leaves no error`, async () => {
          const { fault, ends } = row;
          const { hits } = scene.pyrus.script({ match: /download/, times: Infinity, ...fault });
          const { id } = scene.pyrus.addFile({ name: 'a.bin', content: randomBytes(size) });
          const save = (spoke: () => void): Promise<unknown> =>
            scene.save(id, { onBytes: spoke, onWait: spoke });
          const [outcome, late] = await afterwards(save, cancelAfter);
          const expected = cancelAfter === Infinity ? ends : row.cancelled;
          assert.ok(expected.includes(outcome), outcome);
          assert.ok(hits.length > 0);
          assert.equal(late, 0);
        });
      }
    }

    it('C13 a download of which only the name is wanted gives it, and leaves no error', async () => {
      const { id } = scene.pyrus.addFile({ name: 'a.bin', content: randomBytes(size) });
      const { signal } = scene.me;
      const head = scene.client.download(id, ({ name }) => Promise.resolve(name), { signal });
      assert.equal(await head, 'a.bin');
      await eventually(() => (scene.socketsInUse() === 0 ? true : undefined));
      await turns();
    });

    for (const body of ['{}', Buffer.from('{}')]) {
      const what = typeof body === 'string' ? 'text' : 'bytes';
      it(`C13 a request with ${what} that is cancelled before it is made leaves no error`, async () => {
        const url = new URL(scene.pyrus.origins.api);
        const watchdog = scene.me.exchange.watch({ url });
        const signal = AbortSignal.abort(new Error('left'));
        const made = send({ method: 'POST', url, headers: {}, body, watchdog, signal });
        await assert.rejects(made, { message: 'left' });
        watchdog.dispose();
        await turns();
      });
    }

    // A refusal or a reset may come before the piece at which it is cancelled.
    const uploads: Readonly<Record<string, Row>> = {
      'refused at its head': {
        fault: { answerAt: 'headers', answer: pyrusError('access_denied_file') },
        ends: ['accessDenied'],
        cancelled: ['AbortError', 'accessDenied'],
      },
      'refused in its body': {
        fault: { answerAt: mebibyte, answer: pyrusError('access_denied_file') },
        ends: ['accessDenied'],
        cancelled: ['AbortError', 'accessDenied'],
      },
      'reset in its body': {
        fault: { receive: { cutAfter: mebibyte, how: 'rst' } },
        ends: ['connectionLost'],
        cancelled,
      },
      'reset with the answer': {
        fault: { send: { cut: { at: 10, how: 'rst' } } },
        ends: ['connectionLost'],
        cancelled,
      },
      whole: { fault: {}, ends: ['done'], cancelled },
    };
    for (const [what, row] of Object.entries(uploads)) {
      for (const cancelAfter of [Infinity, 3]) {
        const when = cancelAfter === Infinity ? '' : ', cancelled on the way';
        it(`C13 an upload ${what}${when} says nothing more, and leaves no error`, async () => {
          const { fault, ends } = row;
          const { hits } = scene.pyrus.script({ match: /upload/, times: Infinity, ...fault });
          const source = await fileSource((await scene.temp.file('b.bin', 4 * size)).path);
          const { signal } = scene.me;
          const upload = (spoke: () => void): Promise<unknown> =>
            scene.client.upload(source, { signal, onProgress: spoke, onWait: spoke });
          const [outcome, late] = await afterwards(upload, cancelAfter);
          const expected = cancelAfter === Infinity ? ends : row.cancelled;
          assert.ok(expected.includes(outcome), outcome);
          assert.ok(hits.length > 0);
          assert.equal(late, 0);
        });
      }
    }
  });

  describe('of a renewal', () => {
    const scene = AccountScene.prepare();

    it('C13 that fails when all who waited for it have left is nobody’s', async () => {
      scene.pyrus.setTokens('expired');
      scene.pyrus.script({ match: /auth/, delayMs: 50, answer: pyrusError('invalid_credentials') });
      const controller = new AbortController();
      const { signal } = controller;
      const ids = [1, 2, 3].map(() => scene.add());
      const running = ids.map(id => scene.download(id, scene.client, { signal }));
      const over = Promise.allSettled(running);
      const auth = await scene.pyrus.when(/auth/, ({ number }) => number > 2);
      controller.abort();
      assert.ok((await over).every(({ status }) => status === 'rejected'));
      await scene.pyrus.when(/auth/, request => request === auth && request.outcome === 'answered');
      await turns();
    });
  });
});
