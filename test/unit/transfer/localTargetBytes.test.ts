import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';

import { PyrusError } from '../../../src/pyrus/errors';
import { saveLocally } from '../../../src/transfer/localTarget';
import { failure } from './failingDisk';
import { md5Of, mebibyte } from './filesOnDisk';
import { FreshFolders } from './freshFolders';
import { Delivery, eventually, incoming, namesIn, SlowBody, wanted } from './incomingFiles';
import { kind } from './openSources';

describe('saving into a folder, when the bytes are not right', () => {
  const folders = FreshFolders.prepare();

  const bytes = randomBytes(100_000);
  const md5 = md5Of(bytes);
  const incomplete = (error: unknown): boolean =>
    error instanceof PyrusError && error.failure.kind === 'incompleteDownload';
  const cases: readonly (readonly [
    string,
    () => ReturnType<typeof incoming>,
    (error: unknown) => boolean,
  ])[] = [
    ['fewer than announced', () => incoming(new Delivery([bytes], 100_001)), incomplete],
    ['more than announced', () => incoming(new Delivery([bytes], 99_999)), kind('sizeMismatch')],
    [
      'fewer than the task says',
      () => incoming(new Delivery([bytes]), { expected: { size: 100_001 } }),
      kind('sizeMismatch'),
    ],
    [
      'more than the task says',
      () => incoming(new Delivery([bytes]), { expected: { size: 99_999 } }),
      kind('sizeMismatch'),
    ],
    [
      'another number announced than the task says',
      () => incoming(new Delivery([bytes], 100_000), { expected: { size: 1 } }),
      kind('sizeMismatch'),
    ],
    [
      'another MD5',
      () => incoming(new Delivery([bytes]), { expected: { md5: md5Of(Buffer.from('x')) } }),
      kind('md5Mismatch'),
    ],
    [
      'one flipped bit',
      () =>
        incoming(new Delivery([Buffer.concat([bytes.subarray(1), bytes.subarray(0, 1)])]), {
          expected: { md5, size: 100_000 },
        }),
      kind('md5Mismatch'),
    ],
    [
      'an announced size beyond what Pyrus holds',
      () => incoming(new Delivery([bytes], 2 ** 31)),
      kind('tooLarge'),
    ],
  ];
  for (const [what, delivery, judge] of cases) {
    it(`keeps nothing of ${what}`, async () => {
      const { file, ...more } = delivery();
      await assert.rejects(
        saveLocally(folders.path, wanted('new.txt', 'skip'), { file, ...more }),
        judge,
      );
      await assert.rejects(saveLocally(folders.path, { replace: 'old.txt' }, delivery()), judge);
      folders.assertUntouched();
      assert.equal(file.body.destroyed, true);
    });
  }

  it('ends a body that does not', async () => {
    function* endless(): Iterable<Buffer> {
      for (;;) {
        yield bytes;
      }
    }
    const delivery = incoming(new Delivery(endless()), { expected: { size: mebibyte } });
    await assert.rejects(
      saveLocally(folders.path, wanted('new.txt', 'skip'), delivery),
      kind('sizeMismatch'),
    );
    folders.assertUntouched();
  });

  it('keeps nothing of a large file with another MD5, hashed in the worker', async () => {
    const large = Array.from({ length: 17 }, () => randomBytes(mebibyte));
    const delivery = incoming(new Delivery(large, 17 * mebibyte), { expected: { md5 } });
    await assert.rejects(saveLocally(folders.path, wanted('new.txt', 'skip'), delivery), error => {
      assert.ok(kind('md5Mismatch')(error));
      assert.ok(JSON.stringify(error).includes(md5Of(Buffer.concat(large))));
      return true;
    });
    folders.assertUntouched();
  });

  it('does not even begin when the announced size is wrong', async () => {
    const onBytes = (): never => assert.fail('read');
    for (const size of [1, 100_001]) {
      const delivery = incoming(new Delivery([bytes], 100_000), { expected: { size }, onBytes });
      const saving = saveLocally(folders.path, wanted('new.txt', 'skip'), delivery);
      await assert.rejects(saving, kind('sizeMismatch'));
    }
  });

  for (const moment of ['before it is read', 'before the first byte', 'half-way'] as const) {
    it(`passes on why the line was cut ${moment}`, async () => {
      const slow = new SlowBody();
      const saving = saveLocally(folders.path, wanted('new.txt', 'skip'), incoming(slow.file));
      if (moment === 'half-way') {
        slow.send('half of it');
      }
      await (moment === 'before it is read'
        ? eventually(() => namesIn(folders.path)[1])
        : slow.read());
      const cut = failure('ECONNRESET', 'read');
      slow.body.destroy(cut);
      await assert.rejects(saving, error => error === cut);
      folders.assertUntouched();
    });
  }

  it('passes on why a body failed before anybody read it', async () => {
    const slow = new SlowBody();
    const saving = saveLocally(folders.path, wanted('new.txt', 'skip'), incoming(slow.file));
    slow.body.destroy(new Error('early'));
    await assert.rejects(saving, /early/);
    folders.assertUntouched();
  });
});
