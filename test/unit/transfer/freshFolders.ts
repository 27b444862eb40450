import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { md5Worker } from '../../../src/transfer/md5';
import { TempFolder } from './filesOnDisk';
import { namesIn } from './incomingFiles';

/** A new folder with an `old.txt` in it for every test of a `describe`; no descriptor may be left. */
export class FreshFolders {
  #temp: TempFolder | undefined;
  #made = 0;

  /** Call in the body of the `describe`. */
  static prepare(): FreshFolders {
    const folders = new FreshFolders();
    before(async () => (folders.#temp = await TempFolder.create()));
    beforeEach(() => folders.#make());
    afterEach(() => assert.equal(folders.#temp?.descriptors(), 0, 'a descriptor is left open'));
    after(async () => {
      await md5Worker.end();
      await folders.#temp?.remove();
    });
    return folders;
  }

  /** The folder of the test that runs. */
  get path(): string {
    return join(this.#temp?.path ?? assert.fail('too early'), `папка ${this.#made}`);
  }

  content(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  /** Nothing was added, nothing was changed. */
  assertUntouched(): void {
    assert.deepEqual(namesIn(this.path), ['old.txt']);
    assert.equal(this.content('old.txt'), 'old');
  }

  #make(): void {
    this.#made += 1;
    mkdirSync(this.path);
    writeFileSync(join(this.path, 'old.txt'), 'old');
  }
}
