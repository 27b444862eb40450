import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { Headers } from 'node-fetch';
import { PyrusClient } from '../../src/pyrus/client';
import { Exchange } from '../../src/pyrus/exchange';
import type { Send } from '../../src/pyrus/http';
import type { UploadSource } from '../../src/pyrus/ports';
import { RateGate } from '../../src/pyrus/rateLimit';
import { RetryBudget } from '../../src/pyrus/retry';
import { Session } from '../../src/pyrus/session';
import type { Uploaded } from '../../src/pyrus/upload';
import { runBatch } from '../../src/transfer/batch';
import type { BatchItem, BatchResult } from '../../src/transfer/batch';
import { fewestLanes, mostLanes } from '../../src/transfer/lanes';
import { fileSource } from '../../src/transfer/fileSource';
import { md5Worker } from '../../src/transfer/md5';
import { RunningTransfers } from '../../src/transfer/runningTransfers';
import type { SeenRequest } from '../pyrus-server/journal';
import { pyrusError } from '../pyrus-server/scripted';
import { OwnTime } from '../unit/ownTime';
import { md5Of, mebibyte } from '../unit/transfer/filesOnDisk';
import { DownloadScene, failureOf } from './downloadScene';

const guid = '5f0c2a4e-6e1b-4a57-8d57-2f6f1c0f7a11';
const content = Buffer.from('content');

/** Lets so many callbacks run. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) {
    await (turn % 2 === 0 ? Promise.resolve() : new Promise(setImmediate));
  }
}

describe('faults: a cancel as the answer comes', () => {
  const source: UploadSource = {
    name: 'a.txt',
    size: content.length,
    open: (_signal, onBytes) => {
      onBytes(content.length);
      return Promise.resolve({
        size: content.length,
        content,
        verify: async () => {
          await turns(2);
          return createHash('md5').update(content).digest('hex');
        },
        close: () => Promise.resolve(),
      });
    },
  };

  /** Answers after so many turns, unless the request is aborted before. */
  const answersAfter =
    (count: number): Send =>
    async ({ url, signal }) => {
      await turns(count);
      signal.throwIfAborted();
      const answer = JSON.stringify({ guid, md5_hash: md5Of(content) });
      const body = Readable.from([Buffer.from(answer)]);
      return { status: 200, host: url.host, headers: new Headers(), body };
    };

  /** An upload cancelled after so many turns. */
  const upload = async (
    answerAt: number,
    cancelAt: number,
  ): Promise<BatchResult<BatchItem, Uploaded>> => {
    const exchange = new Exchange(answersAfter(answerAt), new RateGate());
    const grant = { token: 't', apiUrl: 'https://api.example/', filesUrl: 'https://f.example/' };
    const session = new Session({
      current: () => Promise.resolve(grant),
      secrets: () => Promise.resolve([]),
      renew: () => assert.fail('renewed'),
    });
    const client = new PyrusClient(session, exchange, new RetryBudget());
    const controller = new AbortController();
    void turns(cancelAt).then(() => controller.abort());
    const { signal } = controller;
    return runBatch<BatchItem, Uploaded>({
      items: [{ name: 'a.txt', size: content.length }],
      run: () => client.upload(source, { signal }),
      isFatal: () => false,
      onProgress: () => undefined,
      signal,
    });
  };

  it('C2 either there is a GUID or it was cancelled: never both, never neither', async () => {
    const ends = { guid: 0, cancelled: 0 };
    for (let run = 0; run < 1000; run++) {
      const { done, failed, cancelled } = await upload(run % 10, Math.floor(run / 10) % 50);
      assert.deepEqual(failed, []);
      assert.equal(done.length, cancelled ? 0 : 1, `run ${run}`);
      ends[cancelled ? 'cancelled' : 'guid'] += 1;
    }
    assert.ok(ends.guid > 50 && ends.cancelled > 50, JSON.stringify(ends));
  });
});

