import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { Conflicts } from '../../src/commands/conflicts';
import type { DownloadedFile } from '../../src/commands/downloadReport';
import { Modals } from './modals';
import type { Modal } from './modals';
import { accepting } from './quickInput';
import { Scene } from './scene';

describe('names that are taken where a download goes', () => {
  let scene: Scene;
  let modals: Modals;
  let answer: (modal: Modal) => string | undefined;
  beforeEach(async () => {
    scene = await Scene.open();
    modals = new Modals(modal => answer(modal));
  });
  afterEach(async () => {
    modals.dispose();
    await scene.close();
  });

  const add = (name: string, content: string): number => scene.pyrus.addFile({ name, content }).id;
  const read = (name: string): Promise<string> => readFile(path.join(scene.folder, name), 'utf8');
  const download = async (...ids: readonly number[]): Promise<string[]> => {
    await vscode.env.clipboard.writeText(ids.join(' '));
    const clicked = scene.folderUri;
    const saved = await accepting(
      vscode.commands.executeCommand<readonly DownloadedFile[] | undefined>(
        'pyrus.download',
        clicked,
        [clicked],
      ),
    );
    return (saved ?? []).map(({ uri }) => path.posix.basename(vscode.Uri.parse(uri).path));
  };

  it('by another file of the same download are no question: both are kept', async () => {
    const ids = [add('Отчёт.pdf', 'first'), add('Отчёт.pdf', 'second')];
    await scene.file('Отчёт.pdf', 'mine');
    answer = () => 'Overwrite';
    const names = await download(...ids, add('Отчёт.pdf', 'third'));
    assert.equal(modals.asked.length, 1);
    assert.equal(new Set(names).size, 3);
    const contents = await Promise.all(names.map(read));
    assert.deepEqual(contents, ['first', 'second', 'third']);
  });

  it('are overwritten by one answer where files were asked for by their ids', async () => {
    const ids = ['a.txt', 'b.txt'].map(name => add(name, `new ${name}`));
    for (const name of ['a.txt', 'b.txt']) {
      await scene.file(name, 'mine');
    }
    answer = () => 'Overwrite';
    await download(...ids);
    assert.deepEqual(
      modals.asked.map(({ detail }) => detail),
      ['The answer holds for all files of this download.'],
    );
    assert.deepEqual(await Promise.all(['a.txt', 'b.txt'].map(read)), ['new a.txt', 'new b.txt']);
  });

  it('are not overwritten unless they were shown, where a task told names', async () => {
    const names = ['a.txt', 'b.txt', 'c.txt'];
    for (const name of [...names, 'package.json']) {
      await scene.file(name, 'mine');
    }
    const conflicts = new Conflicts(
      names.map((name, id) => ({ id, name })),
      { kind: 'folder', folder: scene.folderUri },
    );
    answer = ({ text }) => (text.includes('package.json') ? 'Skip' : 'Overwrite');
    const answers = [];
    // Pyrus tells another name of the last one than the task did.
    for (const [id, name] of ['a.txt', 'b.txt', 'package.json'].entries()) {
      conflicts.claim(id, name);
      answers.push(await conflicts.answer(id, name));
    }
    assert.deepEqual(answers, ['overwrite', 'overwrite', 'skip']);
    assert.deepEqual(
      modals.asked.map(({ text }) => text),
      ['“a.txt” is already there.', '“package.json” is already there.'],
    );
    assert.match(modals.asked[0]?.detail ?? '', /^So are these:\nb\.txt\nc\.txt\n\n/);
  });

  it('are all kept, or all left, by one answer', async () => {
    const ids = ['a.txt', 'b.txt', 'c.txt'].map(name => add(name, `new ${name}`));
    for (const name of ['a.txt', 'b.txt', 'c.txt']) {
      await scene.file(name, 'mine');
    }
    answer = () => 'Skip';
    assert.deepEqual(await download(...ids), []);
    answer = () => 'Keep Both';
    assert.deepEqual(await download(...ids), ['a (1).txt', 'b (1).txt', 'c (1).txt']);
    assert.equal(modals.asked.length, 2);
    assert.equal((await readdir(scene.folder)).length, 6);
  });
});
