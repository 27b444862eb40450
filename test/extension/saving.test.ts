import { strict as assert } from 'node:assert';
import { mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import { Readable } from 'node:stream';
import * as vscode from 'vscode';
import { saveFile, type ConflictChoice, type SaveResult } from '../../src/transfer/target';
import { MemoryFiles } from './memoryFiles';

/** The answers to the question that no suite can click. */
describe('a name that is taken', () => {
  const save = (folder: vscode.Uri, choice: ConflictChoice): Promise<SaveResult> =>
    saveFile({
      folder,
      name: 'Отчёт.txt',
      fallbackName: 'file-1',
      file: { size: 3, body: Readable.from([Buffer.from('new')]), assertComplete: () => undefined },
      onConflict: () => Promise.resolve(choice),
      onBytes: () => undefined,
      signal: new AbortController().signal,
    });
  const nameOf = (result: SaveResult): string | undefined =>
    result.outcome === 'saved' ? path.posix.basename(result.uri.path) : undefined;

  const behaves = (
    folder: () => vscode.Uri,
    contents: () => Promise<Readonly<Record<string, string>>>,
  ): void => {
    it('keeps both', async () => {
      assert.equal(nameOf(await save(folder(), 'keepBoth')), 'Отчёт (1).txt');
      assert.equal(nameOf(await save(folder(), 'keepBoth')), 'Отчёт (2).txt');
      assert.deepEqual(await contents(), {
        'Отчёт.txt': 'old',
        'Отчёт (1).txt': 'new',
        'Отчёт (2).txt': 'new',
      });
    });

    it('overwrites', async () => {
      assert.equal(nameOf(await save(folder(), 'overwrite')), 'Отчёт.txt');
      assert.deepEqual(await contents(), { 'Отчёт.txt': 'new' });
    });

    it('skips', async () => {
      assert.equal((await save(folder(), 'skip')).outcome, 'skipped');
      assert.deepEqual(await contents(), { 'Отчёт.txt': 'old' });
    });
  };

  describe('on a disk', () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(path.join(await realpath(tmpdir()), 'pyrus-saving-'));
      await writeFile(path.join(folder, 'Отчёт.txt'), 'old');
    });
    afterEach(() => rm(folder, { recursive: true, force: true }));
    behaves(
      () => vscode.Uri.file(folder),
      async () => {
        const texts: Record<string, string> = {};
        for (const name of await readdir(folder)) {
          texts[name] = await readFile(path.join(folder, name), 'utf8');
        }
        return texts;
      },
    );
  });

  describe('in a file system only VS Code can reach', () => {
    let files: MemoryFiles;
    let registration: vscode.Disposable;
    beforeEach(async () => {
      files = new MemoryFiles();
      registration = vscode.workspace.registerFileSystemProvider('memory', files);
      const uri = vscode.Uri.parse('memory:/Отчёт.txt');
      await vscode.workspace.fs.writeFile(uri, Buffer.from('old'));
    });
    afterEach(() => {
      registration.dispose();
    });
    behaves(
      () => vscode.Uri.parse('memory:/'),
      () =>
        Promise.resolve(
          Object.fromEntries(
            files.paths.map(name => [
              name.slice(1),
              Buffer.from(
                files.readFile(vscode.Uri.from({ scheme: 'memory', path: name })),
              ).toString(),
            ]),
          ),
        ),
    );
  });
});
