import { strict as assert } from 'node:assert';
import { readFile, truncate } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { SeenRequest } from '../pyrus-server/journal';
import { pyrusError } from '../pyrus-server/scripted';
import { eventually } from '../eventually';
import { choose, dropEdit, newDocument, signedInInstance, text, uriList } from './dropping';
import { Scene } from './scene';
import type { Answer, SecondInstance } from './secondInstance';

const ROUTE = 'POST /v4/files/upload';

describe('files dropped into an editor', () => {
  let scene: Scene;
  let instance: SecondInstance;
  /** Presses the buttons of messages of failure, which come in here. */
  let onFailure: Answer = () => Promise.resolve(undefined);

  before(async () => {
    scene = await Scene.open();
    instance = await signedInInstance(scene, (...message) => onFailure(...message));
  });
  after(async () => {
    await instance.deactivate();
    instance.dispose();
    await scene.close();
  });
  afterEach(async () => {
    scene.pyrus.clearFaults();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    // That an upload failed is in the log; nothing else may be.
    assert.deepEqual(
      instance.errors.filter(line => !line.startsWith('upload of ')),
      [],
    );
  });

  const open = async (content: string, language = 'plaintext'): Promise<vscode.TextEditor> =>
    vscode.window.showTextDocument(await newDocument(scene, content, language));
  const at = (line: number, character: number): vscode.Range =>
    new vscode.Range(line, character, line, character);
  const lastGuid = (): string => scene.pyrus.uploads.at(-1)?.guid ?? '';

  const noMark = (now: string): boolean => !now.includes('⟦');
  const undo = (): Thenable<unknown> => vscode.commands.executeCommand('undo');
  const redo = (): Thenable<unknown> => vscode.commands.executeCommand('redo');
  const uploads = (): readonly string[] => scene.pyrus.uploads.map(({ guid }) => guid);
  /** Drops files into a new document and chooses our edit. */
  const drop = async (
    content: string,
    place: vscode.Range,
    uris: readonly vscode.Uri[],
    language?: string,
  ): Promise<{ document: vscode.TextDocument; editor: vscode.TextEditor; mark: string }> => {
    const editor = await open(content, language);
    const { document } = editor;
    const edit = await dropEdit(instance, document, uriList(...uris));
    return { document, editor, mark: await choose(edit, document, [place]) };
  };
  /** Lets the server read the next upload slowly. @returns that upload, once it is under way */
  const stall = (): (() => Promise<SeenRequest>) => {
    const { hits } = scene.pyrus.script({
      match: ROUTE,
      receive: { bytesPerSecond: 4 * 1024 * 1024 },
    });
    return () => scene.pyrus.when(request => hits.includes(request));
  };
  /** A file that is not sent in a moment, nor held by any socket. */
  const large = async (name: string): Promise<vscode.Uri> => {
    const uri = await scene.file(name, '');
    await truncate(uri.fsPath, 128 * 1024 * 1024);
    return uri;
  };

  it('are in Pyrus, and the GUID stands where they were dropped; undo and redo know no mark', async () => {
    const uri = await scene.file('a.txt', 'one');
    const { document, mark } = await drop('guid = ""', at(0, 8), [uri]);
    assert.match(mark, /^⟦Uploading a\.txt… [0-9a-f]{6}⟧$/);
    const filled = await text(document, noMark);
    assert.equal(filled, `guid = "${lastGuid()}"`);
    for (let round = 0; round < 3; round++) {
      await undo();
      assert.equal(await text(document, now => noMark(now) && now !== filled), 'guid = ""');
      await redo();
      assert.equal(await text(document, now => noMark(now) && now !== 'guid = ""'), filled);
    }
  });

  it('become items of a list of attachments, in the order dropped', async () => {
    const names = ['x.txt', 'a.txt', 'м.txt'];
    const uris = await Promise.all(names.map(name => scene.file(name, `list ${name}`)));
    const { document, mark } = await drop('{"attachments": []}', at(0, 17), uris, 'json');
    assert.match(mark, /^⟦Uploading 3 files… [0-9a-f]{6}⟧$/);
    const filled: unknown = JSON.parse(await text(document, noMark));
    const byName = new Map(scene.pyrus.uploads.map(({ name, guid }) => [name, guid]));
    assert.deepEqual(
      JSON.stringify(filled).match(/[0-9a-f-]{36}/g),
      names.map(name => byName.get(name)),
    );
  });

  it('are sent no more once that is undone: the connection is closed, and redo brings no mark back', async () => {
    const uri = await large('b.bin');
    const before = uploads();
    const underWay = stall();
    const { document } = await drop('x', at(0, 1), [uri]);
    const request = await underWay();
    await undo();
    await scene.aborted(request);
    assert.equal(document.getText(), 'x');
    const changes: string[] = [];
    const listening = vscode.workspace.onDidChangeTextDocument(() =>
      changes.push(document.getText()),
    );
    await redo();
    assert.equal(await text(document, now => changes.length > 1 && noMark(now)), 'x');
    listening.dispose();
    assert.deepEqual(uploads(), before);
  });

  it('are sent no more once their mark is deleted', async () => {
    const uri = await large('c.bin');
    const underWay = stall();
    const { document, editor, mark } = await drop('xy', at(0, 1), [uri]);
    const request = await underWay();
    await editor.edit(edit => edit.delete(new vscode.Range(0, 1, 0, 1 + mark.length)));
    await scene.aborted(request);
    assert.equal(document.getText(), 'xy');
    // What is undone is the deletion, but nobody shall see a mark that stands for nothing.
    await undo();
    assert.equal(await text(document, noMark), 'xy');
  });

  it('are sent no more once the document is closed', async () => {
    const uri = await large('d.bin');
    const target = await scene.file('target.txt', 'x');
    const document = await vscode.workspace.openTextDocument(target);
    await vscode.window.showTextDocument(document);
    const underWay = stall();
    const edit = await dropEdit(instance, document, uriList(uri));
    await choose(edit, document, [at(0, 1)]);
    const request = await underWay();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await scene.aborted(request);
  });

  it('are sent no more once the tab is closed, and a file saved with the mark loses it', async () => {
    const uri = await large('n.bin');
    const target = await scene.file('saved.txt', 'x');
    const document = await vscode.workspace.openTextDocument(target);
    await vscode.window.showTextDocument(document);
    const underWay = stall();
    const edit = await dropEdit(instance, document, uriList(uri));
    const mark = await choose(edit, document, [at(0, 1)]);
    const request = await underWay();
    assert.ok(await document.save());
    assert.equal(await readFile(target.fsPath, 'utf8'), `x${mark}`);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await scene.aborted(request);
    await eventually(async () => assert.equal(await readFile(target.fsPath, 'utf8'), 'x'));
  });

  it('find their place when people type meanwhile, and the first undo leaves what they typed', async () => {
    const uri = await scene.file('e.txt', 'typing');
    const answer = scene.holdAnswer(ROUTE);
    const { document, editor } = await drop('one\n""\nthree', at(1, 1), [uri]);
    for (const [place, words] of [
      [at(0, 3), ' and a half'],
      [at(2, 5), '!'],
      [at(0, 0), '// \n'],
    ] as const) {
      assert.ok(await editor.edit(edit => edit.insert(place.start, words)));
    }
    answer();
    const filled = await text(document, noMark);
    assert.equal(filled, `// \none and a half\n"${lastGuid()}"\nthree!`);
    await undo();
    const without = await text(document, now => noMark(now) && now !== filled);
    assert.equal(without, '// \none and a half\n""\nthree!');
    await undo();
    const before = await text(document, now => noMark(now) && now !== without);
    assert.equal(before, 'one\n""\nthree');
    await redo();
    assert.equal(await text(document, now => noMark(now) && now !== before), without);
  });

  it('keep their place when they fail; Retry puts them there', async () => {
    const uri = await scene.file('f.txt', 'failing');
    scene.pyrus.script({
      match: ROUTE,
      times: Infinity,
      answer: pyrusError('too_large_request_length'),
    });
    const told = new Promise<readonly string[]>(resolve => {
      onFailure = async (message, buttons) => {
        resolve([message, ...buttons]);
        assert.equal(document.getText(), 'a""b');
        await editor.edit(edit => edit.insert(new vscode.Position(0, 0), 'typed '));
        scene.pyrus.clearFaults();
        return 'Retry';
      };
    });
    const { document, editor } = await drop('a""b', at(0, 2), [uri]);
    const [message, ...buttons] = await told;
    assert.match(message ?? '', /f\.txt/);
    assert.deepEqual(buttons, ['Retry', 'Show Log']);
    const filled = await text(document, now => /[0-9a-f]{8}-/.test(now));
    assert.equal(filled, `typed a"${lastGuid()}"b`);
  });

  it('of which some fail: the others stand there, and Retry puts the rest among them', async () => {
    const names = ['1.txt', '2.txt', '3.txt'];
    const uris = await Promise.all(
      names.map(name => scene.file(name, name === '2.txt' ? '' : `part ${name}`)),
    );
    const messages: string[] = [];
    onFailure = async message => {
      messages.push(message);
      assert.equal(document.getText().match(/[0-9a-f]{8}-/g)?.length, 2);
      await scene.file('2.txt', 'no longer empty');
      return 'Retry';
    };
    const { document } = await drop('{"attachments": []}', at(0, 17), uris, 'json');
    const filled = await text(document, now => now.match(/[0-9a-f]{8}-/g)?.length === 3);
    assert.deepEqual(messages.length, 1);
    assert.match(messages[0] ?? '', /Uploaded 2 of 3.*“2\.txt”: The file is empty/);
    const byName = new Map(scene.pyrus.uploads.map(({ name, guid }) => [name, guid]));
    assert.deepEqual(
      JSON.stringify(JSON.parse(filled)).match(/[0-9a-f-]{36}/g),
      names.map(name => byName.get(name)),
    );
  });

  it('two drops at once: each finds its place', async () => {
    const [one, two] = [await scene.file('g.txt', 'first'), await scene.file('h.txt', 'second')];
    const answer = scene.holdAnswer(ROUTE);
    const { document } = await drop('a=""\nb=""', at(0, 3), [one]);
    const edit = await dropEdit(instance, document, uriList(two));
    await choose(edit, document, [at(1, 3)]);
    answer();
    const filled = await text(document, noMark);
    const byName = new Map(scene.pyrus.uploads.map(({ name, guid }) => [name, guid]));
    assert.equal(filled, `a="${byName.get('g.txt')}"\nb="${byName.get('h.txt')}"`);
  });

  it('stay with a document that is shown no more, or in another language', async () => {
    const uri = await scene.file('i.txt', 'hidden');
    const answer = scene.holdAnswer(ROUTE);
    const { document } = await drop('[""]', at(0, 2), [uri]);
    await vscode.languages.setTextDocumentLanguage(document, 'json');
    await vscode.window.showTextDocument(await scene.file('other.txt', 'another'));
    answer();
    assert.equal(await text(document, noMark), `["${lastGuid()}"]`);
  });

  it('are asked about when they look like secrets, and nothing is left when the answer is no', async () => {
    const uri = await scene.file('.env', 'KEY=1');
    const before = uploads();
    const { document } = await drop('x', at(0, 1), [uri]);
    assert.equal(await text(document, noMark), 'x');
    assert.match(instance.warnings.at(-1) ?? '', /passwords or keys/);
    assert.deepEqual(uploads(), before);
  });

  it('are saved first when they are open and changed', async () => {
    const uri = await scene.file('j.txt', 'old');
    const other = await vscode.window.showTextDocument(uri);
    await other.edit(edit => edit.insert(new vscode.Position(0, 0), 'new '));
    const { document } = await drop('""', at(0, 1), [uri]);
    assert.equal(await text(document, noMark), `"${lastGuid()}"`);
    assert.equal(scene.pyrus.uploads.at(-1)?.bytes?.toString(), 'new old');
  });

  it('are sent by nobody who only looks at what is offered', async () => {
    const uri = await scene.file('k.txt', 'not chosen');
    const before = scene.pyrus.requests.length;
    const { document } = await open('x');
    const edit = await dropEdit(instance, document, uriList(uri));
    assert.equal(edit?.title, 'Upload to Pyrus and Insert GUID');
    assert.equal(edit.kind?.value, 'pyrus.upload');
    const several = await dropEdit(instance, document, uriList(uri, scene.folderUri));
    assert.equal(several?.title, 'Upload 2 Files to Pyrus and Insert GUIDs');
    assert.equal(await dropEdit(instance, document, uriList(document.uri)), undefined);
    const web = vscode.Uri.parse('https://example.com/a.txt');
    assert.equal(await dropEdit(instance, document, uriList(web)), undefined);
    assert.equal(scene.pyrus.requests.length, before);
  });
});
