import assert from 'node:assert/strict';

import { saveLocally } from '../../../src/transfer/localTarget';
import type { ConflictChoice } from '../../../src/transfer/saveRequest';
import { FailingDisk } from './failingDisk';
import { FreshFolders } from './freshFolders';
import { incoming, namesIn, SlowBody, text, wanted } from './incomingFiles';

describe('saving into a folder, on cancel', () => {
  const folders = FreshFolders.prepare();

  const calls = ['realpath', 'open', 'lstat', 'write', 'close', 'link', 'stat'] as const;
  for (const call of calls) {
    for (const moment of ['before', 'after'] as const) {
      it(`ends ${moment} ${call}, and leaves nothing`, async () => {
        const cancel = new AbortController();
        const reason = new Error('cancelled');
        const disk = new FailingDisk({}, { call, moment, act: () => cancel.abort(reason) });
        const delivery = text('new', { signal: cancel.signal });
        const saving = saveLocally(folders.path, wanted('new.txt', 'skip'), delivery, disk.port);
        if (call === 'link') {
          // Too late: it has its name, or is about to.
          assert.equal((await saving).outcome, 'saved');
          assert.deepEqual(namesIn(folders.path), ['new.txt', 'old.txt']);
        } else {
          await assert.rejects(saving, error => error === reason);
          folders.assertUntouched();
        }
        assert.equal(delivery.file.body.destroyed, true);
      });
    }
  }

  it('ends while bytes are awaited', async () => {
    const cancel = new AbortController();
    const slow = new SlowBody();
    const saving = saveLocally(
      folders.path,
      wanted('new.txt', 'skip'),
      incoming(slow.file, { signal: cancel.signal }),
    );
    slow.send('half');
    await slow.read();
    cancel.abort(new Error('cancelled'));
    await assert.rejects(saving, /cancelled/);
    assert.equal(slow.body.destroyed, true);
    folders.assertUntouched();
  });

  it('ends while an answer is awaited that never comes', async () => {
    const cancel = new AbortController();
    const onConflict = (): Promise<ConflictChoice> => {
      setImmediate(() => cancel.abort(new Error('cancelled')));
      return new Promise(() => undefined);
    };
    const placement = { name: 'old.txt', fallbackName: 'x', onConflict };
    await assert.rejects(
      saveLocally(folders.path, placement, text('new', { signal: cancel.signal })),
      /cancelled/,
    );
    folders.assertUntouched();
  });

  it('ends when all bytes are there, and the answer is not', async () => {
    const cancel = new AbortController();
    const slow = new SlowBody();
    const onConflict = (): Promise<ConflictChoice> => new Promise(() => undefined);
    const saving = saveLocally(
      folders.path,
      { name: 'old.txt', fallbackName: 'x', onConflict },
      incoming(slow.file, { signal: cancel.signal }),
    );
    slow.end();
    slow.body.once('close', () => setImmediate(() => cancel.abort(new Error('cancelled'))));
    await assert.rejects(saving, /cancelled/);
    folders.assertUntouched();
  });

  it('closes the file only when no write is under way', async () => {
    const cancel = new AbortController();
    const intrusion = {
      call: 'write',
      moment: 'before',
      act: () => cancel.abort(new Error('cancelled')),
    } as const;
    const disk = new FailingDisk({}, intrusion);
    const delivery = text('new', { signal: cancel.signal });
    const saving = saveLocally(folders.path, wanted('new.txt', 'skip'), delivery, disk.port);
    await assert.rejects(saving, /cancelled/);
    assert.deepEqual(disk.log.slice(0, 3), ['write begins', 'write ends', 'close']);
  });

  it('does not begin when it came before', async () => {
    const delivery = text('new', { signal: AbortSignal.abort(new Error('cancelled')) });
    await assert.rejects(
      saveLocally(folders.path, wanted('new.txt', 'skip'), delivery),
      /cancelled/,
    );
    assert.equal(delivery.file.body.destroyed, true);
    folders.assertUntouched();
  });
});
