import { strict as assert } from 'node:assert';
import { mkdir, mkdtemp, readFile, readdir, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authorityOf, makeAuthorities } from '../network/authorities';
import { certificate } from '../network/certificates';
import { ConnectProxy } from '../network/connectProxy';
import { secureFront } from '../network/secureFront';
import type { SecureFront } from '../network/secureFront';
import { fileIds } from '../pyrus-server/fixtures';
import { Menu } from './menu';
import { openScene } from './signedIn';
import type { Scene } from './signedIn';
import { UploadsView } from './uploadsView';

const UPLOAD = 'Upload to Pyrus and Copy GUID';
const DOWNLOAD = 'Download Pyrus File…';
const NAME = 'pyrus.example.test';

/** Two folders of one name, one in memory, and one in memory that cannot be written. */
const workspace = {
  folders: [
    { path: 'left/docs' },
    { path: 'right/docs' },
    { uri: 'memory:/shared', name: 'shared' },
    { uri: 'sealed:/archive', name: 'archive' },
  ],
};

describe('several folders, behind a proxy', () => {
  let temporary: string;
  let proxy: ConnectProxy;
  let front: SecureFront;
  let scene: Scene;

  before(async () => {
    temporary = await mkdtemp(join(await realpath(tmpdir()), 'pyrus-several-'));
    for (const folder of ['left', 'right']) {
      await mkdir(join(temporary, folder, 'docs'), { recursive: true });
      await writeFile(join(temporary, folder, 'docs', `${folder}.txt`), folder);
    }
    const workspaceFile = join(temporary, 'all.code-workspace');
    await writeFile(workspaceFile, JSON.stringify(workspace));
    const env = await makeAuthorities(join(temporary, 'authorities'));
    const routes: Record<`${string}:${number}`, number> = {};
    proxy = await ConnectProxy.start({ routes, credentials: 'office:another' });
    scene = await openScene({
      workspaceFolder: temporary,
      workspaceFile,
      memoryFiles: true,
      env,
      // Off: Node before 22 forgets NODE_EXTRA_CA_CERTS when VS Code adds what the system trusts.
      settings: { 'http.proxy': proxy.url('office:pa55'), 'http.systemCertificates': false },
    });
    const issuer = authorityOf('extra', env);
    const proof = await certificate({ name: NAME, issuer });
    front = await secureFront(scene.pyrus.origins.onPremises, proof);
    routes[`${NAME}:443`] = front.port;
  });
  after(async () => {
    await scene.close();
    await front.close();
    await proxy.close();
    await rm(temporary, { recursive: true });
    assert.deepEqual(proxy.misuse, []);
  });
  afterEach(() => {
    scene.pyrus.clearFaults();
    proxy.refusal = undefined;
  });

  const uploaded = (count: number): string[] =>
    scene.pyrus.uploads
      .slice(-count)
      .map(({ bytes }) => String(bytes))
      .sort();

  it('signing in says what the proxy wants, where it was typed, and goes on once it is right', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    await palette.run('Pyrus: Sign In…');
    await quickInput.pick(/On-Premises Server/);
    await quickInput.shown(/\(2\/4\)/);
    await quickInput.answer(`https://${NAME}`);
    await quickInput.shown(/\(3\/4\)/);
    await quickInput.answer(scene.pyrus.login);
    await quickInput.shown(/\(4\/4\)/);
    await quickInput.answer(scene.pyrus.securityKey);
    await quickInput.message(/^The proxy wants a user name and a password.*\(HTTP 407\)/);
    assert.deepEqual(scene.pyrus.requests, []);
    proxy.credentials = 'office:pa55';
    await quickInput.accept();
    await (await notifications.toast('Signed in as Bob Smith')).close();
    assert.equal(proxy.asked.at(-1)?.authorization, 'right');
  });

  it('what is in memory goes up: files and folders of one selection', async () => {
    const { explorer, dialog, notifications, clipboard } = scene.workbench;
    await explorer.expand('shared');
    await explorer.select(['план.txt', 'acts']);
    await (await explorer.contextMenu('acts')).choose(UPLOAD);
    await dialog.shown('Upload 3 files from acts?');
    await dialog.click('Upload');
    await (await notifications.toast('3 files are in Pyrus, verified.')).close();
    assert.deepEqual(uploaded(3), ['first act', 'second act', 'the plan']);
    assert.equal((await clipboard.read()).split('\n').length, 3);
  });

  it('a download into memory asks about a name that is taken, and leaves nothing beside it', async () => {
    const { explorer, quickInput, dialog, notifications, editor } = scene.workbench;
    await explorer.expand('inbox');
    await (await explorer.contextMenu('inbox')).choose(DOWNLOAD);
    await quickInput.shown('Download Pyrus Files');
    await quickInput.answer(String(fileIds.plain));
    await dialog.shown('is already there');
    await dialog.click('Keep Both');
    const toast = await notifications.toast('“test (1).txt” is downloaded into');
    await toast.click('Open');
    await editor.contains('file content');
    await explorer.row('test (1).txt').waitFor();
    assert.equal(await explorer.row(/^\.pyrus-/).count(), 0);
    await editor.openFile('test.txt');
    await editor.contains('mine');
  });

  it('what cannot be written is not offered for a download, and goes up', async () => {
    const { explorer, notifications } = scene.workbench;
    await explorer.expand('archive');
    const menu = await explorer.contextMenu('archive');
    assert.deepEqual(
      (await menu.labels()).filter(label => label.includes('Pyrus')),
      [UPLOAD],
    );
    await menu.close();
    await (await explorer.contextMenu('old.txt')).choose(UPLOAD);
    await (await notifications.toast('“old.txt” is in Pyrus')).close();
    assert.deepEqual(uploaded(1), ['long ago']);
  });

  it('a download from the palette asks which folder, and says when that one cannot be written', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    const into = async (row: RegExp): Promise<void> => {
      await palette.run(`Pyrus: ${DOWNLOAD}`);
      await quickInput.shown('Download Pyrus Files');
      await quickInput.answer(String(fileIds.jsonContent));
      await quickInput.row('archive').waitFor();
      assert.deepEqual(
        (await quickInput.rows()).map(([label]) => label),
        ['docs', 'docs', 'shared', 'archive'],
      );
      await quickInput.widget.locator('.monaco-list-row', { hasText: row }).click();
    };
    await into(/right/);
    await (await notifications.toast(/“a\.json” is downloaded into .*right.docs\./)).close();
    assert.equal(await readFile(join(temporary, 'right/docs/a.json'), 'utf8'), '{"a":1}\n');
    assert.deepEqual(await readdir(join(temporary, 'left/docs')), ['left.txt']);
    await into(/archive/);
    const toast = await notifications.toast(
      'You may not write into this folder. Choose another one.',
    );
    assert.deepEqual(await toast.buttons(), ['Choose Another Folder…', 'Show Log']);
    await toast.close();
  });

  it('an upload is found again in its folder', async () => {
    const { explorer, page } = scene.workbench;
    const view = new UploadsView(page);
    await view.open();
    await (await view.contextMenu('old.txt')).choose('Reveal File');
    await explorer.revealed('old.txt');
  });

  it('the empty area under the folders means none of them, nor what is open: an upload asks', async () => {
    const { page, quickInput } = scene.workbench;
    const tree = page.locator('.explorer-folders-view .monaco-list');
    const { height = 0 } = (await tree.boundingBox()) ?? {};
    await tree.click({ button: 'right', position: { x: 150, y: height - 10 } });
    await (await new Menu(page).shown()).choose(UPLOAD);
    await quickInput.shown('Choose files to upload to Pyrus');
    await quickInput.escape();
  });

  // The last one: newer editors show the settings in front of everything.
  it('a refusal of the proxy leads to its setting, and Retry stays at hand', async () => {
    const { explorer, notifications, page } = scene.workbench;
    proxy.refusal = 403;
    await (await explorer.contextMenu('план.txt')).choose(UPLOAD);
    const refused = await notifications.toast(
      `The proxy does not connect us to ${NAME} (HTTP 403)`,
    );
    assert.deepEqual(await refused.buttons(), [
      'Open Setting',
      'Retry',
      'Check Connection',
      'Show Log',
    ]);
    await refused.click('Open Setting');
    await page
      .locator('.settings-editor .setting-item-label', { hasText: 'Proxy' })
      .first()
      .waitFor();
    proxy.refusal = undefined;
    await (await notifications.toast('The proxy does not connect')).click('Retry');
    await (await notifications.toast('“план.txt” is in Pyrus')).close();
    assert.deepEqual(uploaded(1), ['the plan']);
  });
});
