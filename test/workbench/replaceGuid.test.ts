import { strict as assert } from 'node:assert';
import { readFile, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { UploadHistory } from '../../src/history/uploadHistory';
import type { NewUpload } from '../../src/history/uploadRecord';
import { eventually } from '../eventually';
import { historyOf, uploadOf } from './notedUploads';
import { QuickFixes, RefactorPreview } from './refactoring';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const FILE = 'Договор поставки.txt';
const HERE = `Upload “${FILE}” again and replace this GUID`;
const EVERYWHERE = `${HERE} everywhere in the workspace`;

describe('a GUID in code that is of no more use', () => {
  let scene: Scene;
  let history: UploadHistory;
  let quickFixes: QuickFixes;
  let preview: RefactorPreview;
  let upload: NewUpload;

  before(async () => {
    scene = await openScene({ settings: { 'files.autoSave': 'off' } });
    await signIn(scene);
    history = historyOf(scene);
    quickFixes = new QuickFixes(scene.workbench.page);
    preview = new RefactorPreview(scene.workbench.page);
  });
  after(async () => {
    history.close();
    await scene.close();
  });
  beforeEach(async () => {
    upload = await uploadOf(scene, FILE);
    await history.add([upload]);
  });
  afterEach(async () => {
    await scene.workbench.palette.run('File: Save All Files');
    await scene.workbench.palette.run('View: Close All Editors');
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  const inWorkspace = (name: string): string => path.join(scene.workbench.workspaceFolder, name);
  const write = (name: string, text: string): Promise<void> => writeFile(inWorkspace(name), text);
  const read = (name: string): Promise<string> => readFile(inWorkspace(name), 'utf8');

  it('is replaced by the light bulb, in this file', async () => {
    const { editor, notifications, page } = scene.workbench;
    await history.attached(upload.guid, { taskId: 1001 });
    await write('upload.py', `id = "${upload.guid}"\n`);
    await editor.openFile('upload.py');
    await editor.cursorAtEndOf(upload.guid);
    await page.keyboard.press('ArrowLeft');
    await quickFixes.open();
    assert.deepEqual(await quickFixes.labels(), [HERE, EVERYWHERE]);
    await quickFixes.choose(HERE);
    const toast = await notifications.toast(`“${FILE}” is in Pyrus, verified.`);
    assert.match(await toast.text(), /GUID replaced in 1 place\.$/);
    await toast.close();
    assert.equal(await editor.text(), `id = "${scene.pyrus.uploads.at(-1)?.guid ?? ''}"\n`);
    await page.keyboard.press('Control+Z');
    await editor.contains(upload.guid);
  });

  describe('is replaced everywhere, as the Refactor Preview shows,', () => {
    beforeEach(async () => {
      await history.lost(upload.guid);
      await write('upload.py', `id = "${upload.guid}"\n`);
      await write('comment.json', `["${upload.guid}", "${upload.guid.toUpperCase()}"]\r\n`);
      await write('Акт сверки/notes.md', `- ${upload.guid}\n`);
      const { editor } = scene.workbench;
      await editor.openFile('upload.py');
      await editor.cursorAtEndOf(upload.guid);
      await scene.workbench.page.keyboard.press('ArrowLeft');
      await quickFixes.open();
      await quickFixes.choose(EVERYWHERE);
      await preview.shown(7);
    });

    it('with all ticked; one undo takes all of it back', async () => {
      const { editor, notifications, palette, page } = scene.workbench;
      const rows = await preview.rows();
      assert.equal(rows.length, 7);
      assert.deepEqual(
        rows.filter(row => !row.startsWith('✓')),
        [],
      );
      assert.equal(await read('upload.py'), `id = "${upload.guid}"\n`);
      await preview.apply();
      const toast = await notifications.toast('GUID replaced in 3 files.');
      const guid = scene.pyrus.uploads.at(-1)?.guid ?? '';
      assert.equal(await read('upload.py'), `id = "${guid}"\n`);
      assert.equal(await read('comment.json'), `["${guid}", "${guid}"]\r\n`);
      assert.equal(await read('Акт сверки/notes.md'), `- ${guid}\n`);
      await toast.close();
      await editor.cursorAtEndOf(guid);
      await page.keyboard.press('Control+Z');
      await editor.contains(upload.guid);
      // What was in no editor is opened, to be saved or not.
      for (const name of ['upload.py', 'comment.json', 'notes.md']) {
        await editor.tab(name).and(page.locator('.dirty')).waitFor();
      }
      await palette.run('File: Save All Files');
      await eventually(async () => {
        assert.equal(await read('upload.py'), `id = "${upload.guid}"\n`);
        assert.equal(await read('Акт сверки/notes.md'), `- ${upload.guid}\n`);
      });
      assert.equal(
        await read('comment.json'),
        `["${upload.guid}", "${upload.guid.toUpperCase()}"]\r\n`,
      );
    });

    it('but for what is no longer ticked', async () => {
      await preview.toggle('comment.json');
      await preview.apply();
      await (await scene.workbench.notifications.toast('GUID replaced in 2 files.')).close();
      const guid = scene.pyrus.uploads.at(-1)?.guid ?? '';
      assert.equal(await read('upload.py'), `id = "${guid}"\n`);
      assert.match(await read('comment.json'), new RegExp(upload.guid));
    });

    it('or not at all; the new GUID is then on the clipboard', async () => {
      const { clipboard, notifications } = scene.workbench;
      await preview.discard();
      await (await notifications.toast('No GUID was replaced.')).close();
      assert.equal(await clipboard.read(), scene.pyrus.uploads.at(-1)?.guid);
      assert.equal(await read('upload.py'), `id = "${upload.guid}"\n`);
      assert.equal(await read('Акт сверки/notes.md'), `- ${upload.guid}\n`);
    });
  });
});
