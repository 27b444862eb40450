import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { bringOnce } from '../../host/cache';

describe('the cache of editors and browsers', () => {
  let cache: string;

  beforeEach(async () => {
    cache = await mkdtemp(path.join(os.tmpdir(), 'pyrus-cache-'));
  });

  afterEach(async () => {
    await rm(cache, { recursive: true });
  });

  it('makes a thing once, also for two who want it at the same time', async () => {
    let made = 0;
    const treasure = {
      name: 'thing-1',
      title: 'a thing',
      make: async (folder: string) => {
        made += 1;
        await writeFile(path.join(folder, 'file'), `made ${made}`);
      },
    };
    const folders = await Promise.all([bringOnce(treasure, cache), bringOnce(treasure, cache)]);
    assert.deepEqual(folders, [path.join(cache, 'thing-1'), path.join(cache, 'thing-1')]);
    assert.equal(await readFile(path.join(cache, 'thing-1', 'file'), 'utf8'), 'made 1');
    assert.equal(made, 1);
    assert.deepEqual(await readdir(cache), ['thing-1']);
  });

  it('leaves nothing that looks complete when making fails, and begins anew', async () => {
    const failing = {
      name: 'thing-1',
      title: 'a thing',
      make: async (folder: string) => {
        await writeFile(path.join(folder, 'half'), '');
        throw new Error('no network');
      },
    };
    await assert.rejects(bringOnce(failing, cache), /no network/);
    assert.equal(existsSync(path.join(cache, 'thing-1')), false);
    const working = {
      ...failing,
      make: (folder: string) => writeFile(path.join(folder, 'whole'), ''),
    };
    assert.deepEqual(await readdir(await bringOnce(working, cache)), ['whole']);
  });
});
