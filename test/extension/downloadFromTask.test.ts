import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { DownloadedFile } from '../../src/commands/downloadReport';
import { fileIds } from '../pyrus-server/fixtures';
import { taskIds } from '../pyrus-server/taskParts';
import { accepting } from './quickInput';
import { Scene } from './scene';
import { md5 } from './uploading';

describe('the files of a task', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(async () => {
    await scene.close();
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  /** Runs a command on the scene's folder, pressing Enter at every question. */
  const into = async (command: string, clipboard: string): Promise<string[] | undefined> => {
    await vscode.env.clipboard.writeText(clipboard);
    const { folderUri } = scene;
    const saved = await accepting(
      vscode.commands.executeCommand<readonly DownloadedFile[] | undefined>(command, folderUri, [
        folderUri,
      ]),
    );
    return saved?.map(({ uri }) => path.posix.basename(vscode.Uri.parse(uri, true).path)).sort();
  };
  const fromTask = (id: number): Promise<string[] | undefined> =>
    into('pyrus.downloadFromTask', `#${id}`);

  it('are those of all its places, each once, in their newest versions', async () => {
    assert.deepEqual(await fromTask(taskIds.form), [
      'S15294-16.pdf',
      'receipt.jpg',
      'scan.png',
      'test.txt',
    ]);
    assert.equal(await readFile(path.join(scene.folder, 'test.txt'), 'utf8'), 'file content');
    const asked = scene.pyrus.requests.map(({ path: where }) => where);
    assert.ok(asked.some(where => where.includes(String(fileIds.secondVersion))));
    assert.ok(!asked.some(where => where.includes(String(fileIds.firstVersion))));
  });

  it('are not those that were removed', async () => {
    const names = await fromTask(taskIds.removals);
    assert.ok(names?.includes('test.txt'));
    const asked = scene.pyrus.requests.map(({ path: where }) => where).join('\n');
    for (const id of [fileIds.jsonContent, fileIds.inTitle, fileIds.inTable]) {
      assert.doesNotMatch(asked, new RegExp(`download/${id}`));
    }
  });

  it('come with ids as text, too', async () => {
    assert.ok(((await fromTask(taskIds.stringIds)) ?? []).length > 0);
  });

  it('are asked for when pyrus.download is given a task, by its link', async () => {
    const link = `${scene.pyrus.origins.accounts}/t#id${taskIds.form}`;
    assert.equal((await into('pyrus.download', link))?.length, 4);
  });

  it('do not stay when they are not what the task says', async () => {
    const content = Buffer.from('what was attached');
    const { id } = scene.pyrus.addFile({ name: 'a.txt', content });
    const task = scene.pyrus.task(taskIds.simple);
    assert.ok(task);
    const comment = {
      id: 14,
      create_date: task.create_date,
      author: task.author,
      attachments: [
        { id, name: 'a.txt', size: content.length, md5: md5('something other'), url: '' },
      ],
    };
    task.comments.push(comment);
    assert.deepEqual(await fromTask(taskIds.simple), []);
    assert.deepEqual(await readdir(scene.folder), []);
  });
});
