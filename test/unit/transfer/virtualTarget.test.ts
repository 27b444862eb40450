import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { posix } from 'node:path';

import type { Place, WritingFileSystem } from '../../../src/transfer/virtualPublisher';
import { saveVirtually } from '../../../src/transfer/virtualTarget';
import { md5Of, mebibyte } from './filesOnDisk';
import { Delivery, incoming, SlowBody, text, wanted } from './incomingFiles';
import { kind } from './openSources';

class Address implements Place<Address> {
  constructor(readonly path: string) {}

  with({ path }: { path: string }): Address {
    return new Address(path);
  }

  toString(): string {
    return `memfs:${this.path}`;
  }
}

function fileSystemError(code: string): Error {
  return Object.assign(new Error(code), { code, name: `${code} (FileSystemError)` });
}

type Method = 'stat' | 'writeFile' | 'rename';

/** Files in memory behind the rules of `vscode.workspace.fs`. Folders are `undefined`. */
class MemoryFiles implements WritingFileSystem<Address> {
  readonly entries = new Map<string, Uint8Array | undefined>([['/папка', undefined]]);
  fault: (method: Method) => Error | undefined = () => undefined;

  get names(): string[] {
    return [...this.entries.keys()]
      .filter(path => path !== '/папка')
      .map(path => posix.basename(path))
      .sort();
  }

  content(name: string): string {
    return Buffer.from(this.entries.get(`/папка/${name}`) ?? assert.fail(name)).toString();
  }

  put(name: string, content?: string): void {
    this.entries.set(`/папка/${name}`, content === undefined ? undefined : Buffer.from(content));
  }

  async stat({ path }: Address): Promise<{ type: number }> {
    await this.#turn('stat');
    if (!this.entries.has(path)) {
      throw fileSystemError('FileNotFound');
    }
    const bytes = this.entries.get(path);
    return { type: bytes === undefined ? 2 : 1 };
  }

  async writeFile({ path }: Address, content: Uint8Array): Promise<void> {
    await this.#turn('writeFile');
    // As VS Code does: missing folders come with the file.
    this.entries.set(posix.dirname(path), undefined);
    this.entries.set(path, content);
  }

  async rename(from: Address, to: Address, options: { overwrite: boolean }): Promise<void> {
    await this.#turn('rename');
    if (this.entries.has(to.path) && !options.overwrite) {
      throw fileSystemError('FileExists');
    }
    this.entries.set(to.path, this.entries.get(from.path));
    this.entries.delete(from.path);
  }

  delete({ path }: Address): Promise<void> {
    return this.entries.delete(path)
      ? Promise.resolve()
      : Promise.reject(fileSystemError('FileNotFound'));
  }

  async #turn(method: Method): Promise<void> {
    await Promise.resolve();
    const fault = this.fault(method);
    if (fault !== undefined) {
      throw fault;
    }
  }
}

