import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { bytesSource } from '../../../src/transfer/bytesSource';
import { Md5Worker } from '../../../src/transfer/md5';
import { largestUpload } from '../../../src/transfer/uploadLimits';
import { md5Of, mebibyte } from './filesOnDisk';
import { kind, whole } from './openSources';

describe('bytes with a name', () => {
  const worker = new Md5Worker();
  const never = new AbortController().signal;
  after(() => worker.end());

  for (const size of [1, mebibyte, mebibyte + 1, 17 * mebibyte]) {
    it(`delivers ${size} of them and their MD5, for every try anew`, async () => {
      const bytes = randomBytes(size);
      const source = bytesSource('снимок "1".png', bytes, worker);
      assert.equal(source.name, "снимок '1'.png".normalize('NFC'));
      assert.equal(source.size, size);
      for (let tries = 0; tries < 2; tries++) {
        let moved = 0;
        const open = await source.open(never, count => (moved += count));
        assert.ok((await whole(open)).equals(bytes));
        assert.equal(moved, size);
        assert.equal(await open.verify(), md5Of(bytes));
        await open.close();
      }
    });
  }

  it('are just those of a view of a larger buffer', async () => {
    const buffer = randomBytes(100);
    const view = new Uint8Array(buffer.buffer, buffer.byteOffset + 10, 20);
    const open = await bytesSource('a', view).open(never, () => undefined);
    assert.ok((await whole(open)).equals(buffer.subarray(10, 30)));
    await open.close();
  });

  it('are refused when there are none, or too many', () => {
    assert.throws(() => bytesSource('a', new Uint8Array()), kind('empty'));
    const tooMany = { byteLength: largestUpload + 1 } as Uint8Array;
    assert.throws(() => bytesSource('a', tooMany), kind('tooLarge'));
  });

  it('are sent no more once that is cancelled', async () => {
    const controller = new AbortController();
    const open = await bytesSource('a', randomBytes(2 * mebibyte)).open(
      controller.signal,
      () => undefined,
    );
    controller.abort(new Error('cancelled'));
    await assert.rejects(whole(open), /cancelled/);
    await assert.rejects(open.verify(), /cancelled/);
    await open.close();
  });
});
