import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { lstatSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { saveLocally } from '../../../src/transfer/localTarget';
import type { Placement } from '../../../src/transfer/saveRequest';
import { md5Worker } from '../../../src/transfer/md5';
import { md5Of, mebibyte, TempFolder } from './filesOnDisk';
import { Delivery, eventually, incoming, namesIn, SlowBody, text, wanted } from './incomingFiles';
import { kind } from './openSources';

describe('saving into a folder of this disk', () => {
  let temp: TempFolder;
  let folder: string;
  let made = 0;

  before(async () => (temp = await TempFolder.create()));
  after(async () => {
    await md5Worker.end();
    await temp.remove();
  });
  beforeEach(() => {
    folder = join(temp.path, `папка ${(made += 1)}`);
    mkdirSync(folder);
  });
  afterEach(() => assert.equal(temp.descriptors(), 0, 'a descriptor is left open'));

  const content = (name: string): string => readFileSync(join(folder, name), 'utf8');

  for (const size of [0, 1, mebibyte + 1, 17 * mebibyte]) {
    it(`saves ${size} bytes, checked`, async () => {
      const bytes = randomBytes(size);
      const chunks = Array.from({ length: Math.ceil(size / 65_536) }, (_, index) =>
        bytes.subarray(index * 65_536, (index + 1) * 65_536),
      );
      let told = 0;
      const saved = await saveLocally(
        folder,
        wanted('отчёт.bin', 'skip'),
        incoming(new Delivery(chunks, size), {
          expected: { size, md5: md5Of(bytes).toUpperCase() },
          onBytes: count => (told += count),
        }),
      );
      assert.deepEqual(saved, { outcome: 'saved', name: 'отчёт.bin', size });
      assert.ok(readFileSync(join(folder, 'отчёт.bin')).equals(bytes));
      assert.deepEqual(namesIn(folder), ['отчёт.bin']);
      assert.equal(told, size);
    });
  }

  it('makes an ordinary file by the umask, never one to be run', async () => {
    const before = process.umask(0o027);
    try {
      await saveLocally(folder, wanted('run.sh', 'skip'), text('#!/bin/sh'));
    } finally {
      process.umask(before);
    }
    assert.equal(statSync(join(folder, 'run.sh')).mode & 0o7777, 0o640);
  });

  it('lets nobody else read a file that is not complete', async () => {
    const slow = new SlowBody();
    const saving = saveLocally(folder, wanted('a.txt', 'skip'), incoming(slow.file));
    slow.send('half');
    const part = await eventually(() => namesIn(folder)[0]);
    assert.match(part, /^\.pyrus-[0-9a-f]{24}\.part$/);
    await eventually(() => (statSync(join(folder, part)).mode & 0o777) === 0o600 || undefined);
    slow.end();
    await saving;
    assert.deepEqual(namesIn(folder), ['a.txt']);
  });

  it('makes the name safe', async () => {
    const saved = await saveLocally(folder, wanted('../../.git/config\u202e', 'skip'), text('a'));
    assert.equal(saved.outcome === 'saved' && saved.name, '.._.._.git_config');
    assert.deepEqual(namesIn(folder), ['.._.._.git_config']);
  });

  describe('when the name is taken', () => {
    beforeEach(() => writeFileSync(join(folder, 'a.tar.gz'), 'old'));

    it('keeps both under the next free number', async () => {
      writeFileSync(join(folder, 'a (1).tar.gz'), 'older');
      const placement = wanted('a.tar.gz', 'keepBoth');
      const saved = await saveLocally(folder, placement, text('new'));
      assert.deepEqual(saved, { outcome: 'saved', name: 'a (2).tar.gz', size: 3 });
      assert.deepEqual(namesIn(folder), ['a (1).tar.gz', 'a (2).tar.gz', 'a.tar.gz']);
      assert.equal(content('a.tar.gz') + content('a (1).tar.gz'), 'oldolder');
      assert.deepEqual(placement.asked, ['a.tar.gz']);
    });

    it('overwrites when told to', async () => {
      const saved = await saveLocally(folder, wanted('a.tar.gz', 'overwrite'), text('new'));
      assert.deepEqual(saved, { outcome: 'saved', name: 'a.tar.gz', size: 3 });
      assert.deepEqual([namesIn(folder), content('a.tar.gz')], [['a.tar.gz'], 'new']);
    });

    it('skips at once, while bytes are still coming', async () => {
      const slow = new SlowBody();
      slow.send('never ends');
      const saved = await saveLocally(folder, wanted('a.tar.gz', 'skip'), incoming(slow.file));
      assert.deepEqual(saved, { outcome: 'skipped' });
      assert.equal(slow.body.destroyed, true);
      assert.deepEqual([namesIn(folder), content('a.tar.gz')], [['a.tar.gz'], 'old']);
    });

    it('asks while the bytes flow, and waits for the answer at their end', async () => {
      const slow = new SlowBody();
      const answers = new EventEmitter();
      const events: string[] = [];
      const saving = saveLocally(
        folder,
        {
          name: 'a.tar.gz',
          fallbackName: 'x',
          onConflict: async () => {
            events.push('asked');
            slow.send('new');
            await once(answers, 'answer');
            return 'keepBoth';
          },
        },
        incoming(slow.file, {
          onBytes: () => {
            events.push('bytes');
            slow.end();
            slow.body.once('close', () => answers.emit('answer'));
          },
        }),
      );
      assert.equal((await saving).outcome, 'saved');
      assert.deepEqual(events, ['asked', 'bytes']);
      assert.equal(content('a (1).tar.gz'), 'new');
    });

    it('withdraws the question when the transfer fails', async () => {
      const slow = new SlowBody();
      let question: AbortSignal | undefined;
      const saving = saveLocally(
        folder,
        {
          name: 'a.tar.gz',
          fallbackName: 'x',
          onConflict: (_name, signal) => {
            question = signal;
            slow.body.destroy(new Error('line cut'));
            return new Promise(() => undefined);
          },
        },
        incoming(slow.file),
      );
      await assert.rejects(saving, /line cut/);
      assert.equal(question?.aborted, true);
      assert.deepEqual(namesIn(folder), ['a.tar.gz']);
    });

    it('fails with the question, while bytes are still coming', async () => {
      const slow = new SlowBody();
      const onConflict = (): Promise<never> => Promise.reject(new Error('no window'));
      const placement = { ...wanted('a.tar.gz', 'skip'), onConflict };
      const saving = saveLocally(folder, placement, incoming(slow.file));
      await assert.rejects(saving, /no window/);
      assert.deepEqual([namesIn(folder), content('a.tar.gz')], [['a.tar.gz'], 'old']);
    });
  });

  describe('what lies in the way', () => {
    for (const dangling of [false, true]) {
      const what = dangling ? 'a dangling link' : 'a link to a file outside';
      const victim = (): string => join(temp.path, `victim ${made}`);
      const link = (): void => {
        if (!dangling) {
          writeFileSync(victim(), 'precious');
        }
        symlinkSync(victim(), join(folder, 'a.txt'));
      };
      it(`does not follow ${what}, keeping both`, async () => {
        link();
        const saved = await saveLocally(folder, wanted('a.txt', 'keepBoth'), text('new'));
        assert.equal(saved.outcome === 'saved' && saved.name, 'a (1).txt');
        assert.equal(
          lstatSync(victim(), { throwIfNoEntry: false })?.size,
          dangling ? undefined : 8,
        );
      });
      it(`replaces ${what} itself, overwriting`, async () => {
        link();
        await saveLocally(folder, wanted('a.txt', 'overwrite'), text('new'));
        assert.ok(lstatSync(join(folder, 'a.txt')).isFile());
        assert.equal(
          lstatSync(victim(), { throwIfNoEntry: false })?.size,
          dangling ? undefined : 8,
        );
      });
    }

    const obstacles: readonly (readonly [string, (path: string) => void])[] = [
      ['a folder', path => mkdirSync(path)],
      ['a pipe', path => void execFileSync('mkfifo', [path])],
    ];
    for (const [what, make] of obstacles) {
      it(`does not overwrite ${what}`, async () => {
        make(join(folder, 'a.txt'));
        const slow = new SlowBody();
        const saving = saveLocally(folder, wanted('a.txt', 'overwrite'), incoming(slow.file));
        await assert.rejects(saving, kind('notAFile'));
        assert.deepEqual(namesIn(folder), ['a.txt']);
        assert.ok(!lstatSync(join(folder, 'a.txt')).isFile());
      });
      it(`does not replace ${what} that was chosen in a dialog`, async () => {
        make(join(folder, 'a.txt'));
        const saving = saveLocally(folder, { replace: 'a.txt' }, text('new'));
        await assert.rejects(saving, kind('notAFile'));
        assert.deepEqual(namesIn(folder), ['a.txt']);
      });
      it(`takes the next number beside ${what}`, async () => {
        make(join(folder, 'a.txt'));
        await saveLocally(folder, wanted('a.txt', 'keepBoth'), text('new'));
        assert.equal(content('a (1).txt'), 'new');
      });
    }
  });

  it('replaces a target chosen in a dialog, under exactly its name', async () => {
    writeFileSync(join(folder, 'a:b.lnk'), 'old');
    const saved = await saveLocally(folder, { replace: 'a:b.lnk' }, text('new'));
    assert.deepEqual(saved, { outcome: 'saved', name: 'a:b.lnk', size: 3 });
    assert.deepEqual([namesIn(folder), content('a:b.lnk')], [['a:b.lnk'], 'new']);
  });

  describe('refuses folders of tools', () => {
    const places: readonly Placement[] = [wanted('a.txt', 'skip'), { replace: 'a.txt' }];
    for (const name of ['.git', '.vscode', '.husky', join('.git', 'hooks'), '.GIT']) {
      it(name, async () => {
        mkdirSync(join(folder, name), { recursive: true });
        for (const placement of places) {
          const delivery = text('a');
          await assert.rejects(
            saveLocally(join(folder, name), placement, delivery),
            kind('folderRefused'),
          );
          assert.equal(delivery.file.body.destroyed, true);
        }
        assert.deepEqual(namesIn(join(folder, name)), []);
      });
    }

    it('behind a link', async () => {
      mkdirSync(join(folder, '.git', 'hooks'), { recursive: true });
      symlinkSync(join(folder, '.git', 'hooks'), join(folder, 'docs'));
      const saving = saveLocally(join(folder, 'docs'), wanted('pre-commit', 'skip'), text('a'));
      await assert.rejects(saving, kind('folderRefused'));
    });
  });

  it('refuses a link that is named like one', async () => {
    symlinkSync('.', join(folder, '.git'));
    const saving = saveLocally(join(folder, '.git'), wanted('config', 'skip'), text('a'));
    await assert.rejects(saving, kind('folderRefused'));
  });

  it('saves into a linked folder', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real', join(folder, 'link'));
    await saveLocally(join(folder, 'link'), wanted('a.txt', 'skip'), text('new'));
    assert.equal(content('real/a.txt'), 'new');
  });

  it('serves two files that want one name at the same time', async () => {
    const saves = Array.from({ length: 8 }, (_, index) =>
      saveLocally(folder, wanted('a.txt', 'keepBoth'), text(String(index))),
    );
    await Promise.all(saves);
    const names = namesIn(folder);
    assert.equal(names.length, 8);
    assert.deepEqual(names.map(content).sort(), ['0', '1', '2', '3', '4', '5', '6', '7']);
  });
});
