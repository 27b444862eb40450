import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { DownloadedFile } from '../../src/commands/downloadReport';
import { fileIds } from '../pyrus-server/fixtures';
import { html } from '../pyrus-server/replies';
import { Messages, press } from './messages';
import { accepting } from './quickInput';
import { Scene } from './scene';
import { until } from './waiting';

describe('pyrus.download of which something failed', () => {
  let scene: Scene;
  let messages: Messages;
  beforeEach(async () => {
    scene = await Scene.open();
    messages = new Messages();
  });
  afterEach(async () => {
    messages.dispose();
    await scene.close();
  });

  it('asks with Retry only for that again, and has all of it in the order asked for then', async () => {
    const { plain, inTitle, jsonContent } = fileIds;
    const failing = new RegExp(`/files/download/${inTitle}\\b`);
    scene.pyrus.script({ match: failing, times: Infinity, answer: html(503, 'Unavailable') });
    await vscode.env.clipboard.writeText(`${plain} ${inTitle} ${jsonContent}`);
    const { folderUri } = scene;
    const saved = await accepting(
      vscode.commands.executeCommand<readonly DownloadedFile[]>('pyrus.download', folderUri, [
        folderUri,
      ]),
    );
    assert.deepEqual(
      saved.map(({ id }) => id),
      [plain, jsonContent],
    );
    const failure = await messages.next();
    assert.match(failure.text, /^Downloaded 2 of 3\. /);
    assert.deepEqual((await readdir(scene.folder)).sort(), ['a.json', 'test.txt']);

    scene.pyrus.clearFaults();
    const before = scene.pyrus.requests.length;
    await press(failure, 'Retry');
    const success = await messages.next();
    assert.match(success.text, /^3 files are downloaded into /);
    const asked = scene.pyrus.requests.slice(before).map(({ path: where }) => where);
    assert.equal(asked.length, 1, asked.join('\n'));
    assert.match(asked[0] ?? '', failing);
    assert.deepEqual((await readdir(scene.folder)).sort(), ['a.json', 'scan.png', 'test.txt']);

    await press(success, 'Open');
    const labels = (): string[] =>
      vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).map(({ label }) => label);
    await until(
      'all are open',
      () => labels().length === 3,
      vscode.window.tabGroups.onDidChangeTabs,
    );
    assert.deepEqual(labels(), ['test.txt', 'scan.png', 'a.json']);
  });
});
