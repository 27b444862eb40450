import { strict as assert } from 'node:assert';
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { proxyPage } from '../pyrus-server/scripted';
import { openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const UPLOAD = 'Upload to Pyrus and Copy GUID';
const ROUTE = 'POST /v4/files/upload';

describe('uploading', () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene();
    await signIn(scene);
  });
  after(() => scene.close());
  afterEach(() => {
    scene.pyrus.clearFaults();
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  const guids = (count: number): string[] =>
    scene.pyrus.uploads.slice(-count).map(({ guid }) => guid);
  const write = (name: string, content: string | Buffer): Promise<void> =>
    writeFile(join(scene.workbench.workspaceFolder, name), content);

  it('is at the end of the Explorer’s menu, with attaching', async () => {
    const menu = await scene.workbench.explorer.contextMenu('diagram.png');
    assert.deepEqual((await menu.labels()).slice(-2), [UPLOAD, 'Attach to Pyrus Task…']);
    await menu.close();
  });

  it('of a selection puts the GUIDs on the clipboard, one per line, in the order of the Explorer', async () => {
    const { explorer, notifications, clipboard } = scene.workbench;
    await explorer.select(['diagram.png', 'upload.py', 'Договор поставки.txt']);
    await (await explorer.contextMenu('upload.py')).choose(UPLOAD);
    const toast = await notifications.toast('3 files are in Pyrus, verified.');
    const byName = new Map(scene.pyrus.uploads.map(({ name, guid }) => [name, guid]));
    assert.deepEqual(
      (await clipboard.read()).split('\n'),
      ['diagram.png', 'upload.py', 'Договор поставки.txt'].map(name => byName.get(name)),
    );
    await toast.close();
  });

  it('of a folder counts the files and asks first', async () => {
    const { explorer, dialog, notifications } = scene.workbench;
    const before = scene.pyrus.uploads.length;
    await (await explorer.contextMenu('Акт сверки')).choose(UPLOAD);
    await dialog.shown('Upload 4 files from Акт сверки?');
    await dialog.click('Cancel');
    assert.equal(scene.pyrus.uploads.length, before);
    await (await explorer.contextMenu('Акт сверки')).choose(UPLOAD);
    await dialog.shown('Upload 4 files from Акт сверки?');
    await dialog.click('Upload');
    await (await notifications.toast('4 files are in Pyrus')).close();
    assert.deepEqual(
      scene.pyrus.uploads
        .slice(before)
        .map(({ name }) => name)
        .sort(),
      ['notes.md', 'март.csv', 'февраль.csv', 'январь.csv'],
    );
  });

  it('from the menu of a tab and from the palette takes what is open, a picture, too', async () => {
    const { editor, palette, notifications } = scene.workbench;
    await editor.openFile('diagram.png');
    await (await editor.tabMenu('diagram.png')).choose(UPLOAD);
    await (await notifications.toast('“diagram.png” is in Pyrus')).close();
    await palette.run(`Pyrus: ${UPLOAD}`);
    await (await notifications.toast('“diagram.png” is in Pyrus')).close();
    assert.equal(scene.pyrus.uploads.at(-1)?.name, 'diagram.png');
  });

  it('inserts the GUID at the cursor when asked to', async () => {
    const { editor, palette, notifications, clipboard } = scene.workbench;
    await editor.openFile('pyrus.http');
    await editor.cursorAtEndOf('attachments');
    await palette.run(`Pyrus: ${UPLOAD}`);
    const toast = await notifications.toast('“pyrus.http” is in Pyrus');
    await toast.click('Insert');
    await editor.contains(await clipboard.read());
  });

  it('saves unsaved changes first and sends what is on the screen', async () => {
    const { editor, notifications } = scene.workbench;
    await (await editor.tabMenu('pyrus.http')).choose(UPLOAD);
    await (await notifications.toast('“pyrus.http” is in Pyrus')).close();
    const [inserted] = guids(2);
    assert.ok(scene.pyrus.uploads.at(-1)?.bytes?.toString().includes(String(inserted)));
  });

  it('asks before a file that looks like a secret leaves', async () => {
    const { explorer, dialog, notifications } = scene.workbench;
    await write('.env', 'KEY=1');
    const before = scene.pyrus.uploads.length;
    await explorer.select(['.env', 'upload.py']);
    await (await explorer.contextMenu('upload.py')).choose(UPLOAD);
    assert.match(await dialog.shown('passwords or keys'), /\.env/);
    await dialog.click('Leave Them Out');
    await (await notifications.toast('“upload.py” is in Pyrus')).close();
    assert.equal(scene.pyrus.uploads.length, before + 1);
  });

  it('goes on when one file fails, names it, and tries just that one again', async () => {
    const { explorer, notifications, clipboard } = scene.workbench;
    await write('empty.txt', '');
    const before = scene.pyrus.uploads.length;
    await explorer.select(['comment.json', 'empty.txt', 'upload.py']);
    await (await explorer.contextMenu('empty.txt')).choose(UPLOAD);
    const toast = await notifications.toast('Uploaded 2 of 3');
    assert.match(
      await toast.text(),
      /“empty\.txt”: The file is empty, and Pyrus takes no empty files\./,
    );
    assert.deepEqual(await toast.buttons(), ['Retry', 'Show Log']);
    assert.deepEqual((await clipboard.read()).split('\n').sort(), guids(2).sort());
    await write('empty.txt', 'no longer');
    await toast.click('Retry');
    await (await notifications.toast('3 files are in Pyrus, verified.')).close();
    assert.deepEqual(
      scene.pyrus.uploads
        .slice(before)
        .map(({ name }) => name)
        .sort(),
      ['comment.json', 'empty.txt', 'upload.py'],
    );
    const byName = new Map(scene.pyrus.uploads.map(({ name, guid }) => [name, guid]));
    assert.deepEqual(
      (await clipboard.read()).split('\n'),
      ['comment.json', 'empty.txt', 'upload.py'].map(name => byName.get(name)),
    );
  });

  it('says in words that Pyrus is down, without the page of the proxy', async () => {
    const { explorer, notifications } = scene.workbench;
    scene.pyrus.script({ match: ROUTE, times: Infinity, answer: proxyPage(503) });
    await explorer.select(['upload.py']);
    await (await explorer.contextMenu('upload.py')).choose(UPLOAD);
    const toast = await notifications.toast('Pyrus is not available right now (HTTP 503)');
    assert.doesNotMatch(await toast.text(), /<|html/);
    scene.pyrus.clearFaults();
    await toast.click('Retry');
    await (await notifications.toast('“upload.py” is in Pyrus')).close();
  });

  it('shows bytes and percent, and Cancel closes the connection and leaves nothing', async () => {
    const { explorer, notifications, clipboard } = scene.workbench;
    await write('large.bin', '');
    await truncate(join(scene.workbench.workspaceFolder, 'large.bin'), 256 * 1024 * 1024);
    await clipboard.write('as it was');
    const before = scene.pyrus.uploads.length;
    scene.pyrus.script({ match: ROUTE, receive: { bytesPerSecond: 8 * 1024 * 1024 } });
    await (await explorer.contextMenu('large.bin')).choose(UPLOAD);
    const progress = await notifications.toast(/large\.bin · .* of 256 MB \(\d+%\)/);
    const aborted = scene.pyrus.when(ROUTE, ({ outcome }) => outcome === 'aborted');
    await progress.click('Cancel');
    await aborted;
    await progress.gone();
    assert.deepEqual(await notifications.texts(), []);
    assert.equal(await clipboard.read(), 'as it was');
    assert.equal(scene.pyrus.uploads.length, before);
  });

  it('leads back to signing in when the key was changed on the web, and then carries on', async () => {
    const { explorer, notifications } = scene.workbench;
    scene.pyrus.changeKey('a-new-key');
    await (await explorer.contextMenu('upload.py')).choose(UPLOAD);
    const toast = await notifications.toast('does not accept this login and security key');
    await toast.click('Sign In');
    const { quickInput } = scene.workbench;
    await quickInput.shown(/Sign in to Pyrus \(4\/4\)/);
    await quickInput.answer(scene.pyrus.securityKey);
    await (await notifications.toast('“upload.py” is in Pyrus')).close();
  });
});
