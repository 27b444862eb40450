import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { NewUpload } from '../../src/history/uploadRecord';
import { Boxes } from './boxes';
import type { Box } from './boxes';
import { closeEditors, openEditor } from './editing';
import { historyOfAnotherWindow, newUpload } from './notedUploads';
import { Scene } from './scene';
import { setUserSetting } from './userSettings';

describe('Copy As', () => {
  let scene: Scene;
  let boxes: Boxes;
  let uploads: readonly NewUpload[];
  beforeEach(async () => {
    scene = await Scene.open();
    boxes = new Boxes();
    uploads = ['Договор "5".txt', 'b.txt'].map(name => newUpload(scene, { name }));
    await (await historyOfAnotherWindow()).add(uploads);
    await vscode.env.clipboard.writeText('as it was');
  });
  afterEach(async () => {
    assert.deepEqual(boxes.left(), []);
    await boxes.dispose();
    await closeEditors();
    await (await historyOfAnotherWindow()).clear();
    await scene.close();
  });

  const guids = (): string[] => uploads.map(({ guid }) => guid);
  /** Runs it for all uploads. @returns its box, and its end */
  const asked = async (): Promise<{ box: Box; over: Thenable<unknown> }> => {
    const [first] = guids();
    const over = vscode.commands.executeCommand('pyrus.uploads.copyAs', first, guids());
    return { box: await boxes.next('Copy As'), over };
  };
  const copiedAs = async (format: string): Promise<string> => {
    const { box, over } = await asked();
    await box.choose(format);
    await over;
    return vscode.env.clipboard.readText();
  };

  it('writes several uploads in the format that is chosen, names escaped', async () => {
    assert.equal(await copiedAs('GUID'), guids().join('\n'));
    assert.equal(
      await copiedAs('Text: name and GUID'),
      `Договор "5".txt: ${String(guids()[0])}\nb.txt: ${String(guids()[1])}`,
    );
    await openEditor('', 'json');
    const body: unknown = JSON.parse(await copiedAs('JSON: body of a comment'));
    assert.ok(typeof body === 'object' && body !== null && 'attachments' in body);
    assert.deepEqual(
      body.attachments,
      guids().map(guid => ({ guid })),
    );
  });

  it('shows of each format what it would write, those for the language first, then the one used last', async () => {
    await openEditor('', 'python');
    const labels = async (): Promise<string[]> => {
      const { box, over } = await asked();
      const rows = box.rows();
      assert.ok(
        rows.filter(row => row.length > 1).every(([, detail = '']) => detail.length <= 121),
        'a preview is no line',
      );
      await box.leave();
      await over;
      return box.labels();
    };
    const before = await labels();
    const python = before.findIndex(label => label.startsWith('Python'));
    const csharp = before.findIndex(label => label.startsWith('C#'));
    assert.ok(python >= 0 && python < csharp, before.join(', '));
    await copiedAs('Text: name and GUID');
    assert.deepEqual((await labels()).slice(0, 2), ['used last', 'Text: name and GUID']);
    // Another language has a last one of its own.
    await openEditor('', 'json');
    assert.ok(!(await labels()).slice(0, 2).includes('Text: name and GUID'));
  });

  it('has the templates of the user', async () => {
    const undo = await setUserSetting('insert.templates', {
      '*': [{ label: 'Our bot', template: 'bot.attach("${guid}", ${taskId}) ${CLIPBOARD}' }],
    });
    try {
      const text = await copiedAs('Our bot');
      for (const guid of guids()) {
        assert.ok(text.includes(`bot.attach("${guid}", `), text);
      }
      assert.ok(text.includes('${CLIPBOARD}'), 'a template is just text');
    } finally {
      await undo();
    }
  });

  it('leaves the clipboard alone when it is left', async () => {
    const { box, over } = await asked();
    await box.leave();
    await over;
    assert.equal(await vscode.env.clipboard.readText(), 'as it was');
  });

  it('asks no server anything', async () => {
    const before = scene.pyrus.requests.length;
    await copiedAs('GUID');
    assert.equal(scene.pyrus.requests.length, before);
  });
});
