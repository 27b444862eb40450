import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSource } from '../../src/transfer/fileSource';
import { md5Worker, Md5Worker } from '../../src/transfer/md5';
import type { Uploaded } from '../../src/pyrus/upload';
import type { Fault } from '../pyrus-server/faults';
import { proxyPage, tooManyRequests } from '../pyrus-server/scripted';
import { FailingDisk } from '../unit/transfer/failingDisk';
import { OwnTime } from '../unit/ownTime';
import { mebibyte } from '../unit/transfer/filesOnDisk';
import { eventually } from '../unit/transfer/incomingFiles';
import { DownloadScene } from './downloadScene';

const size = 20 * mebibyte;
/** Milliseconds: sooner than anybody notices. */
const soon = 200;

describe('faults: a cancel', () => {
  const scene = DownloadScene.prepare();
  const bytes = randomBytes(size);
  const add = (content: Buffer = bytes): number =>
    scene.pyrus.addFile({ name: 'отчёт.bin', content }).id;
  after(() => md5Worker.end());

  /** Begins a transfer, cancels it at `moment`: it ends at once, as cancelled, with its sockets. */
  const cancelled = async (transfer: Promise<unknown>, moment: Promise<unknown>): Promise<void> => {
    const rejected = assert.rejects(transfer, { name: 'AbortError' });
    await Promise.race([moment, rejected.then(() => assert.fail('it ended by itself'))]);
    const watch = new OwnTime();
    scene.me.controller.abort();
    await rejected;
    await eventually(() => (scene.socketsInUse() === 0 ? true : undefined));
    const took = watch.stop();
    assert.ok(took < soon, `it took ${took} ms`);
  };
  const uploading = async (
    run: (upload: Promise<Uploaded>, sent: () => number) => Promise<void>,
    worker = md5Worker,
  ): Promise<void> => {
    const { path } = await scene.temp.file('план.bin', size);
    let sent = 0;
    const { signal } = scene.me;
    const onProgress = (now: number): void => void (sent = now);
    const source = await fileSource(path, worker);
    await run(scene.client.upload(source, { signal, onProgress }), () => sent);
  };
  const script = (fault: Omit<Fault, 'match'>): void =>
    void scene.pyrus.script({ match: /download|upload/, times: Infinity, ...fault });

  it('C1 of a download before the first byte of the answer', async () => {
    script({ hang: true });
    await cancelled(scene.save(add()), scene.pyrus.when(/download/));
    assert.deepEqual(scene.names(), []);
  });

  it('C1 of a download in its body', async () => {
    script({ send: { stallAfter: size / 2 } });
    let received = 0;
    const saving = scene.save(add(), { onBytes: count => void (received += count) });
    await cancelled(
      saving,
      eventually(() => (received >= size / 2 ? true : undefined)),
    );
    assert.deepEqual(scene.names(), []);
  });

  it('C1 of an upload before its first byte is taken', async () => {
    script({ receive: { stopAfter: 0 } });
    await uploading(upload => cancelled(upload, scene.pyrus.when(/upload/)));
    assert.deepEqual(scene.pyrus.uploads, []);
  });

  it('C1 of an upload in its body', async () => {
    script({ receive: { stopAfter: size / 2 } });
    await uploading(upload =>
      cancelled(
        upload,
        scene.pyrus.when(/upload/, ({ bodyLength }) => bodyLength >= size / 2),
      ),
    );
    assert.deepEqual(scene.pyrus.uploads, []);
  });

  it('C1 of an upload that is still hashed when the answer is there', async () => {
    const file = join(scene.temp.path, 'neverDone.js');
    const real = require.resolve('../../src/transfer/md5Worker');
    await writeFile(
      file,
      `const { parentPort } = require('node:worker_threads');
       const post = parentPort.postMessage.bind(parentPort);
       parentPort.postMessage = report => report.kind === 'md5' || post(report);
       require(${JSON.stringify(real)});`,
    );
    const worker = new Md5Worker(10, file);
    await uploading(
      upload =>
        cancelled(
          upload,
          scene.pyrus.when(/upload/, ({ outcome }) => outcome === 'answered'),
        ),
      worker,
    );
    await worker.end();
  });

  for (const [what, answer] of [
    ['in the pause before another try', proxyPage(503)],
    ['while Pyrus wants no calls', tooManyRequests({ retryAfter: '300' })],
  ] as const) {
    it(`C1 ${what}`, async () => {
      script({ answer });
      let waiting = (): void => undefined;
      const waits = new Promise<void>(resolve => (waiting = resolve));
      const saving = scene.client.download(add(), () => assert.fail('a body'), {
        signal: scene.me.signal,
        onWait: () => waiting(),
      });
      await cancelled(saving, waits);
      assert.equal(scene.tries, 1);
    });
  }

  it('C1 just before the file gets its name: it gets none', async () => {
    const { controller } = scene.me;
    const intrusion = { call: 'close', moment: 'after', act: () => controller.abort() } as const;
    const disk = new FailingDisk({}, intrusion);
    const saving = scene.save(add(), { disk: disk.port });
    await assert.rejects(saving, { name: 'AbortError' });
    assert.deepEqual(scene.names(), []);
  });

  it('C1 just after the file got its name: it stays, whole, and is no cancel', async () => {
    const { controller } = scene.me;
    const intrusion = { call: 'link', moment: 'after', act: () => controller.abort() } as const;
    const disk = new FailingDisk({}, intrusion);
    const saved = await scene.save(add(), { disk: disk.port });
    assert.deepEqual(saved, { outcome: 'saved', name: 'отчёт.bin', size });
    assert.ok(scene.content('отчёт.bin').equals(bytes));
  });
});