describe('saving into a folder that only VS Code can write', () => {
  const folder = new Address('/папка');
  let files: MemoryFiles;
  beforeEach(() => {
    files = new MemoryFiles();
    files.put('old.txt', 'old');
  });

  function assertUntouched(): void {
    assert.deepEqual([files.names, files.content('old.txt')], [['old.txt'], 'old']);
  }

  it('saves, checked', async () => {
    const bytes = randomBytes(3 * mebibyte);
    const expected = { size: bytes.length, md5: md5Of(bytes) };
    const delivery = incoming(new Delivery([bytes.subarray(0, 5), bytes.subarray(5)]), {
      expected,
    });
    const saved = await saveVirtually(folder, wanted('отчёт.bin', 'skip'), delivery, files);
    assert.deepEqual(saved, { outcome: 'saved', name: 'отчёт.bin', size: bytes.length });
    assert.deepEqual(files.names, ['old.txt', 'отчёт.bin']);
    assert.deepEqual(files.entries.get('/папка/отчёт.bin'), bytes);
  });

  it('keeps both', async () => {
    await saveVirtually(folder, wanted('old.txt', 'keepBoth'), text('new'), files);
    assert.deepEqual(
      [files.names, files.content('old (1).txt')],
      [['old (1).txt', 'old.txt'], 'new'],
    );
    assert.equal(files.content('old.txt'), 'old');
  });

  it('overwrites', async () => {
    await saveVirtually(folder, wanted('old.txt', 'overwrite'), text('new'), files);
    assert.deepEqual([files.names, files.content('old.txt')], [['old.txt'], 'new']);
  });

  it('replaces a target chosen in a dialog', async () => {
    await saveVirtually(folder, { replace: 'old.txt' }, text('new'), files);
    assert.deepEqual([files.names, files.content('old.txt')], [['old.txt'], 'new']);
  });

  it('keeps a body whose end nothing marks on a yes only, and asks for it', async () => {
    const openEnded = (): Delivery =>
      Object.assign(new Delivery([Buffer.from('new')]), { openEnded: true });
    for (const more of [{}, { onUnconfirmed: () => Promise.resolve(false) }]) {
      const delivery = incoming(openEnded(), more);
      const saved = await saveVirtually(folder, wanted('new.txt', 'skip'), delivery, files);
      assert.deepEqual(saved, { outcome: 'discarded' });
      assertUntouched();
    }
    const delivery = incoming(openEnded(), { onUnconfirmed: () => Promise.resolve(true) });
    await saveVirtually(folder, wanted('new.txt', 'skip'), delivery, files);
    assert.equal(files.content('new.txt'), 'new');
  });

  it('skips at once, while bytes are still coming', async () => {
    const slow = new SlowBody();
    const saved = await saveVirtually(
      folder,
      wanted('old.txt', 'skip'),
      incoming(slow.file),
      files,
    );
    assert.deepEqual(saved, { outcome: 'skipped' });
    assert.equal(slow.body.destroyed, true);
    assertUntouched();
  });

  it('does not overwrite a folder', async () => {
    files.put('sub');
    await assert.rejects(
      saveVirtually(folder, wanted('sub', 'overwrite'), text('a'), files),
      kind('notAFile'),
    );
    await assert.rejects(
      saveVirtually(folder, { replace: 'sub' }, text('a'), files),
      kind('notAFile'),
    );
    assert.deepEqual(files.names, ['old.txt', 'sub']);
  });

  it('refuses folders of tools', async () => {
    const tools = new Address('/папка/.vscode');
    await assert.rejects(
      saveVirtually(tools, wanted('tasks.json', 'skip'), text('a'), files),
      kind('folderRefused'),
    );
    assertUntouched();
  });

  it('does not bring back a folder that has gone', async () => {
    const slow = new SlowBody();
    const more = { onBytes: () => files.entries.clear() };
    const saving = saveVirtually(folder, wanted('a.txt', 'skip'), incoming(slow.file, more), files);
    slow.send('a');
    slow.end();
    await assert.rejects(saving, kind('folderGone'));
    assert.deepEqual([...files.entries.keys()], []);
  });

  it('keeps nothing of wrong bytes', async () => {
    const cases = [
      [{ expected: { size: 4 } }, 'sizeMismatch'],
      [{ expected: { size: 2 } }, 'sizeMismatch'],
      [{ expected: { md5: md5Of(Buffer.from('old')) } }, 'md5Mismatch'],
    ] as const;
    for (const [more, failure] of cases) {
      const delivery = incoming(new Delivery([Buffer.from('new')]), more);
      await assert.rejects(
        saveVirtually(folder, { replace: 'old.txt' }, delivery, files),
        kind(failure),
      );
      assertUntouched();
    }
  });

  for (const method of ['stat', 'writeFile', 'rename'] as const) {
    it(`says what failed on ${method}, and leaves nothing`, async () => {
      files.fault = called => (called === method ? fileSystemError('NoPermissions') : undefined);
      await assert.rejects(
        saveVirtually(folder, wanted('a.txt', 'skip'), text('a'), files),
        kind('noPermission'),
      );
      files.fault = called => (called === method ? fileSystemError('Unavailable') : undefined);
      await assert.rejects(
        saveVirtually(folder, wanted('a.txt', 'skip'), text('a'), files),
        kind('unwritable'),
      );
      assertUntouched();
    });

    it(`leaves nothing when cancelled during ${method}`, async () => {
      const cancel = new AbortController();
      const reason = new Error('cancelled');
      files.fault = called => {
        if (called === method) {
          cancel.abort(reason);
        }
        return called === 'rename' ? fileSystemError('Unavailable') : undefined;
      };
      const delivery = text('a', { signal: cancel.signal });
      await assert.rejects(
        saveVirtually(folder, wanted('a.txt', 'skip'), delivery, files),
        error => error === reason,
      );
      assertUntouched();
    });
  }

  it('passes on why the line was cut', async () => {
    const slow = new SlowBody();
    const saving = saveVirtually(folder, wanted('a.txt', 'skip'), incoming(slow.file), files);
    slow.send('half');
    slow.body.destroy(new Error('line cut'));
    await assert.rejects(saving, /line cut/);
    assertUntouched();
  });
});
