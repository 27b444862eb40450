import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { UploadSource } from '../../src/pyrus/ports';
import { multipartBody } from '../../src/pyrus/multipart';
import { mebibyte } from '../unit/transfer/filesOnDisk';
import { UploadScene } from './uploadScene';

describe('faults: uploads over a slow line', () => {
  const scene = UploadScene.prepare();

  it('U11 goes on as long as bytes move, far longer than nothing may move', async () => {
    const original = await scene.file(10 * mebibyte);
    const uploaded = await scene.upload(original, sent => {
      // With the last bytes begins the longer patience for the answer.
      if (sent < original.bytes.length) {
        scene.clock.linger();
      }
    });
    scene.assertRight(uploaded, original);
    assert.deepEqual(scene.waits, [], 'it was tried again');
    assert.ok(scene.clock.now() > 120_000, `it took ${scene.clock.now()} ms`);
  });

  for (const size of [1000, 2 * mebibyte]) {
    it(`U11 ${size} bytes that take 90 s to be had are sent in peace: Pyrus is not waited for yet`, async () => {
      const original = await scene.file(size);
      const open: UploadSource['open'] = (signal, onBytes) => {
        scene.clock.advance(90_000);
        return original.source.open(signal, onBytes);
      };
      const uploaded = await scene.upload({ ...original, source: { ...original.source, open } });
      scene.assertRight(uploaded, original);
      assert.deepEqual([scene.waits, scene.uploadRequests], [[], 1]);
    });
  }

  /** Takes each piece in this many milliseconds. */
  const handedOver = async (millisecondsEach: number) => {
    const content = randomBytes(6 * mebibyte);
    const chunks = Array.from({ length: 6 }, (_, at) =>
      content.subarray(at * mebibyte, (at + 1) * mebibyte),
    );
    const pieces: Buffer[] = [];
    let time = 0;
    let taken = 0;
    const { body } = multipartBody(
      'a.bin',
      { content: Readable.from(chunks), size: content.length },
      { now: () => time, onTaken: () => (taken += 1) },
    );
    const line = new Writable({
      highWaterMark: 1,
      write: (piece: Buffer, _encoding, done) => {
        pieces.push(piece);
        time += millisecondsEach;
        setImmediate(done);
      },
    });
    await pipeline(body, line);
    assert.ok(Buffer.concat(pieces).includes(content), 'bytes were lost');
    return { sizes: pieces.map(({ length }) => length), taken };
  };

  it('U11 a slow line is handed small pieces, each of which is a sign of life', async () => {
    const { sizes, taken } = await handedOver(5000);
    // The first ones are handed over before anything is known of the line.
    const later = Math.max(...sizes.slice(3));
    assert.ok(later <= 128 * 1024, `${later} bytes at once`);
    assert.ok(Math.max(...sizes) <= 256 * 1024, `${Math.max(...sizes)} bytes at first`);
    assert.ok(taken >= sizes.length - 2, `${taken} signs of life for ${sizes.length} pieces`);
  });

  it('U11 a fast line is handed large pieces', async () => {
    const { sizes } = await handedOver(1);
    assert.equal(Math.max(...sizes), mebibyte);
    assert.ok(sizes.length < 20, `${sizes.length} pieces`);
  });
});
