import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { send } from '../../src/pyrus/http';
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

    /** Runs a transfer to its end, whatever that is. @returns how often it spoke after that */
    const afterwards = async (
      transfer: (spoke: () => void) => Promise<unknown>,
      cancelAfter = Infinity,
    ): Promise<number> => {
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
      await transfer(spoke).catch(() => undefined);
      settled = true;
      await eventually(() => (scene.socketsInUse() === 0 ? true : undefined));
      await turns();
      return late;
    };

    const downloads: Readonly<Record<string, Omit<Fault, 'match'>>> = {
      'reset in the body': { send: { cut: { at: size / 2, how: 'rst' } } },
      'reset behind its last byte': { send: { cut: { at: size, how: 'rst' } } },
      'followed by rubbish': { send: { trailing: 'HTTP/1.1 rubbish\r\n\r\n' } },
      'refused with a page that breaks off': {
        answer: html(403, 'no'.repeat(5000)),
        send: { cut: { at: 100, how: 'rst' } },
      },
      whole: {},
    };
    for (const [what, fault] of Object.entries(downloads)) {
      for (const cancelAfter of [Infinity, 1, 3]) {
        const when = cancelAfter === Infinity ? '' : `, cancelled at its piece ${cancelAfter}`;
        it(`C13 a download ${what}${when} says nothing more, and leaves no error`, async () => {
          scene.pyrus.script({ match: /download/, times: Infinity, ...fault });
          const { id } = scene.pyrus.addFile({ name: 'a.bin', content: randomBytes(size) });
          const save = (spoke: () => void): Promise<unknown> =>
            scene.save(id, { onBytes: spoke, onWait: spoke });
          assert.equal(await afterwards(save, cancelAfter), 0);
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

    const uploads: Readonly<Record<string, Omit<Fault, 'match'>>> = {
      'refused at its head': { answerAt: 'headers', answer: pyrusError('access_denied_file') },
      'refused in its body': { answerAt: mebibyte, answer: pyrusError('access_denied_file') },
      'reset in its body': { receive: { cutAfter: mebibyte, how: 'rst' } },
      'reset with the answer': { send: { cut: { at: 10, how: 'rst' } } },
      whole: {},
    };
    for (const [what, fault] of Object.entries(uploads)) {
      for (const cancelAfter of [Infinity, 3]) {
        const when = cancelAfter === Infinity ? '' : ', cancelled on the way';
        it(`C13 an upload ${what}${when} says nothing more, and leaves no error`, async () => {
          scene.pyrus.script({ match: /upload/, times: Infinity, ...fault });
          const source = await fileSource((await scene.temp.file('b.bin', 4 * size)).path);
          const { signal } = scene.me;
          const upload = (spoke: () => void): Promise<unknown> =>
            scene.client.upload(source, { signal, onProgress: spoke, onWait: spoke });
          assert.equal(await afterwards(upload, cancelAfter), 0);
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
