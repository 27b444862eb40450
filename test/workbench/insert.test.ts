import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import { UploadHistory } from '../../src/history/uploadHistory';
import { eventually } from '../eventually';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const INSERT = 'Insert GUID of Uploaded File…';
const UPLOAD_AND_INSERT = 'Upload File and Insert GUID…';
const UPLOAD = 'Upload to Pyrus and Copy GUID';
const TITLE = 'Insert GUID of Uploaded File';

describe('inserting into code', () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene();
    await signIn(scene);
  });
  after(() => scene.close());
  afterEach(() => assert.deepEqual(scene.pyrus.foreignRequests, []));

  const guidOf = (name: string): string => {
    const upload = scene.pyrus.uploads.findLast(stored => stored.name === name);
    assert.ok(upload, `${name} is not in Pyrus`);
    return upload.guid;
  };
  const textOf = (name: string): Promise<string> =>
    readFile(path.join(scene.workbench.workspaceFolder, name), 'utf8');
  const save = (): Promise<void> => scene.workbench.page.keyboard.press('ControlOrMeta+S');
  const savedWith = (name: string, text: string): Promise<void> =>
    eventually(async () => {
      await save();
      assert.ok((await textOf(name)).includes(text));
    });
  /** Puts the cursor between the quotes or brackets that a line of a sample ends with. */
  const cursorInList = async (name: string, back: number): Promise<void> => {
    const { editor, page } = scene.workbench;
    await editor.openFile(name);
    await editor.cursorAtEndOf('"attachments"');
    for (let step = 0; step < back; step++) {
      await page.keyboard.press('ArrowLeft');
    }
  };
  const openPick = async (): Promise<void> => {
    await scene.workbench.palette.run(`Pyrus: ${INSERT}`);
    await scene.workbench.quickInput.shown(TITLE);
  };
  const undoAll = async (name: string, before: string): Promise<void> => {
    await eventually(async () => {
      await scene.workbench.page.keyboard.press('ControlOrMeta+Z');
      await save();
      assert.equal(await textOf(name), before);
    });
  };

  it('is two items of the editor’s menu, and in the palette only when there is an editor', async () => {
    const { editor, palette } = scene.workbench;
    for (const title of [INSERT, UPLOAD_AND_INSERT]) {
      assert.ok(!(await palette.offers(`Pyrus: ${title}`)), title);
    }
    await editor.openFile('comment.json');
    const menu = await editor.contextMenu('attachments');
    const labels = (await menu.labels()).filter(label => label.includes('GUID'));
    assert.deepEqual(labels, [UPLOAD_AND_INSERT, INSERT]);
    await menu.close();
    for (const title of [INSERT, UPLOAD_AND_INSERT]) {
      await palette.ready(`Pyrus: ${title}`);
    }
  });

  it('of nothing uploaded leads on to uploading', async () => {
    const { palette, notifications, quickInput } = scene.workbench;
    await palette.run(`Pyrus: ${INSERT}`);
    const toast = await notifications.toast('There are no uploads to choose from yet.');
    assert.deepEqual(await toast.buttons(), [UPLOAD_AND_INSERT]);
    await toast.click(UPLOAD_AND_INSERT);
    await quickInput.shown('Choose files to upload to Pyrus');
    await quickInput.escape();
  });

  it('uploads a file of the dialog and puts its GUID into the list of attachments', async () => {
    const { quickInput, clipboard, workspaceFolder, notifications, palette } = scene.workbench;
    const before = await textOf('comment.json');
    await cursorInList('comment.json', 1);
    await palette.run(`Pyrus: ${UPLOAD_AND_INSERT}`);
    await quickInput.shown('Choose files to upload to Pyrus');
    await quickInput.answerPath(path.join(workspaceFolder, 'diagram.png'), 'diagram.png');
    await scene.workbench.page.locator('.statusbar-item', { hasText: '“diagram.png”' }).waitFor();
    const guid = guidOf('diagram.png');
    assert.equal(await clipboard.read(), guid);
    assert.deepEqual(await notifications.texts(), []);
    await savedWith('comment.json', guid);
    const { attachments } = JSON.parse(await textOf('comment.json')) as { attachments: unknown };
    assert.deepEqual(attachments, [{ guid }]);
    await undoAll('comment.json', before);
  });

  it('goes where the cursor was when the upload began, whatever tab is in front by then', async () => {
    const { editor, explorer, notifications } = scene.workbench;
    await cursorInList('pyrus.http', 2);
    await (await explorer.contextMenu('Договор поставки.txt')).choose(UPLOAD);
    const toast = await notifications.toast('“Договор поставки.txt” is in Pyrus');
    assert.deepEqual(await toast.buttons(), ['Insert', 'Attach to Task…', 'Copy As…']);
    await editor.openFile('upload.py');
    await toast.click('Insert');
    await editor.contains(guidOf('Договор поставки.txt'));
    await savedWith('pyrus.http', `"attachments": ["${guidOf('Договор поставки.txt')}"]`);
    assert.ok(!(await textOf('upload.py')).includes(guidOf('Договор поставки.txt')));
  });

  it('writes to the clipboard in the format chosen, which comes first the next time', async () => {
    const { explorer, notifications, quickInput, clipboard, editor } = scene.workbench;
    await editor.openFile('comment.json');
    for (const isLast of [false, true]) {
      await (await explorer.contextMenu('upload.py')).choose(UPLOAD);
      await (await notifications.toast('“upload.py” is in Pyrus')).click('Copy As…');
      await quickInput.shown('Copy As');
      const [first] = await quickInput.rows();
      assert.equal(first?.[0], isLast ? 'Text: name and GUID' : 'JSON: body of a comment');
      await quickInput.type('name and GUID');
      await quickInput.pick('Text: name and GUID');
      await quickInput.hidden();
      // The box is gone a moment before the clipboard is written.
      await eventually(async () =>
        assert.equal(await clipboard.read(), `upload.py: ${guidOf('upload.py')}`),
      );
    }
  });

  it('finds an upload by name, by path and by GUID', async () => {
    const { quickInput, explorer, dialog, notifications, editor } = scene.workbench;
    await (await explorer.contextMenu('Акт сверки')).choose(UPLOAD);
    await dialog.shown('Upload 4 files from Акт сверки?');
    await dialog.click('Upload');
    await (await notifications.toast('4 files are in Pyrus')).close();
    await editor.openFile('comment.json');
    await openPick();
    const names = async (query: string): Promise<unknown[]> => {
      await quickInput.type(query);
      return eventuallyRows();
    };
    const eventuallyRows = async (): Promise<unknown[]> =>
      (await quickInput.rows()).map(([label]) => label);
    const find = (query: string, wanted: readonly string[]): Promise<void> =>
      eventually(async () => assert.deepEqual(await names(query), wanted));
    await find('diagram', ['diagram.png']);
    await find('сверки/мар', ['март.csv']);
    await find('csv сверки ЯНВ', ['январь.csv']);
    await find(guidOf('notes.md').slice(4, 20), ['notes.md']);
    const [row] = await quickInput.rows();
    assert.match(row?.[1] ?? '', /^Акт сверки\/notes\.md · .* · (now|\d+ minutes? ago)$/);
    assert.match(
      row?.[2] ?? '',
      new RegExp(`^${guidOf('notes.md')} · not attached yet · bob\\.smith@example\\.com`),
    );
    await quickInput.escape();
  });

  it('puts the GUID chosen into a string of JSON', async () => {
    const { quickInput, editor, page } = scene.workbench;
    const before = await textOf('comment.json');
    await editor.openFile('comment.json');
    await editor.cursorAtEndOf('"text"');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('ArrowLeft');
    await openPick();
    await quickInput.type('notes');
    await quickInput.pick('notes.md');
    await savedWith('comment.json', `во вложении${guidOf('notes.md')}",`);
    await undoAll('comment.json', before);
  });

  it('of several files ticks them in the list', async () => {
    const { quickInput } = scene.workbench;
    const before = await textOf('comment.json');
    await cursorInList('comment.json', 1);
    await openPick();
    await quickInput.button('Choose Several').click();
    await quickInput.type('март');
    await quickInput.pick('март.csv');
    await quickInput.type('январь');
    await quickInput.pick('январь.csv');
    // What is ticked stays there, whatever is searched.
    await eventually(async () =>
      assert.deepEqual((await quickInput.rows()).map(([label]) => label).sort(), [
        'март.csv',
        'январь.csv',
      ]),
    );
    await quickInput.accept();
    await savedWith('comment.json', guidOf('январь.csv'));
    const { attachments } = JSON.parse(await textOf('comment.json')) as { attachments: unknown };
    assert.deepEqual(
      attachments,
      ['март.csv', 'январь.csv'].map(name => ({ guid: guidOf(name) })),
    );
    await undoAll('comment.json', before);
  });

  it('by a button of a row takes the format asked for, or just copies', async () => {
    const { quickInput, clipboard } = scene.workbench;
    const before = await textOf('comment.json');
    await cursorInList('comment.json', 1);
    await openPick();
    await quickInput.type('diagram');
    await quickInput.row('diagram.png').hover();
    await quickInput.button('Insert As…').first().click();
    await quickInput.shown('Insert As');
    await quickInput.pick('GUID');
    await savedWith('comment.json', `[${guidOf('diagram.png')}]`);
    await undoAll('comment.json', before);
    await openPick();
    await quickInput.type('март');
    await quickInput.row('март.csv').hover();
    await quickInput.button('Copy GUID').first().click();
    await quickInput.hidden();
    await eventually(async () => assert.equal(await clipboard.read(), guidOf('март.csv')));
  });

  it('of a file that is attached refers to it there, or uploads it again, or does as it is told', async () => {
    const { quickInput } = scene.workbench;
    const before = await textOf('comment.json');
    const guid = guidOf('diagram.png');
    await history(scene).attached(guid, { taskId: 1001, fileId: 17563, taskTitle: 'Договор' });
    const choose = async (choice: RegExp): Promise<void> => {
      await cursorInList('comment.json', 1);
      await openPick();
      await quickInput.type('diagram');
      await quickInput.pick('diagram.png');
      await quickInput.shown('“diagram.png”: attached to task 1001 “Договор”');
      await quickInput.pick(choice);
    };
    await choose(/Refer to the Attached File/);
    await savedWith('comment.json', '"attachment_id": 17563 }]');
    await undoAll('comment.json', before);
    await choose(/Insert the Old GUID Anyway/);
    await savedWith('comment.json', guid);
    await undoAll('comment.json', before);
    await choose(/Upload Again and Insert the New GUID/);
    await eventually(async () => {
      await save();
      const again = guidOf('diagram.png');
      assert.notEqual(again, guid);
      assert.ok((await textOf('comment.json')).includes(again));
    });
    await undoAll('comment.json', before);
  });
});

/** The history of the editor's extension, as another window sees it. */
function history({ workbench }: Scene): UploadHistory {
  const user = path.join(path.dirname(workbench.workspaceFolder), 'user');
  const storage = path.join(user, 'User', 'globalStorage', 'pyrus-tools.pyrus-attachments');
  return new UploadHistory(path.join(storage, 'history'), {
    limit: () => 1000,
    isRecording: () => true,
    onError: error => {
      throw error;
    },
  });
}
