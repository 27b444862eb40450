import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import { pyrusError } from '../pyrus-server/scripted';
import {
  choose,
  dropEdit,
  FileItem,
  items,
  newDocument,
  pasteEdit,
  signedInInstance,
  text,
  uriList,
} from './dropping';
import { Scene } from './scene';
import type { Answer, SecondInstance } from './secondInstance';

const { Automatic, PasteAs } = vscode.DocumentPasteTriggerKind;

describe('files pasted into an editor', () => {
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
  afterEach(() => vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  const open = async (content: string): Promise<vscode.TextDocument> => {
    const document = await newDocument(scene, content);
    await vscode.window.showTextDocument(document);
    return document;
  };
  const at = (line: number, character: number): vscode.Range =>
    new vscode.Range(line, character, line, character);
  const noMark = (now: string): boolean => !now.includes('⟦');
  const picture = (name = 'image.png'): FileItem =>
    new FileItem(name, Buffer.from(`bytes ${name}`));
  const withSetting = async (
    section: string,
    name: string,
    value: unknown,
    target: vscode.ConfigurationTarget,
    run: () => Promise<void>,
  ): Promise<void> => {
    const configuration = vscode.workspace.getConfiguration(section);
    await configuration.update(name, value, target);
    try {
      await run();
    } finally {
      await configuration.update(name, undefined, target);
      if (target === vscode.ConfigurationTarget.Workspace) {
        // VS Code made it for the setting.
        await rm(join(dirname(scene.folder), '.vscode'), { recursive: true });
      }
    }
  };

  it('a picture: a plain paste is not answered, and nobody asks for its bytes', async () => {
    const document = await open('x');
    const item = picture();
    const before = scene.pyrus.requests.length;
    const data = items({ 'image/png': item });
    assert.equal(await pasteEdit(instance, document, data, Automatic), undefined);
    const withText = items({ 'image/png': item, 'text/plain': new vscode.DataTransferItem('a') });
    assert.equal(await pasteEdit(instance, document, withText, Automatic), undefined);
    assert.equal(item.asked, 0);
    assert.equal(scene.pyrus.requests.length, before);
  });

  it('a picture: Paste As uploads it under a name of its own', async () => {
    const document = await open('""');
    const edit = await pasteEdit(instance, document, items({ 'image/png': picture() }), PasteAs);
    const mark = await choose(edit, document, [at(0, 1)]);
    assert.match(mark, /^⟦Uploading screenshot-.*\.png… [0-9a-f]{6}⟧$/);
    const filled = await text(document, noMark);
    const stored = scene.pyrus.uploads.at(-1);
    assert.equal(filled, `"${stored?.guid}"`);
    assert.match(stored?.name ?? '', /^screenshot-\d{4}(-\d\d){5}\.png$/);
    assert.equal(stored?.bytes?.toString(), 'bytes image.png');
  });

  it('a picture that failed is still at hand for Retry, whatever was copied and offered meanwhile', async () => {
    const { hits } = scene.pyrus.script({
      match: 'POST /v4/files/upload',
      times: Infinity,
      answer: pyrusError('too_large_request_length'),
    });
    onFailure = async () => {
      assert.equal(document.getText(), '""');
      await pasteEdit(instance, document, items({ 'image/png': picture('another.png') }), PasteAs);
      scene.pyrus.clearFaults();
      return 'Retry';
    };
    const document = await open('""');
    const edit = await pasteEdit(instance, document, items({ 'image/png': picture() }), PasteAs);
    await choose(edit, document, [at(0, 1)]);
    const filled = await text(document, now => /[0-9a-f]{8}-/.test(now));
    assert.ok(hits.length > 0, 'nothing failed');
    const stored = scene.pyrus.uploads.at(-1);
    assert.equal(filled, `"${stored?.guid}"`);
    assert.equal(stored?.bytes?.toString(), 'bytes image.png');
  });

  it('a file without a path keeps its name', async () => {
    const document = await open('""');
    const data = items({ 'application/pdf': picture('отчёт.pdf') });
    await choose(await pasteEdit(instance, document, data), document, [at(0, 1)]);
    await text(document, noMark);
    assert.equal(scene.pyrus.uploads.at(-1)?.name, 'отчёт.pdf');
  });

  it('files with addresses are a choice after a plain paste, for VS Code has a path for them', async () => {
    const document = await open('x');
    const uri = await scene.file('a.txt', 'copied');
    const edit = await pasteEdit(instance, document, uriList(uri), Automatic);
    assert.equal(edit?.title, 'Upload to Pyrus and Insert GUID');
    assert.ok(edit.yieldTo?.some(({ value }) => value === 'uri.path.absolute'));
  });

  it('at several cursors: the file stands at each, or each of as many files at its own', async () => {
    const one = await scene.file('one.txt', 'the only one');
    const document = await open('a=""\nb=""');
    const places = [at(0, 3), at(1, 3)];
    await choose(await pasteEdit(instance, document, uriList(one)), document, places);
    const guid = (await text(document, noMark)).match(/[0-9a-f-]{36}/g) ?? [];
    assert.equal(guid.length, 2);
    assert.equal(guid[0], guid[1]);

    const two = [await scene.file('1.txt', 'first'), await scene.file('2.txt', 'second')];
    const other = await open('a=""\nb=""');
    await choose(await pasteEdit(instance, other, uriList(...two)), other, places);
    const filled = await text(other, noMark);
    const byName = new Map(scene.pyrus.uploads.map(({ name, guid: own }) => [name, own]));
    assert.equal(filled, `a="${byName.get('1.txt')}"\nb="${byName.get('2.txt')}"`);
  });

  it('settings of the user switch it off, and on for plain pastes', async () => {
    const document = await open('x');
    const { Global } = vscode.ConfigurationTarget;
    const data = (): vscode.DataTransfer => items({ 'image/png': picture() });
    await withSetting('pyrus', 'paste.enabled', false, Global, async () => {
      assert.equal(await pasteEdit(instance, document, data()), undefined);
    });
    await withSetting('pyrus', 'paste.automatic', true, Global, async () => {
      assert.ok(await pasteEdit(instance, document, data(), Automatic));
    });
    await withSetting('pyrus', 'drop.enabled', false, Global, async () => {
      assert.equal(await dropEdit(instance, document, data()), undefined);
    });
    assert.ok(await dropEdit(instance, document, data()));
  });

  it('a preference of the user counts; one of the workspace uploads nothing', async () => {
    const document = await open('x');
    const uri = await scene.file('b.txt', 'preferred');
    const { Global, Workspace } = vscode.ConfigurationTarget;
    const ours = ['pyrus.upload'];
    await withSetting('editor', 'pasteAs.preferences', ours, Global, async () => {
      const data = items({ 'image/png': picture() });
      assert.ok(await pasteEdit(instance, document, data, Automatic));
    });
    await withSetting('editor', 'pasteAs.preferences', ours, Workspace, async () => {
      assert.equal(await pasteEdit(instance, document, uriList(uri), Automatic), undefined);
      assert.ok(await pasteEdit(instance, document, uriList(uri), PasteAs));
    });
    await withSetting('editor', 'dropIntoEditor.preferences', ['pyrus'], Workspace, async () => {
      assert.equal(await dropEdit(instance, document, uriList(uri)), undefined);
    });
  });

  it('bytes that VS Code makes nothing else of are asked about when they are dropped', async () => {
    const document = await open('x');
    const before = scene.pyrus.uploads.length;
    const edit = await dropEdit(instance, document, items({ 'image/png': picture('drawn.png') }));
    await choose(edit, document, [at(0, 1)]);
    assert.equal(await text(document, noMark), 'x');
    assert.match(instance.warnings.at(-1) ?? '', /^Upload 1 file to Pyrus as /);
    assert.equal(scene.pyrus.uploads.length, before);
  });

  it('an edit is offered within a tenth of a second', async () => {
    const document = await open('x');
    const uri = await scene.file('c.txt', 'quick');
    await pasteEdit(instance, document, uriList(uri));
    const started = performance.now();
    for (let round = 0; round < 20; round++) {
      await pasteEdit(instance, document, uriList(uri));
    }
    const each = (performance.now() - started) / 20;
    console.log(`      an offer: ${each.toFixed(2)} ms`);
    assert.ok(each < 100);
  });
});
