import { strict as assert } from 'node:assert';
import { readFile, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { copyPicture, dragIntoText, dropSystemFile, PasteOptions, pasteAs } from './dragging';
import { eventually } from '../eventually';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const OURS = 'Upload to Pyrus and Insert GUID';
const TEXT = 'Договор поставки.txt';

describe('dropping and pasting files into an editor', () => {
  let scene: Scene;
  let options: PasteOptions;

  before(async () => {
    scene = await openScene();
    options = new PasteOptions(scene.workbench.page);
    await signIn(scene);
  });
  after(() => scene.close());
  afterEach(async () => {
    scene.pyrus.clearFaults();
    await scene.workbench.palette.run('File: Revert File');
    await scene.workbench.palette.run('View: Close All Editors');
  });

  const line = (number: number): ReturnType<typeof scene.workbench.page.locator> =>
    scene.workbench.page
      .locator('.editor-group-container.active .view-lines .view-line')
      .nth(number);
  const sent = (): number =>
    scene.pyrus.requests.filter(({ path }) => path.includes('/files/upload')).length;
  const newGuid = async (before: number): Promise<string> => {
    await eventually(() => {
      assert.equal(scene.pyrus.uploads.length, before + 1);
      return Promise.resolve();
    }, 15_000);
    return scene.pyrus.uploads.at(-1)?.guid ?? '';
  };

  it('a drop inserts the path, as ever, and sends nothing; ours is the last choice', async () => {
    const { editor, explorer, page } = scene.workbench;
    const [before, requests] = [scene.pyrus.uploads.length, sent()];
    await editor.openFile(TEXT);
    await dragIntoText(page, explorer.row('diagram.png'), line(1));
    await editor.contains('diagram.png');
    assert.equal(sent(), requests);
    assert.equal((await options.open()).at(-1), OURS);
    await options.choose(OURS);
    const guid = await newGuid(before);
    await editor.contains(guid);
    assert.ok(!(await editor.text()).includes('⟦'));
    await page.keyboard.press('Control+Z');
    const file = await readFile(join(scene.workbench.workspaceFolder, TEXT), 'utf8');
    await eventually(async () => assert.equal(await editor.text(), file));
  });

  it('a placeholder keeps the place meanwhile; Cancel leaves none, and what is there is on the clipboard', async () => {
    const { editor, explorer, notifications, clipboard, page, workspaceFolder } = scene.workbench;
    const before = scene.pyrus.uploads.length;
    await writeFile(join(workspaceFolder, 'large.bin'), '');
    await truncate(join(workspaceFolder, 'large.bin'), 128 * 1024 * 1024);
    const { hits } = scene.pyrus.script({
      match: 'POST /v4/files/upload',
      times: Infinity,
      receive: { bytesPerSecond: 4 * 1024 * 1024 },
    });
    await editor.openFile(TEXT);
    const text = await editor.text();
    // With a plain click another file would be in the editor.
    for (const name of ['diagram.png', 'large.bin', TEXT]) {
      await explorer.row(name).click({ modifiers: ['ControlOrMeta'] });
    }
    await dragIntoText(page, explorer.row('diagram.png'), line(1));
    await editor.contains('large.bin');
    await options.open();
    await options.choose('Upload 2 Files to Pyrus and Insert GUIDs');
    await editor.contains('⟦Uploading 2 files… ');
    const guid = await newGuid(before);
    const progress = await notifications.toast('Uploading to Pyrus: 2 files');
    await progress.click('Cancel');
    const toast = await notifications.toast('Cancelled. 1 file was already in Pyrus');
    assert.deepEqual(await toast.buttons(), ['Insert', 'Attach to Task…', 'Copy As…']);
    assert.equal(await clipboard.read(), guid);
    assert.equal(await editor.text(), text);
    await scene.pyrus.when(
      request => hits.includes(request),
      ({ outcome }) => outcome === 'aborted',
    );
    await toast.close();
  });

  // Before a file is copied: VS Code would remember that, whatever else is on the clipboard then.
  it('a picture: Ctrl+V sends nothing, Paste As uploads it', async () => {
    const { editor, page, palette, quickInput } = scene.workbench;
    const [before, requests] = [scene.pyrus.uploads.length, sent()];
    await copyPicture(page);
    await editor.openFile(TEXT);
    await line(1).click();
    const text = await editor.text();
    await page.keyboard.press('Control+V');
    await pasteAs(page, () => palette.run('Paste As...'));
    await quickInput.row(OURS).waitFor();
    // By now the plain paste is long over.
    assert.equal(sent(), requests);
    assert.equal(await editor.text(), text);
    await quickInput.pick(OURS);
    await editor.contains(await newGuid(before));
    assert.match(scene.pyrus.uploads.at(-1)?.name ?? '', /^screenshot-[\d-]+\.png$/);
  });

  it('a copied file: the path is pasted, and ours is a choice', async () => {
    const { editor, explorer, page } = scene.workbench;
    const [before, requests] = [scene.pyrus.uploads.length, sent()];
    await explorer.row('upload.py').click();
    await page.keyboard.press('Control+C');
    await editor.openFile(TEXT);
    await line(1).click();
    await page.keyboard.press('Control+V');
    await editor.contains('upload.py');
    assert.equal(sent(), requests);
    assert.equal((await options.open()).at(-1), OURS);
    await options.choose(OURS);
    await editor.contains(await newGuid(before));
    assert.equal(scene.pyrus.uploads.at(-1)?.name, 'upload.py');
  });

  it('a file of the system without a path is asked about', async () => {
    const { editor, dialog } = scene.workbench;
    const before = scene.pyrus.uploads.length;
    await editor.openFile(TEXT);
    await dropSystemFile(line(1), { name: 'из системы.dat', content: 'system bytes' });
    assert.match(await dialog.shown('Upload 1 file to Pyrus as'), /из системы\.dat/);
    await dialog.click('Upload');
    await editor.contains(await newGuid(before));
    assert.equal(scene.pyrus.uploads.at(-1)?.bytes?.toString(), 'system bytes');
  });
});
