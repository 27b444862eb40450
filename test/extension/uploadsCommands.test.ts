import { strict as assert } from 'node:assert';
import { randomUUID } from 'node:crypto';
import { appendFile, readFile, rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { UploadRecord } from '../../src/history/uploadRecord';
import { Boxes } from './boxes';
import { closeEditors, openEditor } from './editing';
import { Messages } from './messages';
import { Scene } from './scene';
import { upload } from './uploading';
import { withUserSetting } from './userSettings';
import { ViewUnderTest } from './uploadsView';

/** What no row of the view is. */
const HOSTILE: readonly (readonly unknown[])[] = [
  [null],
  [7],
  [''],
  ['../../etc/passwd'],
  [{}],
  [{ guid: 7 }],
  [{ guid: ['x'] }],
  [{ records: 'x' }],
  [{ records: [{ guid: null }] }],
  [{ guid: randomUUID(), uri: 'file:///etc/passwd', name: 'x' }],
  [undefined, [randomUUID()]],
  [vscode.Uri.file('/etc/passwd')],
  [new Proxy({}, {})],
];

describe('the commands of the uploads view', () => {
  let scene: Scene;
  let shown: ViewUnderTest;
  beforeEach(async () => {
    scene = await Scene.open();
    shown = await ViewUnderTest.open();
  });
  afterEach(async () => {
    await closeEditors();
    await shown.close();
    await scene.close();
  });

  const run = (id: string, ...args: readonly unknown[]): Thenable<unknown> =>
    vscode.commands.executeCommand(`pyrus.uploads.${id}`, ...args);
  /** Uploads files with these names, and their names as content. */
  const uploaded = async (...names: readonly string[]): Promise<UploadRecord[]> => {
    const uris = await Promise.all(names.map(name => scene.file(name, name)));
    await upload(uris[0], uris);
    const records = await shown.uploads();
    return names.map(name => {
      const record = records.find(row => row.name === name);
      assert.ok(record);
      return record;
    });
  };
  const clipboardAfter = async (...args: readonly unknown[]): Promise<string> => {
    await vscode.env.clipboard.writeText('as it was');
    await run('copy', ...args);
    return vscode.env.clipboard.readText();
  };

  it('copy GUIDs: of a row, of the rows selected, of a day, of a GUID in any case', async () => {
    const [a, b, c] = await uploaded('a.txt', 'b.txt', 'c.txt');
    assert.ok(a && b && c);
    assert.equal(await clipboardAfter(a), a.guid);
    assert.equal(await clipboardAfter(a, undefined), a.guid);
    assert.equal(await clipboardAfter(c, [a, c, a]), `${a.guid}\n${c.guid}`);
    const [today] = await shown.days();
    const all = (await shown.uploads()).map(({ guid }) => guid).join('\n');
    assert.equal(await clipboardAfter(today), all);
    assert.equal(await clipboardAfter(b.guid.toUpperCase()), b.guid);
  });

  it('do nothing with what is in no history', async () => {
    const [known] = await uploaded('a.txt');
    const requests = scene.pyrus.requests.length;
    for (const args of HOSTILE) {
      assert.equal(await clipboardAfter(...args), 'as it was');
      for (const id of ['copyAs', 'insert', 'uploadAgain', 'compare', 'reveal', 'forget']) {
        assert.equal(await run(id, ...args), undefined);
      }
    }
    assert.deepEqual(await shown.uploads(), [known]);
    assert.equal(scene.pyrus.requests.length, requests);
  });

  it('take from a row its GUID only, and all else from the history', async () => {
    const [a] = await uploaded('a.txt');
    assert.ok(a);
    const secret = await scene.file('secret.txt', 'secret');
    await run('uploadAgain', { ...a, name: 'secret.txt', uri: secret.toString() });
    assert.deepEqual(
      scene.pyrus.uploads.map(({ name }) => name),
      ['a.txt', 'a.txt'],
    );
  });

  it('insert GUIDs where the cursors are, by what is around them: of a row, of the rows selected, of a day', async () => {
    const [a, b] = await uploaded('a.txt', 'b.txt');
    assert.ok(a && b);
    const [today] = await shown.days();
    const first = await openEditor('{ "attachments": [|] }', 'json');
    await run('insert', a);
    assert.equal(first.document.getText(), `{ "attachments": [{ "guid": "${a.guid}" }] }`);
    const each = await openEditor("x = '|'\ny = '|'\n", 'python');
    await run('insert', b, [b, a]);
    assert.equal(each.document.getText(), `x = '${b.guid}'\ny = '${a.guid}'\n`);
    const all = await openEditor('[|]', 'plaintext');
    await run('insert', today);
    const guids = (await shown.uploads()).map(({ guid }) => guid);
    assert.equal(all.document.getText(), `[${guids.join(', ')}]`);
  });

  it('insert into the editor worked in last, which then has the focus; one undo takes it back', async () => {
    const [a] = await uploaded('a.txt');
    assert.ok(a);
    const { document } = await openEditor('x = "|"', 'python');
    await vscode.commands.executeCommand('pyrus.uploads.focus');
    await run('insert', a);
    assert.equal(document.getText(), `x = "${a.guid}"`);
    await vscode.commands.executeCommand('type', { text: '!' });
    assert.equal(document.getText(), `x = "${a.guid}!"`);
    await vscode.commands.executeCommand('undo');
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), 'x = ""');
  });

  it('say that there is no editor to insert into, and copy instead', async () => {
    const messages = new Messages();
    try {
      const [a, b] = await uploaded('a.txt', 'b.txt');
      assert.ok(a && b);
      // That they are in Pyrus is said a moment after the command has answered.
      await messages.next();
      await run('insert', a, [a, b]);
      const { kind, text } = await messages.next();
      assert.deepEqual(
        [kind, text],
        [
          'warning',
          'No editor is open to insert into. The GUIDs are on the clipboard, one per line.',
        ],
      );
      assert.equal(await vscode.env.clipboard.readText(), `${a.guid}\n${b.guid}`);
    } finally {
      messages.dispose();
    }
  });

  it('ask before a GUID that is used up is inserted', async () => {
    const [a] = await uploaded('a.txt');
    assert.ok(a);
    await shown.history.attached(a.guid, { taskId: 1001, fileId: 17563 });
    const { document } = await openEditor('{ "attachments": [|] }', 'json');
    const boxes = new Boxes();
    try {
      const inserted = run('insert', a);
      const box = await boxes.next('“a.txt”: attached to task 1001');
      assert.equal(document.getText(), '{ "attachments": [] }');
      await box.choose('$(link) Refer to the Attached File');
      await inserted;
    } finally {
      await boxes.dispose();
    }
    assert.equal(document.getText(), '{ "attachments": [{ "attachment_id": 17563 }] }');
  });

  it('upload again: the file as it is now, for a new GUID, though the old one is unused', async () => {
    const [a, b] = await uploaded('a.txt', 'b.txt');
    assert.ok(a && b);
    await scene.file('b.txt', 'changed');
    await withUserSetting('upload.sameBytes', 'reuse', () => run('uploadAgain', a, [b, a]));
    const sizes = new Map(scene.pyrus.uploads.slice(2).map(({ guid, size }) => [guid, size]));
    const guids = (await vscode.env.clipboard.readText()).split('\n');
    assert.deepEqual(
      guids.map(guid => sizes.get(guid)),
      ['changed'.length, 'a.txt'.length],
    );
    const rows = (await shown.uploads()).map(({ guid }) => guid);
    assert.deepEqual(rows.sort(), [a.guid, b.guid, ...guids].sort());
  });

  it('do not upload again what is gone, or never was a file', async () => {
    const [a] = await uploaded('a.txt');
    assert.ok(a?.uri);
    await rm(vscode.Uri.parse(a.uri).fsPath);
    const pasted = await shown.noted({ name: 'image.png' });
    await run('uploadAgain', a);
    await run('uploadAgain', pasted);
    assert.equal(scene.pyrus.uploads.length, 1);
  });

  it('compare with what was uploaded, by the bytes', async () => {
    const [same, other, gone] = await uploaded('same.txt', 'other.txt', 'gone.txt');
    assert.ok(same && other && gone?.uri);
    await scene.file('same.txt', 'same.txt');
    await scene.file('other.txt', 'OTHER.txt');
    await rm(vscode.Uri.parse(gone.uri).fsPath);
    assert.deepEqual(await run('compare', same), ['unchanged']);
    assert.deepEqual(await run('compare', same, [other, same, gone]), [
      'changed',
      'unchanged',
      'missing',
    ]);
    assert.deepEqual(await run('compare', await shown.noted({ name: 'image.png' })), ['missing']);
  });

  it('reveal a file of the workspace in the Explorer, and any other one in an editor', async () => {
    const [a] = await uploaded('a.txt');
    await run('reveal', a);
    assert.equal(vscode.window.tabGroups.activeTabGroup.activeTab, undefined);
    const outside = vscode.Uri.joinPath(vscode.Uri.file(shown.file), '..', 'outside.txt');
    await vscode.workspace.fs.writeFile(outside, Buffer.from('outside'));
    try {
      await run('reveal', await shown.noted({ uri: outside.toString() }));
      assert.equal(vscode.window.activeTextEditor?.document.uri.toString(), outside.toString());
    } finally {
      await vscode.workspace.fs.delete(outside);
    }
  });

  it('clear the file also when the view is empty', async () => {
    await appendFile(shown.file, `\n${JSON.stringify({ kind: 'lost', guid: 'тайна' })}\n`);
    assert.deepEqual(await shown.uploads(), []);
    await run('clear');
    assert.doesNotMatch(await readFile(shown.file, 'utf8'), /тайна/);
  });

  it('forget rows, from the disk, too', async () => {
    const [a, b, c] = await uploaded('тайна.txt', 'b.txt', 'тоже.txt');
    assert.ok(a && b && c);
    await shown.changesBy(() => Promise.resolve(run('forget', a, [a, c])));
    assert.deepEqual(await shown.uploads(), [b]);
    assert.doesNotMatch(await readFile(shown.file, 'utf8'), /тайна|тоже/);
    assert.match(await readFile(shown.file, 'utf8'), /b\.txt/);
  });
});
