import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { ReplacedGuid } from '../../src/commands/replaceGuid';
import type { UploadHistory } from '../../src/history/uploadHistory';
import type { NewUpload } from '../../src/history/uploadRecord';
import { historyOfAnotherWindow, newUpload, uploadOf } from './notedUploads';
import { Scene } from './scene';

const HERE = 'Upload “a.txt” again and replace this GUID';
const EVERYWHERE = `${HERE} everywhere in the workspace`;

describe('the quick fix for a GUID', () => {
  let scene: Scene;
  let history: UploadHistory;
  let file: vscode.Uri;
  let upload: NewUpload;
  beforeEach(async () => {
    scene = await Scene.open();
    history = await historyOfAnotherWindow();
    file = await scene.file('a.txt', 'content');
    upload = await uploadOf(scene, file);
    await history.add([upload]);
  });
  afterEach(async () => {
    await history.clear();
    await scene.close();
  });

  const fixes = async (
    document: vscode.TextDocument,
    range: vscode.Range = new vscode.Range(0, 0, 0, 0),
  ): Promise<string[]> => (await actionsFor(document, range)).map(({ title }) => title);

  describe('is offered', () => {
    it('when the GUID is used up: it attaches once', async () => {
      await history.attached(upload.guid, { taskId: 1001, fileId: 77 });
      assert.deepEqual(await fixes(await textDocument(upload.guid)), [HERE, EVERYWHERE]);
    });

    it('when Pyrus no longer takes the GUID', async () => {
      await history.lost(upload.guid);
      assert.deepEqual(await fixes(await textDocument(upload.guid)), [HERE, EVERYWHERE]);
    });

    it('when the file has changed since, also to as many bytes, and no longer when it is back', async () => {
      const document = await textDocument(upload.guid);
      await vscode.workspace.fs.writeFile(file, Buffer.from('more content'));
      assert.deepEqual(await fixes(document), [HERE, EVERYWHERE]);
      await vscode.workspace.fs.writeFile(file, Buffer.from('CONTENT'));
      assert.deepEqual(await fixes(document), [HERE, EVERYWHERE]);
      await vscode.workspace.fs.writeFile(file, Buffer.from('content'));
      assert.deepEqual(await fixes(document), []);
    });

    it('for another file when the file is gone', async () => {
      await history.lost(upload.guid);
      await vscode.workspace.fs.delete(file);
      assert.deepEqual(await fixes(await textDocument(upload.guid)), [
        'Upload a file and replace this GUID…',
        'Upload a file and replace this GUID everywhere in the workspace…',
      ]);
    });

    it('at the cursor and in a selection, for each GUID once, in any case', async () => {
      const other = newUpload(scene, { name: 'b.txt' });
      await history.add([other]);
      await history.lost(upload.guid);
      await history.lost(other.guid);
      const text = `x${' '.repeat(9)}${upload.guid.toUpperCase()}, ${other.guid}, ${upload.guid}`;
      const document = await textDocument(text);
      const range = (from: number, to = from): vscode.Range => new vscode.Range(0, from, 0, to);
      assert.deepEqual(await fixes(document, range(9)), []);
      assert.deepEqual(await fixes(document, range(10)), [HERE, EVERYWHERE]);
      assert.deepEqual(await fixes(document, range(46)), [HERE, EVERYWHERE]);
      // A double click selects a part.
      assert.deepEqual(await fixes(document, range(20, 24)), [HERE, EVERYWHERE]);
      assert.deepEqual(await fixes(document, range(0, text.length)), [
        HERE,
        EVERYWHERE,
        'Upload a file and replace this GUID…',
        'Upload a file and replace this GUID everywhere in the workspace…',
      ]);
    });
  });

  it('is not offered for a GUID that is still good, nor for one nobody knows', async () => {
    assert.deepEqual(await fixes(await textDocument(upload.guid)), []);
    await vscode.workspace.fs.delete(file);
    assert.deepEqual(await fixes(await textDocument(upload.guid)), []);
    assert.deepEqual(await fixes(await textDocument(randomUUID())), []);
    assert.equal(scene.uploadRequests.length, 0);
  });

  describe('replaces', () => {
    const files = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('files');
    beforeEach(async () => {
      // In a browser VS Code would save by itself, soon.
      await files().update('autoSave', 'off', vscode.ConfigurationTarget.Global);
      await history.attached(upload.guid, { taskId: 1001 });
    });
    afterEach(() => files().update('autoSave', undefined, vscode.ConfigurationTarget.Global));

    it('in this file: every place, in any case, with one undo; nothing else', async () => {
      const other = await scene.file('other.json', upload.guid);
      const before = `a ${upload.guid}\r\nb ${upload.guid.toUpperCase()} ${randomUUID()}\r\n`;
      const document = await openFile(await scene.file('code.txt', `\ufeff${before}`));
      await applyingPreview(run(document, HERE));
      const guid = onlyUpload(scene);
      assert.equal(document.getText(), before.replaceAll(new RegExp(upload.guid, 'gi'), guid));
      assert.equal(await onDisk(other), upload.guid);
      await document.save();
      assert.equal(await onDisk(document.uri), `\ufeff${document.getText()}`);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
      assert.equal((await history.find(guid))?.uri, file.toString());
    });

    it('in this file without a preview when there is one place', async () => {
      const document = await openFile(await scene.file('code.txt', `a ${upload.guid}`));
      await run(document, HERE);
      assert.equal(document.getText(), `a ${onlyUpload(scene)}`);
    });

    it('in the workspace: what is open as it stands in the editor, what is not on disk', async () => {
      const dirty = await openFile(await scene.file('dirty.txt', 'nothing yet'));
      await edit(dirty, text => `${text} ${upload.guid}`);
      const cleared = await openFile(await scene.file('cleared.txt', upload.guid));
      await edit(cleared, () => 'cleared');
      const closed = await scene.file('closed.json', `{\r\n"id": "${upload.guid}"\r\n}\r\n`);
      const marked = await scene.file('marked.txt', `\ufeff${upload.guid.toUpperCase()}\n`);
      const utf16 = await scene.file(
        'utf16.txt',
        Buffer.from(`\ufeffй ${upload.guid}\n`, 'utf16le'),
      );
      const untitled = await textDocument(`new ${upload.guid}`);
      const document = await openFile(await scene.file('code.txt', upload.guid));
      await applyingPreview(run(document, EVERYWHERE));
      const guid = onlyUpload(scene);
      assert.equal(document.getText(), guid);
      assert.equal(dirty.getText(), `nothing yet ${guid}`);
      assert.equal(cleared.getText(), 'cleared');
      assert.equal(untitled.getText(), `new ${guid}`);
      assert.deepEqual([dirty.isDirty, untitled.isDirty, document.isDirty], [true, true, false]);
      assert.equal(await onDisk(closed), `{\r\n"id": "${guid}"\r\n}\r\n`);
      assert.equal(await onDisk(marked), `\ufeff${guid}\n`);
      const bytes = await vscode.workspace.fs.readFile(utf16);
      assert.equal(Buffer.from(bytes).toString('utf16le'), `\ufeffй ${guid}\n`);
    });

    it('in the workspace, but not what is excluded, binary, misread, or outside', async () => {
      const { guid: old } = upload;
      const kept = new Map<vscode.Uri, Uint8Array>();
      const keep = async (name: string, content: string | Uint8Array): Promise<void> => {
        kept.set(await scene.file(name, content), Buffer.from(content));
      };
      await keep('node_modules/a/index.js', old);
      await keep('.git/config', old);
      await keep('binary.dat', Buffer.concat([Buffer.from([0, 1, 2, 0]), Buffer.from(old)]));
      await keep('1251.bsl', Buffer.concat([Buffer.from([0xcf, 0xf0, 0xe8]), Buffer.from(old)]));
      await keep('large.txt', `${old}${' '.repeat(5 * 1024 * 1024)}`);
      await keep('longer.txt', `${old}0`);
      const outside = await mkdtemp(path.join(os.tmpdir(), 'pyrus-outside-'));
      await writeFile(path.join(outside, 'a.txt'), old);
      await symlink(outside, path.join(scene.folder, 'outside'));
      const document = await openFile(await scene.file('code.txt', `${old} ${old}`));
      await symlink(document.uri.fsPath, path.join(scene.folder, 'link.txt'));
      const replaced = await applyingPreview(run(document, EVERYWHERE));
      for (const [uri, content] of kept) {
        assert.deepEqual(
          Buffer.from(await vscode.workspace.fs.readFile(uri)),
          Buffer.from(content),
          uri.path,
        );
      }
      const guid = onlyUpload(scene);
      assert.equal(document.getText(), `${guid} ${guid}`);
      assert.equal(await readFile(path.join(outside, 'a.txt'), 'utf8'), old);
      await rm(outside, { recursive: true });
      const { files, leftOut } = replaced as ReplacedGuid;
      assert.equal(files, 1);
      assert.deepEqual(
        leftOut.map(({ path: file }) => path.posix.relative(scene.folder, file)).sort(),
        ['1251.bsl', 'binary.dat', 'outside/a.txt'],
      );
    });
  });
});

