import { strict as assert } from 'node:assert';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileIds } from '../pyrus-server/fixtures';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

describe('with no folder and no file open', () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene({ emptyWindow: true });
    await signIn(scene);
  });
  after(() => scene.close());

  const place = (name: string): string => join(scene.workbench.workspaceFolder, name);

  it('upload asks for files', async () => {
    const { palette, quickInput, notifications, clipboard } = scene.workbench;
    await palette.run('Pyrus: Upload to Pyrus and Copy GUID');
    await quickInput.shown('Choose files to upload to Pyrus');
    await quickInput.answerPath(place('upload.py'), 'upload.py');
    await (await notifications.toast('“upload.py” is in Pyrus')).close();
    assert.equal(await clipboard.read(), scene.pyrus.uploads[0]?.guid);
  });

  it('upload says nothing when no file is chosen', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    await palette.run('Pyrus: Upload to Pyrus and Copy GUID');
    await quickInput.shown('Choose files to upload to Pyrus');
    await quickInput.escape();
    assert.deepEqual(await notifications.texts(), []);
  });

  it('download of one file asks where to save it, under the name Pyrus gives', async () => {
    const { palette, quickInput, notifications, clipboard } = scene.workbench;
    await clipboard.write(String(fileIds.plain));
    await palette.run('Pyrus: Download Pyrus File…');
    await quickInput.shown('Download Pyrus Files');
    await quickInput.accept();
    await quickInput.shown('Save the file from Pyrus as');
    await quickInput.row('..').waitFor();
    assert.match(await quickInput.value(), /\/test\.txt$/);
    await quickInput.answerPath(place('сохранён.txt'), 'comment.json');
    await (await notifications.toast('“сохранён.txt” is downloaded into')).close();
    assert.equal(await readFile(place('сохранён.txt'), 'utf8'), 'file content');
  });

  it('download of several asks for a folder', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    await palette.run('Pyrus: Download Pyrus File…');
    await quickInput.shown('Download Pyrus Files');
    await quickInput.answer(`${fileIds.plain} ${fileIds.jsonContent}`);
    await quickInput.shown('Download into which folder?');
    await quickInput.answerPath(`${place('Акт сверки')}/`, 'Акт сверки');
    await (await notifications.toast('2 files are downloaded into')).close();
    const names = await readdir(place('Акт сверки'));
    assert.ok(names.includes('test.txt') && names.includes('a.json'));
  });
});
