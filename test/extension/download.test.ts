import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { DownloadedFile } from '../../src/commands/downloadReport';
import { cyrillicName, fileIds } from '../pyrus-server/fixtures';
import { readLog } from './logFile';
import { MemoryFiles } from './memoryFiles';
import { accepting, leaving } from './quickInput';
import { Scene } from './scene';
import { md5 } from './uploading';

describe('pyrus.download', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(() => scene.close());

  /** Downloads into the clicked folder. @returns names of what was saved there */
  const into = async (clipboard: string, folder = scene.folderUri): Promise<string[]> => {
    const saved = await download(clipboard, folder, [folder]);
    assert.ok(saved, 'the command answered nothing: it failed, or asked something');
    for (const uri of saved) {
      assert.equal(path.posix.dirname(uri.path), folder.path);
    }
    return saved.map(uri => path.posix.basename(uri.path));
  };
  const read = (name: string): Promise<string> => readFile(path.join(scene.folder, name), 'utf8');

  it('puts a file by its id into the clicked folder, and nothing beside it', async () => {
    assert.deepEqual(await into(String(fileIds.plain)), ['test.txt']);
    assert.equal(await read('test.txt'), 'file content');
    assert.deepEqual(await readdir(scene.folder), ['test.txt']);
  });

  it('takes a link to a file', async () => {
    const { api, accounts } = scene.pyrus.origins;
    const link = `${accounts}/services/attachment?Id=${fileIds.plain}`;
    assert.deepEqual(await into(link), ['test.txt']);
    assert.deepEqual(await into(`${api}/v4/files/download/${fileIds.jsonContent}`), ['a.json']);
    assert.equal(await read('a.json'), '{"a":1}\n');
  });

  it('takes the selection of the editor before the clipboard', async () => {
    const content = `file_id = ${fileIds.jsonContent};`;
    const document = await vscode.workspace.openTextDocument({ content });
    const editor = await vscode.window.showTextDocument(document);
    editor.selection = new vscode.Selection(0, 10, 0, 14);
    assert.deepEqual(await into(String(fileIds.plain)), ['a.json']);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('knows Cyrillic names, however they are written', async () => {
    for (const id of [fileIds.extendedName, fileIds.rawUtf8Name]) {
      const folder = path.join(scene.folder, String(id));
      await mkdir(folder);
      assert.deepEqual(await into(String(id), vscode.Uri.file(folder)), [cyrillicName]);
      assert.deepEqual(await readdir(folder), [cyrillicName]);
    }
  });

  it('names a file without a name after its id', async () => {
    const [name] = await into(String(fileIds.unnamedChunked));
    assert.match(name ?? '', new RegExp(`^file-${fileIds.unnamedChunked}`));
  });

  it('fetches several, each once, in the order given', async () => {
    const ids = [fileIds.jsonContent, fileIds.plain, fileIds.jsonContent, fileIds.inTitle];
    assert.deepEqual(await into(ids.join(', ')), ['a.json', 'test.txt', 'scan.png']);
    assert.deepEqual((await readdir(scene.folder)).sort(), ['a.json', 'scan.png', 'test.txt']);
  });

  it('fetches the others when some cannot be had', async () => {
    const { forbidden, missing, removed, plain, redirected } = fileIds;
    const ids = [forbidden, missing, removed, 999_999, redirected, plain];
    assert.deepEqual(await into(ids.join(' ')), ['test.txt']);
    assert.deepEqual(await readdir(scene.folder), ['test.txt']);
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  it('saves every byte of a large file', async () => {
    const { id, md5: digest } = scene.pyrus.addFile({ name: 'large.bin', content: 20_000_003 });
    assert.deepEqual(await into(String(id)), ['large.bin']);
    assert.equal(md5(await readFile(path.join(scene.folder, 'large.bin'))), digest);
    assert.deepEqual(await readdir(scene.folder), ['large.bin']);
  });

  it('leaves nothing of a file that breaks off every time', async () => {
    scene.pyrus.script({
      match: /files\/download/,
      times: Infinity,
      send: { cut: { at: 5, how: 'rst' } },
    });
    assert.deepEqual(await into(String(fileIds.plain)), []);
    assert.deepEqual(await readdir(scene.folder), []);
  });

  it('renews an expired token on the way', async () => {
    const before = scene.pyrus.authCount;
    scene.pyrus.setTokens('expired');
    assert.deepEqual(await into(`${fileIds.plain} ${fileIds.jsonContent}`), ['test.txt', 'a.json']);
    assert.equal(scene.pyrus.authCount, before + 1);
  });

  it('asks before it touches a file that is there', async () => {
    // Dialogs are refused while a suite runs, so the question is a failure here.
    await scene.file('test.txt', 'mine');
    const before = (await readLog()).length;
    assert.deepEqual(await into(String(fileIds.plain)), []);
    assert.match((await readLog()).slice(before), /refused to show dialog.*“test.txt” is already/);
    assert.equal(await read('test.txt'), 'mine');
    assert.deepEqual(await readdir(scene.folder), ['test.txt']);
  });

  it('makes a hostile name safe', async () => {
    const { id } = scene.pyrus.addFile({
      name: 'x',
      content: 'content',
      headers: { 'Content-Disposition': `attachment; filename*=UTF-8''..%2F..%2F.vscode%2Fa.json` },
    });
    const names = await into(String(id));
    assert.deepEqual(await readdir(scene.folder), names);
    assert.equal(await read(names[0] ?? ''), 'content');
  });

  it('goes where the folder is when a file in it is clicked', async () => {
    const clicked = await scene.file('clicked.txt', 'clicked');
    const saved = await download(String(fileIds.plain), clicked, [clicked]);
    assert.deepEqual(saved?.map(String), [
      vscode.Uri.joinPath(scene.folderUri, 'test.txt').toString(),
    ]);
  });

  it('goes into the folder clicked, whichever was selected first', async () => {
    const [first, clicked] = ['first', 'clicked'].map(name =>
      vscode.Uri.joinPath(scene.folderUri, name),
    );
    assert.ok(first && clicked);
    await Promise.all([first, clicked].map(({ fsPath }) => mkdir(fsPath)));
    const saved = await download(String(fileIds.plain), clicked, [first, clicked]);
    assert.deepEqual(saved?.map(String), [vscode.Uri.joinPath(clicked, 'test.txt').toString()]);
  });

  it('goes into the workspace folder from the palette', async () => {
    const saved = await download(String(fileIds.inTable));
    const workspace = vscode.workspace.workspaceFolders?.[0];
    assert.ok(workspace);
    const expected = vscode.Uri.joinPath(workspace.uri, 'receipt.jpg');
    assert.deepEqual(saved?.map(String), [expected.toString()]);
    assert.equal(String(await vscode.workspace.fs.readFile(expected)), '123');
    await vscode.workspace.fs.delete(expected);
  });

  it('writes nothing into the folders of tools', async () => {
    const folder = path.join(scene.folder, '.vscode');
    await mkdir(folder);
    assert.deepEqual(await into(String(fileIds.plain), vscode.Uri.file(folder)), []);
    assert.deepEqual(await readdir(folder), []);
  });

  it('does not write through a link that is in the way', async () => {
    const outside = await scene.file('outside.txt', 'mine');
    const folder = path.join(scene.folder, 'inside');
    await mkdir(folder);
    await symlink(outside.fsPath, path.join(folder, 'test.txt'));
    await into(String(fileIds.plain), vscode.Uri.file(folder));
    assert.equal(await read('outside.txt'), 'mine');
  });

  it('W6 asks before it follows a link of the workspace to a folder elsewhere', async () => {
    const outside = await mkdtemp(path.join(await realpath(tmpdir()), 'pyrus-outside-'));
    const link = path.join(scene.folder, 'build');
    await symlink(outside, link);
    await mkdir(path.join(outside, 'inner'));
    const before = (await readLog()).length;
    for (const folder of [link, path.join(link, 'inner'), outside]) {
      const uri = vscode.Uri.file(folder);
      assert.equal(await download(String(fileIds.plain), uri, [uri]), undefined);
    }
    const said = (await readLog()).slice(before);
    assert.match(said, /refused to show dialog.*Download into “build”, outside the workspace\?/);
    assert.equal(said.split('outside the workspace?').length, 4, said);
    assert.deepEqual(await readdir(outside, { recursive: true }), ['inner']);
    await rm(outside, { recursive: true });
  });

  it('W6 follows a link that stays in the workspace', async () => {
    const link = path.join(scene.folder, 'link');
    await mkdir(path.join(scene.folder, 'real'));
    await symlink(path.join(scene.folder, 'real'), link);
    assert.deepEqual(await into(String(fileIds.plain), vscode.Uri.file(link)), ['test.txt']);
    assert.equal(await read('real/test.txt'), 'file content');
  });

  it('takes nothing of the clipboard that it would not accept, and ends quietly on Esc', async () => {
    const guid = '8b04d5e3-775d-498e-8845-5efc5ca404d5';
    await vscode.env.clipboard.writeText(guid);
    const before = scene.pyrus.requests.length;
    const { folderUri } = scene;
    // Enter on an empty box leaves, too; on the GUID it would stay and say why.
    assert.equal(await download(guid, folderUri, [folderUri]), undefined);
    const command = vscode.commands.executeCommand('pyrus.download', folderUri, [folderUri]);
    assert.equal(await leaving(command), undefined);
    assert.equal(scene.pyrus.requests.length, before);
    assert.deepEqual(await readdir(scene.folder), []);
  });

  describe('into a file system only VS Code can reach', () => {
    let files: MemoryFiles;
    let registration: vscode.Disposable;
    beforeEach(() => {
      files = new MemoryFiles();
      registration = vscode.workspace.registerFileSystemProvider('memory', files);
      files.createDirectory(vscode.Uri.parse('memory:/folder'));
    });
    afterEach(() => {
      registration.dispose();
    });

    it('puts files, and nothing beside them', async () => {
      const folder = vscode.Uri.parse('memory:/folder');
      const ids = [fileIds.extendedName, fileIds.plain];
      assert.deepEqual(await into(ids.join(' '), folder), [cyrillicName, 'test.txt']);
      assert.deepEqual(files.paths, ['/folder', '/folder/test.txt', `/folder/${cyrillicName}`]);
      const saved = files.readFile(vscode.Uri.joinPath(folder, 'test.txt'));
      assert.equal(Buffer.from(saved).toString(), 'file content');
    });

    it('leaves nothing of a file that breaks off every time', async () => {
      scene.pyrus.script({
        match: /files\/download/,
        times: Infinity,
        send: { cut: { at: 5, how: 'rst' } },
      });
      assert.deepEqual(await into(String(fileIds.plain), vscode.Uri.parse('memory:/folder')), []);
      assert.deepEqual(files.paths, ['/folder']);
    });
  });
});

/**
 * Runs `pyrus.download` with this on the clipboard, from where the input box takes it, and accepts
 * the box as it is.
 * @param args as the Explorer passes them
 */
async function download(
  clipboard: string,
  ...args: readonly unknown[]
): Promise<readonly vscode.Uri[] | undefined> {
  await vscode.env.clipboard.writeText(clipboard);
  const saved = await accepting(
    vscode.commands.executeCommand<readonly DownloadedFile[] | undefined>(
      'pyrus.download',
      ...args,
    ),
  );
  return saved?.map(({ uri }) => vscode.Uri.parse(uri, true));
}
