import assert from 'node:assert/strict';

import { saveLocally } from '../../../src/transfer/localTarget';
import type { ConflictChoice } from '../../../src/transfer/saveRequest';
import { FailingDisk } from './failingDisk';
import { FreshFolders } from './freshFolders';
import { eventually, incoming, namesIn, SlowBody, text, wanted } from './incomingFiles';

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
    await eventually(() => namesIn(folders.path)[1]);
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
