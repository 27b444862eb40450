import { strict as assert } from 'node:assert';
import { bot } from '../pyrus-server/fixtures';
import { answerSignIn, openScene, signIn } from './signedIn';
import type { Scene } from './signedIn';

const UPLOAD = 'Upload to Pyrus and Copy GUID';
const NEW_KEY = 'new-bot-key';

describe('several accounts', () => {
  let scene: Scene;

  // One story: each goes on where the one before has ended.
  before(async () => {
    scene = await openScene();
    await signIn(scene);
  });
  after(() => scene.close());

  /** Uploads a file, and reads in the message whose it is. */
  const uploadAs = async (who: RegExp): Promise<void> => {
    const { explorer, notifications } = scene.workbench;
    await (await explorer.contextMenu('upload.py')).choose(UPLOAD);
    const toast = await notifications.toast('“upload.py” is in Pyrus');
    assert.match(await toast.text(), who);
    await toast.close();
  };
  const switchTo = async (name: string): Promise<void> => {
    const { palette, quickInput } = scene.workbench;
    await palette.run('Pyrus: Switch Account…');
    await quickInput.shown('Switch Account');
    await quickInput.pick(name);
    await quickInput.hidden();
  };

  it('come one by one, from the list of those that are there', async () => {
    const { palette, quickInput, notifications, page } = scene.workbench;
    await palette.run('Pyrus: Switch Account…');
    await quickInput.pick('Sign In to Another Account…');
    await answerSignIn({ ...scene, pyrus: withBot(scene) });
    await (await notifications.toast('This window uses this account now.')).close();
    await page.locator('.pane-header', { hasText: 'Pyrus Uploads' }).click();
    await page.locator('.pane-header .description', { hasText: 'Bot Fixture · bot@' }).waitFor();
    await uploadAs(/ Account: bot@/);
  });

  it('are switched between, and the workspace remembers it when the extension host starts anew', async () => {
    const { page } = scene.workbench;
    await switchTo('Bob Smith');
    await page
      .locator('.pane-header .description', { hasText: 'Bob Smith · bob.smith@' })
      .waitFor();
    await scene.workbench.restartExtensionHost();
    await scene.workbench.ready(`Pyrus: ${UPLOAD}`);
    await uploadAs(/ Account: bob\.smith@example\.com/);
  });

  it('are both in the Accounts menu', async () => {
    const { page } = scene.workbench;
    await page.locator('.activitybar .codicon-accounts-view-bar-icon').click();
    for (const login of ['bob.smith@example.com', bot.login]) {
      await page.locator('.monaco-menu .action-label', { hasText: login }).waitFor();
    }
    await page.keyboard.press('Escape');
  });

  it('that Pyrus refuses are in the status bar, and a click asks for the key alone', async () => {
    const { explorer, notifications, page, quickInput } = scene.workbench;
    await switchTo('Bot Fixture');
    scene.pyrus.changeKey(NEW_KEY, bot.login);
    await (await explorer.contextMenu('upload.py')).choose(UPLOAD);
    const failure = await notifications.toast('Pyrus does not accept this login');
    assert.match(await failure.text(), / Account: bot@/);
    await failure.close();
    const item = page.locator('.statusbar-item', { hasText: 'Pyrus: Sign In' });
    await item.click();
    await quickInput.shown(/Sign in to Pyrus \(4\/4\)/);
    assert.equal(await quickInput.isMasked(), true);
    await quickInput.answer(NEW_KEY);
    await (await notifications.toast(/^Signed in as Bot Fixture/)).close();
    await item.waitFor({ state: 'detached' });
    await uploadAs(/ Account: bot@/);
  });

  it('are all checked, and the report leads to signing in again with a click', async () => {
    const { palette, notifications, page, quickInput } = scene.workbench;
    scene.pyrus.changeKey('yet-another-key', bot.login);
    await palette.run('Pyrus: Check Connection');
    const toast = await notifications.toast('1 problem with the connection.');
    assert.deepEqual(await toast.buttons(), ['Sign In', 'Copy Report']);
    await toast.close();
    const again = page.locator('.editor-instance .detected-link', { hasText: 'Sign' });
    await again.first().click({ modifiers: ['ControlOrMeta'] });
    await quickInput.shown(/Sign in to Pyrus \(4\/4\)/);
    await quickInput.answer('yet-another-key');
    await (await notifications.toast(/^Signed in as Bot Fixture/)).close();
  });

  it('sign out one at a time', async () => {
    const { palette, quickInput, notifications } = scene.workbench;
    await palette.run('Pyrus: Sign Out');
    await quickInput.pick('Bot Fixture');
    await (await notifications.toast(/^Signed out: bot@.* This window uses bob\.smith@/)).close();
    await uploadAs(/is on the clipboard\.$/);
  });

  it('have a report whose settings open with the keyboard alone', async () => {
    const { editor, palette, notifications, page } = scene.workbench;
    scene.pyrus.changeKey('a-key-of-bob');
    await palette.run('Pyrus: Check Connection');
    await (await notifications.toast('1 problem with the connection.')).close();
    await editor.cursorAtEndOf('(http.systemCertificates is on).');
    for (let step = 0; step < ' is on).'.length + 3; step++) {
      await page.keyboard.press('ArrowLeft');
    }
    await palette.run('Open Link');
    await page.locator('.settings-editor').waitFor();
  });
});

/** The stand-in with the bot's login and key in place of the main user's. */
function withBot({ pyrus }: Scene): Scene['pyrus'] {
  return Object.create(pyrus, {
    login: { value: bot.login },
    securityKey: { value: bot.securityKey },
  }) as Scene['pyrus'];
}
