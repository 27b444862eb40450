import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import { fileIds } from '../pyrus-server/fixtures';
import { eventually } from '../eventually';
import { Menu } from './menu';
import { answerSignIn, answerUpToKey, openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

describe('signing in', () => {
  let scene: Scene;

  before(async () => {
    scene = await openScene();
  });
  after(() => scene.close());

  const unfinished = async (): Promise<string[]> =>
    (await readdir(scene.workbench.workspaceFolder)).filter(name => name.includes('.pyrus-'));
  const startDownload = async (id: number): Promise<void> => {
    const { palette, quickInput } = scene.workbench;
    await palette.run('Pyrus: Download Pyrus File…');
    await quickInput.shown('Download Pyrus Files');
    await quickInput.answer(String(id));
  };
  /** A download that does not come to its end. @returns waits until Pyrus sees its connection closed */
  const stalledDownload = async (): Promise<() => Promise<unknown>> => {
    const { id } = scene.pyrus.addFile({ name: 'large.bin', content: 64 * 1024 * 1024 });
    const route = `GET /v4/files/download/${id}`;
    scene.pyrus.script({ match: route, send: { stallAfter: 20 * 1024 * 1024 } });
    await startDownload(id);
    await scene.workbench.notifications.toast(/Downloading from Pyrus.*of 64 MB/);
    assert.equal((await unfinished()).length, 1);
    return () => scene.pyrus.when(route, ({ outcome }) => outcome === 'aborted');
  };

  it('sends nothing before it is asked for', () => {
    assert.deepEqual(scene.pyrus.requests, []);
  });

  it('says nothing when the user leaves', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    await palette.run('Pyrus: Sign In…');
    await quickInput.shown(/Sign in to Pyrus \(1\/3\)/);
    assert.deepEqual(
      (await quickInput.rows()).map(([label]) => label?.trim()),
      ['Pyrus Cloud', 'On-Premises Server…', 'Use an Access Token…'],
    );
    await quickInput.escape();
    assert.deepEqual(await notifications.texts(), []);
    assert.deepEqual(scene.pyrus.requests, []);
  });

  it('refuses addresses where a key must not go', async () => {
    const { palette, quickInput } = scene.workbench;
    await palette.run('Pyrus: Sign In…');
    await quickInput.pick(/On-Premises Server/);
    await quickInput.shown(/\(2\/4\)/);
    await quickInput.answer('http://pyrus.example.com');
    await quickInput.message(/Enter the address of the server/);
    await quickInput.escape();
  });

  it('is what the first command leads into, says a wrong key in place, and then carries on', async () => {
    const { explorer, quickInput, notifications, clipboard } = scene.workbench;
    await (await explorer.contextMenu('comment.json')).choose('Upload to Pyrus and Copy GUID');
    await answerUpToKey(scene);
    assert.equal(await quickInput.isMasked(), true);
    await quickInput.answer('wrong-key');
    await quickInput.message('Pyrus does not accept this login and security key. Check both.');
    await quickInput.back();
    await quickInput.shown(/\(3\/4\)/);
    assert.equal(await quickInput.value(), scene.pyrus.login);
    await quickInput.accept();
    await quickInput.shown(/\(4\/4\)/);
    await quickInput.answer(scene.pyrus.securityKey);
    await quickInput.hidden();
    const toast = await notifications.toast('“comment.json” is in Pyrus, verified.');
    assert.equal(await clipboard.read(), scene.pyrus.uploads[0]?.guid);
    await toast.close();
  });

  it('outlives the extension host, killed amid a download, of which the next one leaves nothing', async () => {
    const { explorer, notifications } = scene.workbench;
    const aborted = await stalledDownload();
    await scene.workbench.restartExtensionHost();
    await aborted();
    await scene.workbench.ready('Pyrus: Upload to Pyrus and Copy GUID');
    await (await explorer.contextMenu('upload.py')).choose('Upload to Pyrus and Copy GUID');
    await (await notifications.toast('“upload.py” is in Pyrus')).close();
    await startDownload(fileIds.plain);
    await (await notifications.toast('“test.txt” is downloaded into')).close();
    assert.deepEqual(await unfinished(), []);
    assert.equal(scene.pyrus.authCount, 2, 'the wrong key and the right one');
  });

  it('is undone by signing out, and the next command asks again', async () => {
    const { palette, explorer, notifications, quickInput } = scene.workbench;
    await palette.run('Pyrus: Sign Out');
    await (await notifications.toast('Signed out: bob.smith@example.com')).close();
    await (await explorer.contextMenu('upload.py')).choose('Upload to Pyrus and Copy GUID');
    await quickInput.shown(/Sign in to Pyrus/);
    await quickInput.escape();
    assert.equal(scene.pyrus.uploads.length, 2);
    assert.equal(await palette.offers('Pyrus: Sign Out'), false);
  });

  it('asks for the employee id only when Pyrus needs it', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    await palette.run('Pyrus: Sign In…');
    await quickInput.pick(/On-Premises Server/);
    await quickInput.shown(/\(2\/4\)/);
    await quickInput.answer(scene.pyrus.origins.accounts);
    await quickInput.shown(/\(3\/4\)/);
    await quickInput.answer('shared@example.com');
    await quickInput.shown(/\(4\/4\)/);
    await quickInput.answer('k');
    await quickInput.shown(/\(5\/5\)/);
    await quickInput.answer('sixteen');
    await quickInput.message(/employee id, a number/);
    await quickInput.answer('16900');
    await (await notifications.toast(/^Signed in as /)).close();
    await palette.run('Pyrus: Sign Out');
    await (await notifications.toast('Signed out: shared@example.com')).close();
  });

  it('takes an access token, too', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    await palette.run('Pyrus: Sign In…');
    await quickInput.pick(/Use an Access Token/);
    await quickInput.shown(/\(2\/3\)/);
    await quickInput.answer(scene.pyrus.origins.onPremises);
    await quickInput.shown(/\(3\/3\)/);
    assert.equal(await quickInput.isMasked(), true);
    await quickInput.answer('not-a-token');
    await quickInput.message('Pyrus does not accept this token. Copy it once more.');
    await quickInput.answer(scene.pyrus.issueToken('onPremises'));
    await (await notifications.toast('Signed in as Bob Smith, My Organization.')).close();
    await palette.run('Pyrus: Sign Out');
    await (await notifications.toast('Signed out')).close();
  });

  it('shows the account in the Accounts menu and signs out from there', async () => {
    const { page, dialog, palette } = scene.workbench;
    await signIn(scene);
    await page.locator('.activitybar .codicon-accounts-view-bar-icon').click();
    await page.locator('.monaco-menu .action-label', { hasText: 'bob.smith@example.com' }).hover();
    await new Menu(page).choose('Sign Out');
    await dialog.shown('bob.smith@example.com');
    await dialog.click('Sign Out');
    // Only the older editor says so in a message.
    await eventually(async () => assert.equal(await palette.offers('Pyrus: Sign Out'), false));
    await palette.run('Pyrus: Sign In…');
    await answerSignIn(scene);
  });

  it('is asked for again where a reload of the page loses it; the reload ends what was running', async () => {
    const { page, explorer, notifications, quickInput } = scene.workbench;
    const aborted = await stalledDownload();
    await page.reload();
    await aborted();
    await eventually(async () => assert.deepEqual(await unfinished(), []));
    await scene.workbench.ready('Pyrus: Upload to Pyrus and Copy GUID');
    assert.deepEqual(await notifications.texts(), [], 'told before it was needed');
    await (await explorer.contextMenu('upload.py')).choose('Upload to Pyrus and Copy GUID');
    await quickInput.shown(/Sign in to Pyrus/);
    const lost = await notifications.toast('The saved sign-in could not be read from the keyring');
    assert.equal((await notifications.texts()).length, 1);
    await lost.close();
    await quickInput.shown(/Sign in to Pyrus/);
    await answerSignIn(scene);
    await (await notifications.toast('“upload.py” is in Pyrus')).close();
  });
});