describe('faults: many transfers', () => {
  // So long that as many meet as are let.
  const scene = DownloadScene.prepare({ pyrus: { latencyMs: 10 } });
  after(() => md5Worker.end());

  it('C6 closing the window ends five transfers within two seconds, and tidies up', async () => {
    const transfers = new RunningTransfers();
    const controller = new AbortController();
    const { signal } = controller;
    const half = mebibyte / 2;
    scene.pyrus.script({ match: /download/, times: 3, send: { stallAfter: half } });
    scene.pyrus.script({ match: /upload/, times: 2, receive: { stopAfter: half } });
    const ids = [1, 2, 3].map(
      n => scene.pyrus.addFile({ name: `${n}.bin`, content: randomBytes(mebibyte) }).id,
    );
    const sources = await Promise.all(
      [4, 5].map(async n => fileSource((await scene.temp.file(`${n}.bin`, 20 * mebibyte)).path)),
    );
    const running = [
      ...ids.map(id => scene.save(id, { signal })),
      ...sources.map(source => scene.client.upload(source, { signal })),
    ].map((transfer: Promise<unknown>) => transfers.track(transfer, () => controller.abort()));
    const ends = Promise.allSettled(running);
    await scene.pyrus.when(
      /./,
      () => scene.pyrus.requests.filter(({ path }) => /download|upload/.test(path)).length === 5,
    );
    const watch = new OwnTime();
    await transfers.end();
    const took = watch.stop();
    assert.ok(took < 2000, `it took ${took} ms`);
    for (const end of await ends) {
      assert.equal(end.status, 'rejected');
      assert.equal((end.reason as Error).name, 'AbortError');
    }
    assert.deepEqual(scene.names(), []);
  });

  it('C6 what begins while the window closes is cancelled, too', async () => {
    const transfers = new RunningTransfers();
    await transfers.end();
    const controller = new AbortController();
    const { signal } = controller;
    const { id } = scene.pyrus.addFile({ name: 'a', content: 'a' });
    const late = transfers.track(scene.save(id, { signal }), () => controller.abort());
    await assert.rejects(late, { name: 'AbortError' });
    assert.equal(scene.tries, 0);
  });

  it('C11 200 files, four to twelve at a time; three that fail do not stop the rest, and are named', async () => {
    const items = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const name = `${index + 1}.txt`;
        const { path, bytes } = await scene.temp.file(name, 2000);
        return { name, size: 2000, md5: md5Of(bytes), source: await fileSource(path) };
      }),
    );
    const refusal = pyrusError('access_denied_file');
    for (const skip of [20, 90, 140]) {
      scene.pyrus.script({ match: /upload/, skip, answer: refusal });
    }
    const result = await runBatch<(typeof items)[number], Uploaded>({
      items,
      run: ({ source }) => scene.client.upload(source, { signal: scene.me.signal }),
      isFatal: () => false,
      onProgress: () => undefined,
      signal: scene.me.signal,
    });
    assert.deepEqual([result.done.length, result.failed.length], [197, 3]);
    assert.equal(result.cancelled, false);
    for (const { error } of result.failed) {
      assert.equal((await failureOf(Promise.reject(error as Error))).kind, 'accessDenied');
    }
    const named = [...result.done, ...result.failed].map(({ item }) => item.name).sort();
    assert.deepEqual(named, items.map(({ name }) => name).sort());
    for (const { item, value } of result.done) {
      assert.equal(value.md5, item.md5);
      assert.equal(scene.pyrus.uploads.find(one => one.guid === value.guid)?.name, item.name);
    }
    assert.equal(new Set(result.done.map(({ value }) => value.guid)).size, 197);
    const uploads = scene.pyrus.requests.filter(({ path }) => path.includes('upload'));
    const most = mostAtOnce(uploads);
    assert.ok(most >= fewestLanes && most <= mostLanes, `${most} at a time`);
  });
});

/** How many of the requests were under way together. */
function mostAtOnce(requests: readonly SeenRequest[]): number {
  return Math.max(
    ...requests.map(
      ({ startedAt: at }) =>
        requests.filter(({ startedAt, endedAt = Infinity }) => startedAt <= at && at < endedAt)
          .length,
    ),
  );
}