async function textDocument(content: string): Promise<vscode.TextDocument> {
  return vscode.workspace.openTextDocument({ content, language: 'plaintext' });
}

async function openFile(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

async function edit(
  document: vscode.TextDocument,
  change: (text: string) => string,
): Promise<void> {
  const text = document.getText();
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
  const changes = new vscode.WorkspaceEdit();
  changes.replace(document.uri, whole, change(text));
  assert.ok(await vscode.workspace.applyEdit(changes));
}

async function onDisk(uri: vscode.Uri): Promise<string> {
  return Buffer.from(await vscode.workspace.fs.readFile(uri)).toString();
}

async function actionsFor(
  document: vscode.TextDocument,
  range: vscode.Range,
): Promise<vscode.CodeAction[]> {
  const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    document.uri,
    range,
  );
  return actions.filter(({ command }) => command?.command === 'pyrus.replaceGuid');
}

/** Chooses a fix for the first GUID of a document. */
async function run(document: vscode.TextDocument, title: string): Promise<unknown> {
  const position = document.positionAt(document.getText().search(/[\da-f]{8}-/i));
  const actions = await actionsFor(document, new vscode.Range(position, position));
  const command = actions.find(action => action.title === title)?.command;
  assert.ok(command, `not offered: ${title}`);
  const args: readonly unknown[] = command.arguments ?? [];
  return vscode.commands.executeCommand(command.command, ...args);
}

/** VS Code tells nobody that a preview is up: it is accepted until the command is over. */
async function applyingPreview<T>(command: Promise<T>): Promise<T> {
  const timer = setInterval(
    () => void vscode.commands.executeCommand('refactorPreview.apply'),
    100,
  );
  try {
    return await command;
  } finally {
    clearInterval(timer);
  }
}

function onlyUpload({ pyrus: { uploads } }: Scene): string {
  const [uploaded, ...others] = uploads;
  assert.ok(uploaded);
  assert.deepEqual(others, []);
  return uploaded.guid;
}
