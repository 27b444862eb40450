import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { localDisk } from '../../../src/transfer/disk';
import type { Disk } from '../../../src/transfer/disk';
import { LocalPublisher } from '../../../src/transfer/localPublisher';
import { PartFile } from '../../../src/transfer/partFile';
import { TargetFolder } from '../../../src/transfer/targetFolder';
import { failure } from './failingDisk';
import { TempFolder } from './filesOnDisk';
import { namesIn } from './incomingFiles';

const { signal } = new AbortController();
const noRights = ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EINVAL'];

describe('a temporary file', () => {
  let temp: TempFolder;
  let path: string;
  let folder: TargetFolder;
  const told: string[] = [];
  const journal = {
    begin: (file: string) => Promise.resolve(void told.push(`begin ${file}`)),
    end: (file: string) => Promise.resolve(void told.push(`end ${file}`)),
  };

  beforeEach(async () => {
    told.length = 0;
    temp = await TempFolder.create();
    path = join(temp.path, 'folder');
    mkdirSync(path);
    folder = await TargetFolder.open(path, localDisk, signal);
  });
  afterEach(async () => {
    await folder.close();
    assert.equal(temp.descriptors(), 0);
    await temp.remove();
  });

  const only = (): string => {
    const [name = '', ...others] = namesIn(path);
    assert.deepEqual(others, []);
    return name;
  };
  const rights = (): number => statSync(join(path, only())).mode & 0o777;
  /** Opens fail with these codes, one after the other; undefined is a success. */
  const openingWith = (codes: readonly (string | undefined)[]): Disk & { tries: () => number } => {
    let tried = 0;
    const open = ((...args: Parameters<Disk['open']>) => {
      const code = codes[tried++];
      return code === undefined ? localDisk.open(...args) : Promise.reject(failure(code, 'open'));
    }) as Disk['open'];
    return { ...localDisk, open, tries: () => tried };
  };
  /** Changing rights fails with these codes. */
  const unwilling = (codes: readonly (string | undefined)[]): Disk => {
    const left = [...codes];
    const open = (async (...args: Parameters<Disk['open']>) => {
      const handle = await localDisk.open(...args);
      const chmod = handle.chmod.bind(handle);
      handle.chmod = async mode => {
        const code = left.shift();
        if (code !== undefined) {
          throw failure(code, 'fchmod');
        }
        await chmod(mode);
      };
      return handle;
    }) as Disk['open'];
    return { ...localDisk, open };
  };

  it('is ours alone until it is complete, then an ordinary one; the journal knows it as long', async () => {
    const mask = process.umask(0o022);
    try {
      const part = await PartFile.create(folder, localDisk, signal, journal);
      assert.match(only(), /^\.pyrus-[0-9a-f]{24}\.part$/);
      assert.equal(rights(), 0o600);
      assert.deepEqual(told, [`begin ${join(path, only())}`]);
      await part.complete(path);
      assert.equal(rights(), 0o644);
      const name = only();
      await part.remove();
      await part.remove();
      assert.deepEqual(namesIn(path), []);
      const end = `end ${join(path, name)}`;
      assert.deepEqual(told.slice(1), [end, end]);
    } finally {
      process.umask(mask);
    }
  });

  it('has a name of its own each time, and gets the rights the system left it', async () => {
    const mask = process.umask(0o077);
    try {
      const [first, second] = [
        await PartFile.create(folder, localDisk, signal),
        await PartFile.create(folder, localDisk, signal),
      ];
      assert.notEqual(basename(first.path), basename(second.path));
      await second.remove();
      await first.complete(path);
      assert.equal(rights(), 0o600);
      await first.remove();
    } finally {
      process.umask(mask);
    }
  });

  it('is ours alone from the beginning once the rights of new files in the folder are known', async () => {
    const mask = process.umask(0o027);
    try {
      const first = await PartFile.create(folder, localDisk, signal);
      await first.remove();
      const made: unknown[] = [];
      const open = ((...args: Parameters<Disk['open']>) => {
        made.push(args[2]);
        return localDisk.open(...args);
      }) as Disk['open'];
      const second = await PartFile.create(folder, { ...localDisk, open }, signal);
      assert.deepEqual(made, [0o600]);
      assert.equal(rights(), 0o600);
      await second.complete(path);
      assert.equal(rights(), 0o640);
      await second.remove();
    } finally {
      process.umask(mask);
    }
  });

  it('tries five names when they are taken, and forgets those it did not get', async () => {
    const four = openingWith(['EEXIST', 'EEXIST', 'EEXIST', 'EEXIST', undefined]);
    const part = await PartFile.create(folder, four, signal, journal);
    assert.equal(four.tries(), 5);
    assert.equal(told.filter(line => line.startsWith('begin ')).length, 5);
    assert.equal(told.filter(line => line.startsWith('end ')).length, 4);
    assert.equal(new Set(told).size, told.length);
    await part.remove();
    const five = openingWith(Array(9).fill('EEXIST'));
    await assert.rejects(PartFile.create(folder, five, signal), { message: 'unwritable' });
    assert.equal(five.tries(), 5);
  });

  it('is not tried again when the folder refuses it', async () => {
    const disk = openingWith(['EACCES', undefined]);
    await assert.rejects(PartFile.create(folder, disk, signal, journal), {
      failure: { kind: 'noPermission' },
    });
    assert.equal(disk.tries(), 1);
    assert.equal(told.length, 2);
  });

  for (const code of noRights) {
    it(`does without rights where there are none: ${code}`, async () => {
      const part = await PartFile.create(folder, unwilling([code, code]), signal);
      await part.complete(path);
      await part.remove();
      assert.deepEqual(namesIn(path), []);
    });
  }

  it('is gone when its rights cannot be changed for another reason', async () => {
    await assert.rejects(PartFile.create(folder, unwilling(['EIO']), signal, journal), {
      failure: { kind: 'unwritable', code: 'EIO' },
    });
    assert.deepEqual(namesIn(path), []);
    const part = await PartFile.create(folder, unwilling([undefined, 'EIO']), signal);
    await assert.rejects(part.complete('x'), { failure: { kind: 'unwritable', code: 'EIO' } });
    await part.remove();
    assert.deepEqual(namesIn(path), []);
  });

  it('that cannot be removed is an error, and stays in the journal', async () => {
    const stuck: Disk = { ...localDisk, unlink: () => Promise.reject(failure('EIO', 'unlink')) };
    const part = await PartFile.create(folder, stuck, signal, journal);
    await assert.rejects(part.remove(), { code: 'EIO' });
    assert.equal(told.length, 1);
    const gone: Disk = { ...localDisk, unlink: () => Promise.reject(failure('ENOENT', 'unlink')) };
    const moved = await PartFile.create(folder, gone, signal, journal);
    await moved.remove();
    assert.equal(told.length, 3);
  });

  describe('gets its name', () => {
    let part: PartFile;
    beforeEach(async () => {
      part = await PartFile.create(folder, localDisk, signal);
      await part.handle.write('content');
      await part.complete(path);
    });
    afterEach(() => part.remove());

    const publisher = (disk: Partial<Disk>): LocalPublisher =>
      new LocalPublisher(folder, part, { ...localDisk, ...disk }, signal);
    const rejecting = (code: string) => (): Promise<never> => Promise.reject(failure(code, 'test'));

    for (const code of ['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP', 'EXDEV', 'EMLINK', 'EISDIR']) {
      it(`by a rename where links are not to be had: ${code}`, async () => {
        const without = publisher({ link: rejecting(code) });
        assert.equal(await without.publishUnlessTaken('a.txt'), true);
        assert.deepEqual(namesIn(path), ['a.txt']);
        assert.equal(statSync(join(path, 'a.txt')).size, 7);
        assert.equal(await publisher({ link: rejecting(code) }).publishUnlessTaken('a.txt'), false);
      });
    }

    it('not when linking fails for another reason', async () => {
      const failing = publisher({ link: rejecting('EIO') });
      await assert.rejects(failing.publishUnlessTaken('a.txt'), {
        failure: { kind: 'unwritable', code: 'EIO' },
      });
      assert.ok(!namesIn(path).includes('a.txt'));
    });

    it('and leaves no empty file when the rename fails, unless somebody has filled it', async () => {
      const link = rejecting('EPERM');
      const failing = publisher({ link, rename: rejecting('EIO') });
      await assert.rejects(failing.publishUnlessTaken('a.txt'), {
        failure: { kind: 'unwritable', code: 'EIO' },
      });
      assert.ok(!namesIn(path).includes('a.txt'));
      const filled = publisher({
        link,
        rename: async (_from, to) => {
          const handle = await localDisk.open(to, 'w');
          await handle.write('theirs');
          await handle.close();
          throw failure('EIO', 'rename');
        },
      });
      await assert.rejects(filled.publishUnlessTaken('a.txt'));
      assert.equal(statSync(join(path, 'a.txt')).size, 6);
    });

    it('not when the claim fails for another reason than a taken name', async () => {
      const failing = publisher({ link: rejecting('EPERM'), open: rejecting('EROFS') });
      await assert.rejects(failing.publishUnlessTaken('a.txt'), { failure: { kind: 'readOnly' } });
    });

    it('in the place of a file, not of a folder', async () => {
      mkdirSync(join(path, 'a.txt'));
      await assert.rejects(publisher({}).publishReplacing('a.txt'), {
        failure: { kind: 'notAFile' },
        path: join(path, 'a.txt'),
      });
      writeFileSync(join(path, 'b.txt'), 'old');
      await publisher({}).publishReplacing('b.txt');
      assert.equal(readFileSync(join(path, 'b.txt'), 'utf8'), 'content');
    });

    it('unless a look at the name fails', async () => {
      const blind = publisher({ lstat: rejecting('EACCES') });
      await assert.rejects(blind.occupant('a.txt'), { failure: { kind: 'noPermission' } });
      assert.equal(await publisher({}).occupant('a.txt'), 'nothing');
    });
  });
});
