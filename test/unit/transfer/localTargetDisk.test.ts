import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import { join } from 'node:path';

import type { Disk } from '../../../src/transfer/disk';
import { saveLocally } from '../../../src/transfer/localTarget';
import { FailingDisk, failure } from './failingDisk';
import { mebibyte } from './filesOnDisk';
import { FreshFolders } from './freshFolders';
import { Delivery, incoming, namesIn, text, wanted } from './incomingFiles';
import { kind } from './openSources';

describe('saving into a folder, when the disk fails', () => {
  const folders = FreshFolders.prepare();

  const codes = [
    ['ENOSPC', 'diskFull'],
    ['EDQUOT', 'quota'],
    ['EFBIG', 'fileSystemLimit'],
    ['EROFS', 'readOnly'],
    ['EACCES', 'noPermission'],
    ['EPERM', 'noPermission'],
    ['EIO', 'unwritable'],
  ] as const;
  for (const [code, expected] of codes) {
    for (const call of ['open', 'write', 'close', 'rename'] as const) {
      it(`says ${expected} for ${code} on ${call}`, async () => {
        const disk = new FailingDisk({ [call]: () => failure(code, call) });
        const delivery = text('new');
        await assert.rejects(
          saveLocally(folders.path, { replace: 'old.txt' }, delivery, disk.port),
          kind(expected),
        );
        folders.assertUntouched();
        assert.equal(delivery.file.body.destroyed, true);
      });
    }
  }

  it('says diskFull when the disk fills up on the way', async () => {
    let writes = 0;
    const disk = new FailingDisk({
      write: () => ((writes += 1) > 2 ? failure('ENOSPC', 'write') : undefined),
    });
    const chunks = Array.from({ length: 64 }, () => randomBytes(mebibyte));
    const saving = saveLocally(
      folders.path,
      wanted('new.bin', 'skip'),
      incoming(new Delivery(chunks)),
      disk.port,
    );
    await assert.rejects(saving, kind('diskFull'));
    folders.assertUntouched();
    assert.equal(writes, 3);
  });

  it('waits for a free descriptor', async () => {
    let opens = 0;
    const disk = new FailingDisk({
      open: () => ((opens += 1) <= 4 ? failure('EMFILE', 'open') : undefined),
    });
    await saveLocally(folders.path, wanted('new.txt', 'skip'), text('new'), disk.port);
    assert.deepEqual(namesIn(folders.path), ['new.txt', 'old.txt']);
  });

  it('does not follow a link planted under the temporary name, and tries another', async () => {
    const victim = `${folders.path} victim`;
    fs.writeFileSync(victim, 'precious');
    let planted = '';
    const disk = new FailingDisk({
      open: path => {
        if (path.endsWith('.part') && planted === '') {
          planted = path;
          fs.symlinkSync(victim, path);
        }
        return undefined;
      },
    });
    await saveLocally(folders.path, wanted('new.txt', 'skip'), text('new'), disk.port);
    assert.notEqual(planted, '');
    assert.equal(fs.readFileSync(victim, 'utf8'), 'precious');
    const links = namesIn(folders.path).filter(name => name.endsWith('.part'));
    assert.equal(links.length, 1, 'what we did not make, we do not remove');
  });

  for (const code of ['EPERM', 'ENOSYS', 'ENOTSUP', 'EXDEV', 'EISDIR']) {
    describe(`that says ${code} to links`, () => {
      const disk = new FailingDisk({ link: () => failure(code, 'link') });
      it('saves', async () => {
        await saveLocally(folders.path, wanted('new.txt', 'skip'), text('new'), disk.port);
        assert.deepEqual(namesIn(folders.path), ['new.txt', 'old.txt']);
        assert.equal(fs.readFileSync(join(folders.path, 'new.txt'), 'utf8'), 'new');
      });
      it('keeps both', async () => {
        await saveLocally(folders.path, wanted('old.txt', 'keepBoth'), text('new'), disk.port);
        assert.deepEqual(namesIn(folders.path), ['old (1).txt', 'old.txt']);
        assert.equal(folders.content('old.txt'), 'old');
      });
      it('writes over nothing that has come meanwhile', async () => {
        const racing = new FailingDisk({
          link: () => {
            fs.writeFileSync(join(folders.path, 'new.txt'), 'theirs');
            return failure(code, 'link');
          },
        });
        await saveLocally(folders.path, wanted('new.txt', 'keepBoth'), text('new'), racing.port);
        assert.equal(folders.content('new.txt'), 'theirs');
        assert.deepEqual(namesIn(folders.path), ['new (1).txt', 'new.txt', 'old.txt']);
      });
      it('leaves no empty file when it cannot rename either', async () => {
        const both = new FailingDisk({
          link: () => failure(code, 'link'),
          rename: () => failure('EIO', 'rename'),
        });
        await assert.rejects(
          saveLocally(folders.path, wanted('new.txt', 'skip'), text('new'), both.port),
          kind('unwritable'),
        );
        folders.assertUntouched();
      });
    });
  }

  it('shortens a name that is too long for the disk, once', async () => {
    const limit = (path: string): Error | undefined =>
      Buffer.byteLength(path.slice(path.lastIndexOf('/') + 1)) > 143
        ? failure('ENAMETOOLONG', 'lstat')
        : undefined;
    const disk = new FailingDisk({ lstat: limit, open: limit });
    const saved = await saveLocally(
      folders.path,
      wanted(`${'ж'.repeat(90)}.docx`, 'skip'),
      text('new'),
      disk.port,
    );
    assert.equal(saved.outcome === 'saved' && saved.name, `${'ж'.repeat(29)}.docx`);
    const hopeless = new FailingDisk({ lstat: () => failure('ENAMETOOLONG', 'lstat') });
    await assert.rejects(
      saveLocally(folders.path, wanted('a.txt', 'skip'), text('new'), hopeless.port),
      kind('nameTooLong'),
    );
    await assert.rejects(
      saveLocally(folders.path, { replace: 'ж'.repeat(200) }, text('new')),
      kind('nameTooLong'),
    );
  });

  describe('of Windows, where a scanner holds the file', () => {
    const held = (times: number): Disk => {
      let left = times;
      return {
        ...new FailingDisk({
          rename: () => ((left -= 1) >= 0 ? failure('EBUSY', 'rename') : undefined),
        }).port,
        platform: 'win32',
      };
    };
    it('waits until it lets go', async () => {
      await saveLocally(folders.path, { replace: 'old.txt' }, text('new'), held(3));
      assert.equal(folders.content('old.txt'), 'new');
      assert.deepEqual(namesIn(folders.path), ['old.txt']);
    });
    it('can be cancelled meanwhile', async () => {
      const cancel = new AbortController();
      let renames = 0;
      const disk = new FailingDisk({
        rename: () => {
          if ((renames += 1) === 3) {
            cancel.abort(new Error('cancelled'));
          }
          return failure('EBUSY', 'rename');
        },
      });
      const port: Disk = { ...disk.port, platform: 'win32' };
      const saving = saveLocally(
        folders.path,
        { replace: 'old.txt' },
        text('new', { signal: cancel.signal }),
        port,
      );
      await assert.rejects(saving, /cancelled/);
      assert.equal(renames, 3);
      folders.assertUntouched();
    });
    it('elsewhere says busy at once', async () => {
      const saving = saveLocally(folders.path, { replace: 'old.txt' }, text('new'), {
        ...held(1),
        platform: 'linux',
      });
      await assert.rejects(saving, kind('busy'));
      folders.assertUntouched();
    });
  });
});
