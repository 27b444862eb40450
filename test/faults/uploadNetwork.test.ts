import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { failure } from '../unit/pyrus/failure';
import { mebibyte } from '../unit/transfer/filesOnDisk';
import { eventually } from '../unit/transfer/incomingFiles';
import { UPLOAD, UploadScene, bytesReceived } from './uploadScene';

const HEAD = 'POST /v4/files/upload HTTP/1.1\r\n'.length;

describe('faults: uploads over a bad network', () => {
  const scene = UploadScene.prepare();

  /** Bytes of the whole request for a file of this size, measured on a connection without faults. */
  const requestLength = async (size: number): Promise<number> => {
    const proxy = await scene.throughProxy();
    await scene.upload(await scene.file(size));
    const length = proxy.up[0] ?? 0;
    await proxy.close();
    assert.ok(length > size + HEAD);
    return length;
  };

  const size = 300_000;
  const brokenAfter = async (after: number, how: 'reset' | 'fin'): Promise<void> => {
    const proxy = await scene.throughProxy();
    proxy.plans.push({ up: { end: { after, how } } });
    const original = await scene.file(size);
    const progress: number[] = [];
    scene.assertRight(await scene.upload(original, sent => progress.push(sent)), original);
    assert.deepEqual(progress, [0, size, 0, size]);
    assert.deepEqual(
      scene.waits.map(wait => wait.failure.kind),
      ['connectionLost'],
    );
    assert.equal(proxy.up.length, 2, 'a fresh connection');
  };
  const places: Readonly<Record<string, (length: number) => number>> = {
    'no byte': () => 0,
    '1 byte': () => 1,
    '100 bytes': () => 100,
    'half of the bytes': length => Math.floor(length / 2),
    'all bytes but one': length => length - 1,
  };
  for (const [name, place] of Object.entries(places)) {
    it(`U5 reset after ${name}: sent anew, whole, and the progress says so`, async () =>
      brokenAfter(place(await requestLength(size)), 'reset'));
    it(`U6 FIN after ${name}: sent anew, whole, and the progress says so`, async () =>
      brokenAfter(place(await requestLength(size)), 'fin'));
  }

  it('U5 a large file starts over from its first byte', async () => {
    const proxy = await scene.throughProxy();
    proxy.plans.push({ up: { end: { after: 5 * mebibyte, how: 'reset' } } });
    const original = await scene.file(8 * mebibyte + 3);
    const progress: number[] = [];
    scene.assertRight(await scene.upload(original, sent => progress.push(sent)), original);
    const restart = progress.indexOf(0, 1);
    assert.ok(restart > 1, 'the progress did not start over');
    assert.equal(progress.at(-1), original.bytes.length);
    for (const run of [progress.slice(0, restart), progress.slice(restart)]) {
      assert.deepEqual(
        run,
        run.toSorted((one, other) => one - other),
      );
    }
  });

  it('U7 a reset in place of the answer: one GUID, that of the second try', async () => {
    scene.pyrus.script({ match: UPLOAD, send: { cut: { at: 'head', how: 'rst' } } });
    const original = await scene.file(5000);
    const uploaded = await scene.upload(original);
    scene.assertRight(uploaded, original);
    const [orphan, stored, ...more] = scene.pyrus.uploads;
    assert.equal(stored?.guid, uploaded.guid);
    assert.notEqual(orphan?.guid, uploaded.guid);
    assert.deepEqual(more, []);
  });

  it('U8 a server that stops reading is left after 60 s', async () => {
    scene.pyrus.script({ match: UPLOAD, receive: { stopAfter: 100_000 } });
    const original = await scene.file(40 * mebibyte);
    const sending = scene.upload(original);
    await scene.pyrus.when(UPLOAD, ({ bodyLength }) => bodyLength >= 100_000);
    scene.clock.advance(59_999);
    assert.equal(scene.waits.length, 0, 'left too early');
    scene.clock.advance(60_000);
    scene.assertRight(await sending, original);
    assert.deepEqual(
      scene.waits.map(wait => wait.failure),
      [{ kind: 'timedOut', host: new URL(scene.pyrus.origins.files).host, phase: 'send' }],
    );
  });

  for (const size of [5000, 3 * mebibyte]) {
    it(`U9 no answer within 300 s is told, not tried again (${size} bytes)`, async () => {
      scene.pyrus.script({ match: UPLOAD, hang: true });
      const sending = failure(scene.upload(await scene.file(size)));
      await eventually(() => (scene.pyrus.uploads.length === 1 ? true : undefined));
      await scene.clock.whenSet(300_000);
      scene.clock.advance(299_999);
      assert.ok(scene.clock.isSet(300_000), 'left too early');
      scene.clock.advance(1);
      const { host } = new URL(scene.pyrus.origins.files);
      assert.deepEqual(await sending, { kind: 'notConfirmed', host });
      assert.equal(scene.uploadRequests, 1);
    });
  }

  it('U10 an answer may not trickle for more than 60 s', async () => {
    scene.pyrus.script({ match: UPLOAD, send: { drip: { bytes: 1, everyMs: 3 } } });
    const original = await scene.file(5000);
    const sending = scene.upload(original);
    await scene.clock.whenSet(300_000);
    // The head of the answer has come.
    await scene.clock.whenSet(60_000);
    scene.clock.advance(59_999);
    const before = bytesReceived();
    await eventually(() => (bytesReceived() > before ? true : undefined));
    assert.equal(scene.waits.length, 0);
    scene.clock.advance(1);
    scene.assertRight(await sending, original);
    assert.deepEqual(
      scene.waits.map(wait => wait.failure),
      [{ kind: 'timedOut', host: new URL(scene.pyrus.origins.files).host, phase: 'receive' }],
    );
  });

  it('U12 a computer that slept amid the upload: the dead connection is left at once', async () => {
    const proxy = await scene.throughProxy();
    proxy.plans.push({ up: { end: { after: 2 * mebibyte, how: 'stall' } } });
    const original = await scene.file(30 * mebibyte);
    const sending = scene.upload(original);
    await scene.pyrus.when(UPLOAD, ({ bodyLength }) => bodyLength > mebibyte);
    scene.clock.advance(600_000);
    scene.assertRight(await sending, original);
    assert.equal(scene.waits.length, 1);
  });

  it('U12 a wall clock set back by an hour changes nothing', async () => {
    scene.pyrus.script({ match: UPLOAD, receive: { stopAfter: 1 } });
    const original = await scene.file(40 * mebibyte);
    const sending = scene.upload(original);
    await scene.pyrus.when(UPLOAD, ({ bodyLength }) => bodyLength > 0);
    scene.clock.startedAt -= 3_600_000;
    scene.clock.advance(60_000);
    scene.assertRight(await sending, original);
  });

  it('U15 interim answers are no answers', async () => {
    scene.pyrus.script({ match: UPLOAD, send: { interim: [100, 102, 103] } });
    const original = await scene.file(5000);
    scene.assertRight(await scene.upload(original), original);
    assert.equal(scene.waits.length, 0);
  });

  it('U16 another MD5 in the answer: once more, then no GUID', async () => {
    const flip = { match: UPLOAD, receive: { flipByteAt: 1000 } };
    scene.pyrus.script(flip);
    const original = await scene.file(5000);
    scene.assertRight(await scene.upload(original), original);
    const always = scene.pyrus.script({ ...flip, times: Infinity });
    const found = await failure(scene.upload(original));
    assert.deepEqual(found, {
      kind: 'md5Mismatch',
      sent: createHash('md5').update(original.bytes).digest('hex'),
      stored: scene.pyrus.uploads.at(-1)?.md5,
    });
    assert.equal(always.hits.length, 2);
  });

  for (const [flips, end] of [
    [1, 'is repaired by sending again'],
    [2, 'gives no GUID'],
  ] as const) {
    it(`U17 a bit flipped on the way in ${flips} of 2 tries ${end}`, async () => {
      const proxy = await scene.throughProxy();
      // Closes the connection after each answer: a plan is for a connection.
      scene.pyrus.script({ match: UPLOAD, times: Infinity, send: {} });
      proxy.plans.push(...Array.from({ length: flips }, () => ({ up: { flipBitAt: 200_000 } })));
      const original = await scene.file(300_000);
      if (flips === 1) {
        scene.assertRight(await scene.upload(original), original);
      } else {
        assert.equal((await failure(scene.upload(original))).kind, 'md5Mismatch');
      }
      assert.equal(proxy.up.length, 2);
    });
  }
});
