import { strict as assert } from 'node:assert';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { UploadHistory } from '../../src/history/uploadHistory';
import { dropSystemFile } from './dragging';
import { eventually } from '../eventually';
import { historyOf, uploadOf } from './notedUploads';
import { openScene, answerSignIn } from './signedIn';
import type { Scene } from './signedIn';
import { UploadsView } from './uploadsView';

const UPLOAD = 'Upload to Pyrus and Copy GUID';
const DAY = 24 * 60 * 60 * 1000;

describe('the uploads view', () => {
  let scene: Scene;
  let history: UploadHistory;
  let view: UploadsView;

  before(async () => {
    scene = await openScene();
    history = historyOf(scene);
    view = new UploadsView(scene.workbench.page);
    await view.open();
  });
  after(async () => {
    history.close();
    await scene.close();
  });
  afterEach(() => assert.deepEqual(scene.pyrus.foreignRequests, []));

  const guidOf = (name: string): string => {
    const stored = scene.pyrus.uploads.findLast(file => file.name === name);
    assert.ok(stored, `${name} is not in Pyrus`);
    return stored.guid;
  };
  const clipboardIs = (text: string): Promise<void> =>
    eventually(async () => assert.equal(await scene.workbench.clipboard.read(), text));
  const read = (name: string): Promise<string> =>
    readFile(join(scene.workbench.workspaceFolder, name), 'utf8');
  /** Saves what is in the editor, until the file says so. */
  const savedAs = (name: string, wanted: (text: string) => boolean): Promise<void> =>
    eventually(async () => {
      await scene.workbench.page.keyboard.press('ControlOrMeta+S');
      const text = await read(name);
      assert.ok(wanted(text), text);
    });
  const undoAll = async (name: string, before: string): Promise<void> => {
    const { editor, palette, page } = scene.workbench;
    await editor.openFile(name);
    await eventually(async () => {
      await page.keyboard.press('ControlOrMeta+Z');
      await page.keyboard.press('ControlOrMeta+S');
      assert.equal(await read(name), before);
    });
    await palette.run('View: Close All Editors');
  };

  it('says what it is for, and signs in, when there is nothing to show', async () => {
    const text = await view.welcome();
    assert.match(text, /Files that you upload to Pyrus are listed here with their GUIDs/);
    assert.match(text, /Upload Files…/);
    await view.pressWelcome('Sign In');
    await answerSignIn(scene);
    await (await scene.workbench.notifications.toast('Signed in as Bob Smith')).close();
    await eventually(async () => assert.match(await view.welcome(), /No uploads yet/));
  });

  it('has a row once a file is uploaded', async () => {
    const { explorer, notifications } = scene.workbench;
    await (await explorer.contextMenu('diagram.png')).choose(UPLOAD);
    await (await notifications.toast('“diagram.png” is in Pyrus')).close();
    await view.row('diagram.png').waitFor();
    const [today, row] = await view.rows();
    assert.equal(today, 'Today1');
    assert.match(row ?? '', /^diagram\.png.* · (now|1 minute ago) · not attached yet$/);
  });

  it('tells a screen reader what it is and what its rows say', async () => {
    assert.equal(await view.tree.getAttribute('aria-label'), 'Pyrus Uploads');
    const [today, row] = await view.spoken();
    assert.equal(today, 'Today, 1 upload');
    assert.match(
      row ?? '',
      /^diagram\.png, \d.* (bytes|kB), (now|1 minute ago), not attached yet$/,
    );
  });

  it('offers in the menu what can be done with a row; to insert, where there is an editor', async () => {
    const { editor, palette } = scene.workbench;
    const labels = async (): Promise<string[]> => {
      const menu = await view.contextMenu('diagram.png');
      const all = await menu.labels();
      await menu.close();
      return all;
    };
    const always = [
      'Copy GUID',
      'Copy As…',
      'Insert GUID',
      'Attach to Pyrus Task…',
      'Upload Again',
      'Compare with What Was Uploaded',
      'Reveal File',
      'Forget',
    ];
    assert.deepEqual(
      await labels(),
      always.filter(label => label !== 'Insert GUID'),
    );
    await editor.openFile('comment.json');
    assert.deepEqual(await labels(), always);
    await palette.run('View: Close All Editors');
  });

  it('copies the GUID by a button of the row', async () => {
    await scene.workbench.clipboard.write('as it was');
    await view.press('diagram.png', 'Copy GUID');
    await clipboardIs(guidOf('diagram.png'));
  });

  it('uploads a file of the Explorer that is dropped on it', async () => {
    const { explorer, notifications } = scene.workbench;
    await explorer.row('upload.py').dragTo(view.row('diagram.png'));
    await (await notifications.toast('“upload.py” is in Pyrus')).close();
    await view.row('upload.py').waitFor();
    assert.deepEqual(
      (await view.rows()).map(row => row.replace(/\d.*/, '')),
      ['Today', 'upload.py', 'diagram.png'],
    );
  });

  it('uploads a file of the system that is dropped on it', async () => {
    const { notifications } = scene.workbench;
    const file = { name: 'scan.txt', content: 'from the file manager' };
    await dropSystemFile(view.row('diagram.png'), file);
    await (await notifications.toast('“scan.txt” is in Pyrus')).close();
    await view.row('scan.txt').waitFor();
    assert.equal(scene.pyrus.uploads.at(-1)?.bytes?.toString(), 'from the file manager');
    const menu = await view.contextMenu('scan.txt');
    // There is no file to go back to.
    assert.ok(!(await menu.labels()).includes('Upload Again'));
    await menu.choose('Forget');
    await (await notifications.toast('Forgot “scan.txt”.')).close();
    await view.row('scan.txt').waitFor({ state: 'detached' });
  });

  it('drops the GUID of a row into an editor, without Shift', async () => {
    const { editor } = scene.workbench;
    const before = await read('comment.json');
    await editor.openFile('comment.json');
    await view.row('diagram.png').dragTo(editor.lines());
    await editor.contains(guidOf('diagram.png'));
    assert.equal(await editor.tab('diagram.png').count(), 0);
    await undoAll('comment.json', before);
  });

  it('inserts a row by its menu, at the cursor, where one goes on typing', async () => {
    const { editor, page } = scene.workbench;
    const before = await read('comment.json');
    await editor.openFile('comment.json');
    await editor.cursorAtEndOf('"attachments"');
    await page.keyboard.press('ArrowLeft');
    await (await view.contextMenu('upload.py')).choose('Insert GUID');
    await editor.contains(guidOf('upload.py'));
    await page.keyboard.type(' ');
    await savedAs('comment.json', text =>
      text.includes(`"attachments": [{ "guid": "${guidOf('upload.py')}" } ]`),
    );
    await undoAll('comment.json', before);
  });

  it('inserts the rows that are selected by a button of one of them', async () => {
    const { editor, page } = scene.workbench;
    const before = await read('comment.json');
    await editor.openFile('comment.json');
    await editor.cursorAtEndOf('"attachments"');
    await page.keyboard.press('ArrowLeft');
    await view.select(['upload.py', 'diagram.png']);
    await view.press('diagram.png', 'Insert GUID');
    await editor.contains(guidOf('diagram.png'));
    await savedAs('comment.json', text => {
      const { attachments } = JSON.parse(text) as { attachments: unknown };
      const guids = ['upload.py', 'diagram.png'].map(name => ({ guid: guidOf(name) }));
      assert.deepEqual(attachments, guids);
      return true;
    });
    await undoAll('comment.json', before);
  });

  it('copies the rows that are selected in a format', async () => {
    const { quickInput } = scene.workbench;
    await view.select(['upload.py', 'diagram.png']);
    await (await view.contextMenu('diagram.png')).choose('Copy As…');
    await quickInput.shown('Copy As');
    await quickInput.type('name and GUID');
    await quickInput.pick('Text: name and GUID');
    await quickInput.hidden();
    await clipboardIs(
      ['upload.py', 'diagram.png'].map(name => `${name}: ${guidOf(name)}`).join('\n'),
    );
  });

  it('is worked with the keyboard: arrows, Enter, Ctrl+C, the menu, Delete, and back again', async () => {
    const { clipboard, notifications, page } = scene.workbench;
    await view.row('upload.py').click();
    // The focus moves on; the selection, which keys act on, has to follow it.
    await page.keyboard.press('ArrowDown');
    await clipboard.write('as it was');
    await page.keyboard.press('Enter');
    await clipboardIs(guidOf('diagram.png'));
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('ControlOrMeta+c');
    await clipboardIs(guidOf('upload.py'));
    await page.keyboard.press('ArrowDown');
    await clipboard.write('as it was');
    const menu = await view.menuByKey();
    assert.equal((await menu.labels())[0], 'Copy GUID');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await clipboardIs(guidOf('diagram.png'));
    await page.keyboard.press('Delete');
    const toast = await notifications.toast('Forgot “diagram.png”.');
    await view.row('diagram.png').waitFor({ state: 'detached' });
    assert.equal(await view.row('upload.py').count(), 1);
    await toast.click('Undo');
    await view.row('diagram.png').waitFor();
  });

  it('has a row for every day, and below it, once it is opened, what was uploaded then', async () => {
    const uploadedAt = Date.now() - 400 * DAY;
    await history.add([await uploadOf(scene, 'comment.json', { uploadedAt, name: 'old.json' })]);
    const date = new Intl.DateTimeFormat('en', { dateStyle: 'long' }).format(uploadedAt);
    const day = view.row(date);
    await day.waitFor();
    assert.equal(await day.getAttribute('aria-expanded'), 'false');
    assert.deepEqual((await view.spoken()).at(-1), `${date}, 1 upload`);
    await day.click();
    await view.row('old.json').waitFor();
    assert.match((await view.rows()).at(-1) ?? '', /^old\.json.* · \d+:\d\d\s[AP]M · not attached/);
    await history.forget((await history.all()).flatMap(r => (r.name === 'old.json' ? r.guid : [])));
    await day.waitFor({ state: 'detached' });
  });

  it('says how a file stands to what was uploaded of it', async () => {
    const { notifications, workspaceFolder } = scene.workbench;
    const compare = async (): Promise<void> =>
      (await view.contextMenu('upload.py')).choose('Compare with What Was Uploaded');
    await compare();
    const same = await notifications.toast('“upload.py” is still what was uploaded');
    assert.deepEqual(await same.buttons(), []);
    await same.close();
    await writeFile(join(workspaceFolder, 'upload.py'), 'another one');
    await compare();
    const changed = await notifications.toast('“upload.py” has changed since it was uploaded.');
    await changed.click('Upload Again');
    await (await notifications.toast('“upload.py” is in Pyrus')).close();
    assert.equal(scene.pyrus.uploads.at(-1)?.size, 'another one'.length);
  });

  it('is cleared on a yes only', async () => {
    const { dialog, palette } = scene.workbench;
    await palette.run('Pyrus: Clear Upload History');
    await dialog.shown('Remove 3 uploads from the history?');
    await dialog.click('Cancel');
    assert.equal(await view.row('diagram.png').count(), 1);
    await palette.run('Pyrus: Clear Upload History');
    await dialog.shown('Remove 3 uploads from the history?');
    await dialog.click('Clear History');
    assert.match(await view.welcome(), /No uploads yet/);
  });
});
