import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileIds } from '../pyrus-server/fixtures';
import { json } from '../pyrus-server/replies';
import { questionOf } from './logFile';
import { accepting, leaving } from './quickInput';
import { Scene } from './scene';
import { signIn, signOutAll } from './signedIn';
import { upload } from './uploading';

describe('to other extensions', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
    await vscode.env.clipboard.writeText('as it was');
  });
  afterEach(() => scene.close());

  const downloads = (): readonly string[] =>
    scene.pyrus.requests.map(({ path }) => path).filter(path => path.includes('download'));

  it('pyrus.upload answers JSON, in the order given, whatever the names', async () => {
    const b = await scene.file('b.txt', 'b');
    const a = await scene.file('Отчёт №1 (#2).txt', 'a');
    const answer = await upload(b, [b, a]);
    assert.deepEqual(JSON.parse(JSON.stringify(answer)), answer);
    assert.deepEqual(
      answer.map(({ uri }) => vscode.Uri.parse(uri, true).fsPath),
      [b.fsPath, a.fsPath],
    );
    assert.deepEqual(
      answer.map(file => Object.keys(file).sort()),
      [b, a].map(() => ['guid', 'md5', 'name', 'size', 'uri']),
    );
  });

  it('pyrus.upload answers what was uploaded, of which nothing may be left', async () => {
    const good = await scene.file('a.txt', 'a');
    const empty = await scene.file('empty.txt', '');
    const answer = await upload(empty, [empty, good]);
    assert.deepEqual(
      answer.map(({ name }) => name),
      ['a.txt'],
    );
    assert.deepEqual(await upload(empty, [empty]), []);
    scene.pyrus.script({
      match: /upload/,
      times: Infinity,
      answer: json({ error_code: 'file_too_large' }, 400),
    });
    assert.deepEqual(await upload(good, [good]), []);
  });

  it('pyrus.upload answers nothing when the user does not sign in', async () => {
    const file = await scene.file('a.txt', 'a');
    await signOutAll();
    const answer = leaving(vscode.commands.executeCommand('pyrus.upload', file, [file]));
    assert.equal(await answer, undefined);
    await signIn(scene.pyrus);
  });

  it('pyrus.download takes an id, ids, and ids with a folder, and asks the user first', async () => {
    const { plain, jsonContent } = fileIds;
    const { folderUri: folder } = scene;
    const plainFolder: unknown = JSON.parse(JSON.stringify(folder));
    const one = [
      [plain],
      [[plain, plain]],
      [{ ids: plain }],
      [{ ids: [plain], folder }],
      [{ ids: [plain], folder: plainFolder }],
    ];
    for (const args of one) {
      const question = await questionOf('pyrus.download', ...args);
      assert.match(question, /^Download 1 file from Pyrus as bob\.smith@example\.com/);
    }
    const question = await questionOf('pyrus.download', { ids: [plain, jsonContent], folder });
    assert.match(question, /^Download 2 files from Pyrus as bob/);
    assert.deepEqual(downloads(), []);
    assert.deepEqual(await readdir(scene.folder), []);
  });

  it('pyrus.download does not guess: nonsense leaves the question to the user', async () => {
    const nonsense = [
      0,
      -1,
      1.5,
      NaN,
      2 ** 31,
      '1334',
      [],
      [fileIds.plain, '1334'],
      { ids: [] },
      { ids: [fileIds.plain], folder: '/tmp' },
      Array.from({ length: 101 }, (_, index) => index + 1),
    ];
    for (const argument of nonsense) {
      const answer = leaving(vscode.commands.executeCommand('pyrus.download', argument));
      assert.equal(await answer, undefined);
    }
    assert.deepEqual(downloads(), []);
  });

  it('pyrus.download answers JSON: which file is where', async () => {
    await vscode.env.clipboard.writeText(`${fileIds.plain} ${fileIds.forbidden}`);
    const { folderUri } = scene;
    const command = vscode.commands.executeCommand('pyrus.download', folderUri, [folderUri]);
    const uri = vscode.Uri.joinPath(folderUri, 'test.txt').toString();
    assert.deepEqual(await accepting(command), [{ id: fileIds.plain, uri, size: 12 }]);
  });
});
