import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { join } from 'node:path';

import type { Disk } from '../../../src/transfer/disk';
import { saveLocally } from '../../../src/transfer/localTarget';
import type { Placed } from '../../../src/transfer/saveRequest';
import { FailingDisk } from './failingDisk';
import { FreshFolders } from './freshFolders';
import { incoming, namesIn, SlowBody, text, wanted } from './incomingFiles';
import { kind } from './openSources';

describe('saving into a folder that changes', () => {
  const folders = FreshFolders.prepare();

  it('is not there', async () => {
    await assert.rejects(
      saveLocally(join(folders.path, 'no'), wanted('a', 'skip'), text('a')),
      kind('folderGone'),
    );
    await assert.rejects(
      saveLocally(join(folders.path, 'old.txt'), wanted('a', 'skip'), text('a')),
      kind('folderGone'),
    );
    folders.assertUntouched();
  });

  const away = (): string => `${folders.path} away`;
  const changes: readonly (readonly [string, () => void])[] = [
    ['is removed', () => fs.rmSync(folders.path, { recursive: true })],
    ['is moved', () => fs.renameSync(folders.path, away())],
    [
      'is replaced by another',
      () => {
        fs.renameSync(folders.path, away());
        fs.mkdirSync(folders.path);
      },
    ],
    [
      'is replaced by a link to elsewhere',
      () => {
        fs.mkdirSync(`${folders.path} elsewhere`);
        fs.renameSync(folders.path, away());
        fs.symlinkSync(`${folders.path} elsewhere`, folders.path);
      },
    ],
  ];
  for (const [what, change] of changes) {
    it(`${what} while the bytes come`, async () => {
      const slow = new SlowBody();
      const saving = saveLocally(folders.path, wanted('new.txt', 'skip'), incoming(slow.file));
      slow.send('new');
      await slow.read();
      change();
      slow.end();
      await assert.rejects(saving, kind('folderGone'));
      const left = [folders.path, away(), `${folders.path} elsewhere`]
        .filter(path => fs.existsSync(path))
        .flatMap(namesIn);
      assert.deepEqual(
        left.filter(name => name !== 'old.txt'),
        [],
      );
    });
  }

  it('is swapped for a link just before it is opened', async () => {
    const outside = `${folders.path} outside`;
    fs.mkdirSync(outside);
    let swapped = false;
    const disk = new FailingDisk({
      open: () => {
        if (!swapped) {
          swapped = true;
          fs.renameSync(folders.path, away());
          fs.symlinkSync(outside, folders.path);
        }
        return undefined;
      },
    });
    for (const platform of ['linux', 'darwin'] as const) {
      swapped = false;
      await assert.rejects(
        saveLocally(folders.path, wanted('new.txt', 'skip'), text('a'), { ...disk.port, platform }),
        kind('folderGone'),
      );
      assert.equal(swapped, true);
      assert.deepEqual(namesIn(outside), []);
      fs.unlinkSync(folders.path);
      fs.renameSync(away(), folders.path);
    }
    folders.assertUntouched();
  });
});

describe('saving several files into one folder at a time', () => {
  const folders = FreshFolders.prepare();

  /** Of the folders that were opened, on a Linux of any kind. */
  const watched = (): { readonly disk: Disk; readonly opened: string[] } => {
    const opened: string[] = [];
    const { port } = new FailingDisk({
      open: path => {
        if (!path.endsWith('.part')) {
          opened.push(path);
        }
        return undefined;
      },
    });
    return { disk: { ...port, platform: 'linux' }, opened };
  };

  it('opens it once, and once more when it is wanted again', async () => {
    const { disk, opened } = watched();
    const save = (name: string): Promise<Placed> =>
      saveLocally(folders.path, wanted(name, 'skip'), text(name), disk);
    await Promise.all(['a', 'b', 'c'].map(save));
    assert.deepEqual(opened, [fs.realpathSync(folders.path)]);
    await save('d');
    assert.equal(opened.length, 2);
    assert.deepEqual(namesIn(folders.path), ['a', 'b', 'c', 'd', 'old.txt']);
  });

  it('goes into the one that is there now, while a file for the one of before ends', async () => {
    const { disk, opened } = watched();
    const slow = new SlowBody();
    const before = saveLocally(folders.path, wanted('a', 'skip'), incoming(slow.file), disk);
    slow.send('a');
    await slow.read();
    fs.renameSync(folders.path, `${folders.path} away`);
    fs.mkdirSync(folders.path);
    await assert.rejects(
      saveLocally(folders.path, wanted('b', 'skip'), text('b'), disk),
      kind('folderGone'),
    );
    await saveLocally(folders.path, wanted('b', 'skip'), text('b'), disk);
    slow.end();
    await assert.rejects(before, kind('folderGone'));
    assert.equal(opened.length, 2);
    assert.deepEqual(namesIn(folders.path), ['b']);
    assert.deepEqual(namesIn(`${folders.path} away`), ['old.txt']);
  });

  it('leaves it to the others when one of them is cancelled', async () => {
    const { disk } = watched();
    const slow = new SlowBody();
    const cancel = new AbortController();
    const { signal } = cancel;
    const cancelled = saveLocally(
      folders.path,
      wanted('a', 'skip'),
      { ...incoming(slow.file), signal },
      disk,
    );
    const other = saveLocally(folders.path, wanted('b', 'skip'), text('b'), disk);
    cancel.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    assert.equal((await other).outcome, 'saved');
    assert.deepEqual(namesIn(folders.path), ['b', 'old.txt']);
  });
});

describe('saving into a folder where the name is taken between the look and the end', () => {
  const folders = FreshFolders.prepare();

  for (const choice of ['keepBoth', 'overwrite', 'skip'] as const) {
    it(`asks then, and does ${choice}`, async () => {
      const slow = new SlowBody();
      const placement = wanted('new.txt', choice);
      const saving = saveLocally(folders.path, placement, incoming(slow.file));
      slow.send('mine');
      await slow.read();
      fs.writeFileSync(join(folders.path, 'new.txt'), 'theirs');
      slow.end();
      const saved = await saving;
      const theirs = fs.readFileSync(join(folders.path, 'new.txt'), 'utf8');
      assert.deepEqual(placement.asked, ['new.txt']);
      assert.equal(theirs, choice === 'overwrite' ? 'mine' : 'theirs');
      assert.equal(saved.outcome, choice === 'skip' ? 'skipped' : 'saved');
      const copy = choice === 'keepBoth' ? ['new (1).txt'] : [];
      assert.deepEqual(namesIn(folders.path), [...copy, 'new.txt', 'old.txt']);
    });
  }
});
