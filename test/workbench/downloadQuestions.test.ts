import { strict as assert } from 'node:assert';
import { mkdir, readFile, readdir, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileIds } from '../pyrus-server/fixtures';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const DOWNLOAD = 'Pyrus: Download Pyrus File…';

describe('a download that cannot go on by itself', () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene();
    await signIn(scene);
  });
  after(() => scene.close());
  afterEach(() => scene.pyrus.clearFaults());

  const place = (name: string): string => join(scene.workbench.workspaceFolder, name);

  it('D4 asks whether to keep a file whose size nothing confirms', async () => {
    const { palette, quickInput, notifications, dialog, page, workspaceFolder } = scene.workbench;
    const route = `GET /v4/files/download/${fileIds.plain}`;
    scene.pyrus.script({ match: route, times: Infinity, send: { contentLength: 'none' } });
    const before = await readdir(workspaceFolder);
    for (const answer of ['Discard', 'Keep']) {
      await palette.run(DOWNLOAD);
      await quickInput.shown('Download Pyrus Files');
      await quickInput.answer(String(fileIds.plain));
      await dialog.shown(/Size not confirmed: “test\.txt” came without its size.*12 bytes came/);
      assert.deepEqual((await dialog.buttons()).sort(), ['Discard', 'Keep']);
      await dialog.click(answer);
      if (answer === 'Discard') {
        // The progress goes, and nothing comes in its place.
        await page
          .locator('.notifications-toasts .notification-toast')
          .first()
          .waitFor({ state: 'hidden' });
        assert.deepEqual(await notifications.texts(), []);
      } else {
        await (await notifications.toast('“test.txt” is downloaded into')).close();
      }
    }
    assert.deepEqual((await readdir(workspaceFolder)).sort(), [...before, 'test.txt'].sort());
    assert.equal(await readFile(place('test.txt'), 'utf8'), 'file content');
  });

  it('F6 shows both in place of a download when the name is taken and that is the answer', async () => {
    const { palette, quickInput, notifications, dialog, editor, workspaceFolder } = scene.workbench;
    await writeFile(place('a.json'), '{"a":2}\n');
    const before = await readdir(workspaceFolder);
    await palette.run(DOWNLOAD);
    await quickInput.shown('Download Pyrus Files');
    await quickInput.answer(String(fileIds.jsonContent));
    await dialog.shown('“a.json” is already there.');
    assert.deepEqual(
      (await dialog.buttons()).sort(),
      ['Compare', 'Keep Both', 'Overwrite', 'Skip'].sort(),
    );
    await dialog.click('Compare');
    await (await notifications.toast('Nothing was downloaded')).close();
    await editor.tab('a.json').filter({ hasText: 'a.json (in Pyrus ↔ here)' }).waitFor();
    assert.equal(await readFile(place('a.json'), 'utf8'), '{"a":2}\n');
    assert.deepEqual(await readdir(workspaceFolder), before);
    await rm(place('a.json'));
  });

  it('F4 offers another folder when files cannot go into the one chosen', async () => {
    const { explorer, quickInput, notifications } = scene.workbench;
    await mkdir(place('gone'));
    await (await explorer.contextMenu('gone')).choose('Download Pyrus File…');
    await quickInput.shown('Download Pyrus Files');
    await rmdir(place('gone'));
    await quickInput.answer(String(fileIds.jsonContent));
    const toast = await notifications.toast('The folder is not there any more.');
    assert.deepEqual(await toast.buttons(), ['Choose Another Folder…', 'Show Log']);
    await toast.click('Choose Another Folder…');
    await quickInput.shown('Download into which folder?');
    await quickInput.answerPath(`${place('Акт сверки')}/`, 'Акт сверки');
    await (await notifications.toast('“a.json” is downloaded into')).close();
    assert.equal(await readFile(place('Акт сверки/a.json'), 'utf8'), '{"a":1}\n');
  });
});
