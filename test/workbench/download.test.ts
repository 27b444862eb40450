import { strict as assert } from 'node:assert';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { cyrillicName, fileIds } from '../pyrus-server/fixtures';
import { eventually } from '../eventually';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const DOWNLOAD = 'Pyrus: Download Pyrus File…';

describe('downloading', () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene();
    await signIn(scene);
  });
  after(() => scene.close());
  afterEach(async () => {
    scene.pyrus.clearFaults();
    assert.deepEqual(scene.pyrus.foreignRequests, []);
    assert.deepEqual(
      (await files()).filter(name => name.includes('.pyrus-')),
      [],
    );
  });

  const files = (folder = ''): Promise<string[]> =>
    readdir(join(scene.workbench.workspaceFolder, folder));
  const content = (name: string): Promise<string> =>
    readFile(join(scene.workbench.workspaceFolder, name), 'utf8');

  it('by an id puts the file into the workspace folder and opens it', async () => {
    const { palette, quickInput, notifications, editor, clipboard } = scene.workbench;
    await clipboard.write('nothing of ours');
    await palette.run(DOWNLOAD);
    await quickInput.shown('Download Pyrus Files');
    assert.equal(await quickInput.value(), '');
    await quickInput.answer(String(fileIds.plain));
    const toast = await notifications.toast('“test.txt” is downloaded into');
    assert.equal(await content('test.txt'), 'file content');
    await toast.click('Open');
    await editor.contains('file content');
  });

  it('is prefilled from the clipboard, and saves a Cyrillic name as it is', async () => {
    const { palette, quickInput, notifications, clipboard } = scene.workbench;
    const link = `${scene.pyrus.origins.files}/services/attachment?id=${fileIds.extendedName}`;
    await clipboard.write(link);
    await palette.run(DOWNLOAD);
    await quickInput.shown('Download Pyrus Files');
    assert.equal(await quickInput.value(), link);
    await quickInput.accept();
    await (await notifications.toast(`“${cyrillicName}” is downloaded into`)).close();
    assert.ok((await files()).includes(cyrillicName));
  });

  it('explains a GUID, a task among files and a foreign link instead of sending them', async () => {
    const { palette, quickInput } = scene.workbench;
    const before = scene.pyrus.requests.length;
    await palette.run(DOWNLOAD);
    await quickInput.shown('Download Pyrus Files');
    await quickInput.type('08923d83-255b-4f18-b0eb-5c4d3b9bf1d2');
    await quickInput.message(/upload GUID.*nothing downloads by it/);
    await quickInput.type('https://evil.example/services/attachment?id=5');
    await quickInput.message(/evil\.example is not the Pyrus you are signed in to/);
    await quickInput.type('#11613, 1334');
    await quickInput.message(/Task 11613 is not a file/);
    await quickInput.accept();
    await quickInput.escape();
    assert.equal(scene.pyrus.requests.length, before);
  });

  it('of several files goes into the folder clicked, names what failed, and tries that again', async () => {
    const { explorer, quickInput, notifications } = scene.workbench;
    await (await explorer.contextMenu('Акт сверки')).choose('Download Pyrus File…');
    await quickInput.shown('Download Pyrus Files');
    await quickInput.answer(`${fileIds.plain}, ${fileIds.missing} ${fileIds.jsonContent}`);
    const toast = await notifications.toast('Downloaded 2 of 3.');
    assert.match(await toast.text(), /File 1404 is no longer in Pyrus\./);
    assert.deepEqual(await toast.buttons(), ['Retry', 'Show Log']);
    const inFolder = await files('Акт сверки');
    assert.ok(inFolder.includes('test.txt') && inFolder.includes('a.json'));
    assert.equal(await content('Акт сверки/a.json'), '{"a":1}\n');
    const before = scene.pyrus.requests.length;
    scene.pyrus.script({
      match: new RegExp(`/download/${fileIds.missing}\\b`),
      answer: {
        status: 200,
        headers: { 'Content-Disposition': 'attachment; filename="b.txt"' },
        body: 'back',
      },
    });
    await toast.click('Retry');
    await (await notifications.toast('3 files are downloaded into Акт сверки.')).close();
    assert.equal(await content('Акт сверки/b.txt'), 'back');
    assert.equal(scene.pyrus.requests.length, before + 1);
  });

  it('asks once what to do about names that are taken', async () => {
    const { palette, quickInput, notifications, dialog } = scene.workbench;
    const again = async (answer: string): Promise<void> => {
      await palette.run(DOWNLOAD);
      await quickInput.shown('Download Pyrus Files');
      await quickInput.answer(`${fileIds.plain} ${fileIds.extendedName}`);
      await dialog.shown('is already there');
      await dialog.click(answer);
    };
    const before = await files();
    await again('Skip');
    await (await notifications.toast('Nothing was downloaded')).close();
    assert.deepEqual(await files(), before);
    await again('Keep Both');
    await (await notifications.toast('2 files are downloaded into')).close();
    const added = (await files()).filter(name => !before.includes(name));
    assert.deepEqual(
      added.sort(),
      ['test (1).txt', cyrillicName.replace('.pdf', ' (1).pdf')].sort(),
    );
    const names = await files();
    await again('Overwrite');
    await (await notifications.toast('2 files are downloaded into')).close();
    assert.deepEqual(await files(), names);
  });

  it('that is cancelled leaves nothing behind', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    const { id } = scene.pyrus.addFile({ name: 'large.bin', content: 64 * 1024 * 1024 });
    const route = `GET /v4/files/download/${id}`;
    scene.pyrus.script({ match: route, send: { stallAfter: 20 * 1024 * 1024 } });
    const before = await files();
    await palette.run(DOWNLOAD);
    await quickInput.shown('Download Pyrus Files');
    await quickInput.answer(String(id));
    const progress = await notifications.toast(/Downloading from Pyrus.*of 64 MB/);
    const aborted = scene.pyrus.when(route, ({ outcome }) => outcome === 'aborted');
    await progress.click('Cancel');
    await aborted;
    await progress.gone();
    assert.deepEqual(await notifications.texts(), []);
    // The message goes at the click; the file a moment later.
    await eventually(async () => assert.deepEqual(await files(), before));
  });
});
