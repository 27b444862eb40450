import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import * as vscode from 'vscode';
import { fileIds } from '../pyrus-server/fixtures';
import { taskIds } from '../pyrus-server/taskParts';
import { Boxes } from './boxes';
import { Messages } from './messages';
import { accepting } from './quickInput';
import { Scene } from './scene';

/** One transparent pixel. */
const POINT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII=',
  'base64',
);

describe('a file of Pyrus that is not saved', () => {
  let scene: Scene;
  let messages: Messages;
  beforeEach(async () => {
    scene = await Scene.open();
    messages = new Messages();
  });
  afterEach(async () => {
    messages.dispose();
    await scene.close();
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  const asked = (id: number): number =>
    scene.pyrus.requests.filter(({ path }) => path.includes(`download/${id}`)).length;
  const open = async (clipboard: string): Promise<void> => {
    await vscode.env.clipboard.writeText(clipboard);
    await accepting(vscode.commands.executeCommand('pyrus.openFile'));
  };
  /** Closes what is open, and what was held of it is forgotten. */
  const closed = (): Thenable<unknown> =>
    vscode.commands.executeCommand('workbench.action.closeAllEditors');
  const activeText = (): vscode.TextEditor => {
    const editor = vscode.window.activeTextEditor;
    assert.ok(editor);
    return editor;
  };

  it('is shown read-only, and is nowhere on the disk', async () => {
    await open(String(fileIds.plain));
    const { document } = activeText();
    assert.equal(document.uri.scheme, 'pyrus-file');
    assert.match(document.uri.path, /\/1731\/1334\/test\.txt$/);
    assert.equal(document.getText(), 'file content');
    assert.equal(vscode.workspace.fs.isWritableFileSystem('pyrus-file'), false);
    await assert.rejects(async () => vscode.workspace.fs.writeFile(document.uri, Buffer.from('x')));
    await assert.rejects(async () => vscode.workspace.fs.delete(document.uri));
    assert.deepEqual(await readdir(scene.folder), []);
    assert.equal(asked(fileIds.plain), 1);
  });

  it('is held as long as it is shown, and fetched again when a tab comes back', async () => {
    await open(String(fileIds.plain));
    const { uri } = activeText().document;
    await vscode.workspace.fs.readFile(uri);
    assert.equal(asked(fileIds.plain), 1);
    await closed();
    await vscode.commands.executeCommand('workbench.action.reopenClosedEditor');
    assert.equal(Buffer.from(await vscode.workspace.fs.readFile(uri)).toString(), 'file content');
    assert.equal(activeText().document.getText(), 'file content');
    assert.equal(asked(fileIds.plain), 2);
  });

  it('is fetched for nobody who only asks for its address', async () => {
    await open(String(fileIds.plain));
    const { uri } = activeText().document;
    const other = uri.with({
      path: uri.path.replace(`/${fileIds.plain}/`, `/${fileIds.quotedName}/`),
    });
    const notFound = { code: 'FileNotFound' };
    await assert.rejects(async () => vscode.workspace.fs.readFile(other), notFound);
    await assert.rejects(async () => vscode.workspace.fs.stat(other), notFound);
    await closed();
    await assert.rejects(async () => vscode.workspace.fs.readFile(uri), notFound);
    assert.deepEqual([asked(fileIds.plain), asked(fileIds.quotedName)], [1, 0]);
  });

  it('is had by no address of another account, or of no file', async () => {
    await open(String(fileIds.plain));
    const { uri } = activeText().document;
    for (const path of [
      '/',
      '/host/1/x/a.txt',
      '/host/1/2',
      '/nowhere.example/1731/1334/test.txt',
    ]) {
      await assert.rejects(async () => vscode.workspace.fs.readFile(uri.with({ path })));
      await vscode.commands.executeCommand('vscode.open', uri.with({ path }));
    }
    assert.equal(asked(fileIds.plain), 1);
  });

  it('is shown as a picture when it is one', async () => {
    const { id } = scene.pyrus.addFile({ name: 'точка.png', content: POINT });
    await open(String(id));
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.equal(tab?.label, 'точка.png');
    assert.ok(tab.input instanceof vscode.TabInputCustom);
    assert.deepEqual(await readdir(scene.folder), []);
    await closed();
    await vscode.commands.executeCommand('workbench.action.reopenClosedEditor');
    const { uri } = tab.input;
    assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(uri)), POINT);
  });

  it('is there as long as a picture is compared with it', async () => {
    const { id } = scene.pyrus.addFile({ name: 'point.png', content: POINT });
    const local = await scene.file('point.png', POINT);
    const other = await scene.file('other.txt', '');
    await vscode.env.clipboard.writeText(String(id));
    await accepting(vscode.commands.executeCommand('pyrus.compare', local, [local]));
    await vscode.window.showTextDocument(other, { preview: false });
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    const [account] = await vscode.authentication.getAccounts('pyrus');
    const path = `/${account?.id}/${id}/point.png`;
    const uri = vscode.Uri.from({ scheme: 'pyrus-file', path });
    assert.deepEqual(Buffer.from(await vscode.workspace.fs.readFile(uri)), POINT);
  });

  it('is not shown when it is too large, or cannot be had', async () => {
    const { id } = scene.pyrus.addFile({
      name: 'large.bin',
      content: Buffer.alloc(32 * 1024 * 1024 + 1),
    });
    await open(String(id));
    assert.match(
      (await messages.next()).text,
      /^The file has 32(\.0)? MB; up to 32 MB can be opened without saving\. Download it instead\.$/,
    );
    await open(String(fileIds.missing));
    assert.match((await messages.next()).text, /1404/);
    assert.equal(vscode.window.tabGroups.activeTabGroup.tabs.length, 0);
  });

  it('is compared with the file of the active tab', async () => {
    const local = await scene.file('test.txt', 'other content');
    await vscode.window.showTextDocument(local);
    await vscode.env.clipboard.writeText(String(fileIds.plain));
    await accepting(vscode.commands.executeCommand('pyrus.compare'));
    const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
    assert.equal(tab?.label, 'test.txt (in Pyrus ↔ here)');
    assert.ok(tab.input instanceof vscode.TabInputTextDiff);
    assert.equal(tab.input.modified.toString(), local.toString());
    const { original } = tab.input;
    assert.equal((await vscode.workspace.openTextDocument(original)).getText(), 'file content');
    assert.deepEqual(await readdir(scene.folder), ['test.txt']);
  });

  it('is compared with the one of a task that has its name, in its newest version', async () => {
    const local = await scene.file('S15294-16.pdf', 'other content');
    await vscode.env.clipboard.writeText(`${scene.pyrus.origins.accounts}/t#id${taskIds.form}`);
    const boxes = new Boxes();
    try {
      const compared = vscode.commands.executeCommand('pyrus.compare', local, [local]);
      // Enter is pressed until the list is shown: what was pressed before takes the same way, before it.
      const list = await accepting(boxes.next(/^Files of /));
      await list.isAt('S15294-16.pdf');
      await list.enter();
      await compared;
    } finally {
      await boxes.dispose();
    }
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    assert.ok(input instanceof vscode.TabInputTextDiff);
    assert.match(input.original.path, new RegExp(`/${fileIds.secondVersion}/S15294-16\\.pdf$`));
  });
});
