import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { bot, shared } from '../pyrus-server/fixtures';
import { Boxes } from './boxes';
import { Messages } from './messages';
import { Scene } from './scene';
import { accountOf, accounts, signIn } from './signedIn';
import type { GrantedAccount } from './signedIn';
import { upload } from './uploading';
import { WindowUnderTest } from './windowUnderTest';

describe('several accounts', () => {
  let scene: Scene;
  let boxes: Boxes;
  let messages: Messages;
  let bots: GrantedAccount;
  let uri: vscode.Uri;
  let window: WindowUnderTest;
  beforeEach(async () => {
    scene = await Scene.open();
    bots = await signIn(scene.pyrus, bot);
    boxes = new Boxes();
    messages = new Messages();
    window = await WindowUnderTest.watch();
    uri = await scene.file('report.txt', 'content');
  });
  afterEach(async () => {
    await boxes.dispose();
    messages.dispose();
    window.dispose();
    await scene.close();
  });

  const runSwitch = (): Thenable<unknown> => vscode.commands.executeCommand('pyrus.switchAccount');
  const currentId = async (): Promise<string | undefined> =>
    (await (await accounts()).current())?.id;
  /** Whose token carried a file last. */
  const sender = (): string | undefined => {
    const { authorization } = scene.uploadRequests.at(-1)?.headers ?? {};
    return [scene.account, bots].find(({ grant }) => authorization === `Bearer ${grant.token}`)?.id;
  };

  it('are listed with who they are, where, which is used, and what else can be done', async () => {
    const running = runSwitch();
    const box = await boxes.next('Switch Account');
    assert.equal(box.placeholder, 'Which account shall this window use?');
    const { host } = new URL(scene.pyrus.origins.accounts);
    assert.deepEqual(box.rows(), [
      ['Bot Fixture', `${bot.login} (${host})`, 'My Organization · used in this window'],
      ['Bob Smith', `bob.smith@example.com (${host})`, 'My Organization'],
      [],
      ['Sign In to Another Account…'],
      ['Sign Out…'],
    ]);
    await box.leave();
    await running;
    assert.equal(await currentId(), bots.id);
  });

  it('are switched between, and whatever is sent then is sent as the one chosen', async () => {
    await upload(uri, [uri]);
    assert.equal(sender(), bots.id);
    assert.match((await messages.next()).text, new RegExp(` Account: ${bot.login} \\(`));
    const running = runSwitch();
    await (await boxes.next()).choose('Bob Smith');
    await running;
    assert.equal(await currentId(), scene.account.id);
    await upload(uri, [uri]);
    assert.equal(sender(), scene.account.id);
    assert.match((await messages.next()).text, / Account: bob\.smith@example\.com \(127/);
  });

  it('leave what runs as it is', async () => {
    const answer = scene.holdAnswer(/upload/);
    const running = upload(uri, [uri]);
    await scene.pyrus.when(/upload/);
    await (await accounts()).switchTo(scene.account.id);
    answer();
    await running;
    assert.equal(sender(), bots.id);
    assert.match((await messages.next()).text, new RegExp(` Account: ${bot.login} \\(`));
    assert.equal(await currentId(), scene.account.id);
  });

  it('show beside the title of the view which one is used, and one alone shows nothing', async () => {
    const stored = await accounts();
    await window.describes(text => text === `Bot Fixture · ${bots.label}`.slice(0, 80));
    await stored.switchTo(scene.account.id);
    await window.describes(text => text === `Bob Smith · ${scene.account.label}`);
    await stored.signOut(bots.id);
    await window.describes(text => text === '');
  });

  it('are not mentioned in messages when there is one', async () => {
    await (await accounts()).signOut(bots.id);
    await upload(uri, [uri]);
    assert.equal(
      (await messages.next()).text,
      '“report.txt” is in Pyrus, verified. Its GUID is on the clipboard.',
    );
  });

  it('sign out one at a time, and the message says which one is used then', async () => {
    const running = vscode.commands.executeCommand('pyrus.signOut');
    const box = await boxes.next('Sign Out');
    assert.equal(box.placeholder, 'Which account?');
    await box.choose('Bot Fixture');
    await running;
    const left = await (await accounts()).all();
    assert.deepEqual(
      left.map(({ id }) => id),
      [scene.account.id],
    );
    assert.equal(
      (await messages.next()).text,
      `Signed out: ${bots.label}. The key and the token are removed from this computer. This window uses ${scene.account.label} now.`,
    );
  });

  it('are all in the Accounts menu, two people with one login under two labels', async () => {
    const [one, other] = shared.personIds;
    const { login, securityKey } = shared;
    await signIn(scene.pyrus, { login, securityKey, personId: one });
    await signIn(scene.pyrus, { login, securityKey, personId: other });
    const shown = await vscode.authentication.getAccounts('pyrus');
    assert.equal(shown.length, 4);
    assert.equal(new Set(shown.map(({ label }) => label)).size, 4);
  });

  it('that Pyrus refuses are signed in to again with the key alone', async () => {
    scene.pyrus.changeKey('new-bot-key', bot.login);
    await (await accounts()).dropGrant(bots.id, bots.grant.token);
    const running = runSwitch();
    const box = await boxes.next();
    assert.match(box.rows()[0]?.[2] ?? '', /Pyrus no longer accepts it: sign in again$/);
    await box.choose('Bot Fixture');
    const key = await boxes.next('Sign in to Pyrus');
    await key.type('new-bot-key');
    await key.enter();
    await running;
    const again = await (await accounts()).find(bots.id);
    assert.ok(again?.grant);
    assert.equal(again.label, bots.label);
    assert.deepEqual(boxes.left(), []);
  });

  it('lead to signing in when there is none', async () => {
    for (const { id } of await (await accounts()).all()) {
      await (await accounts()).signOut(id);
    }
    const running = runSwitch();
    const box = await boxes.next('Sign in to Pyrus');
    assert.match(box.placeholder, /Where is your Pyrus/);
    await box.leave();
    await running;
  });

  it('have one item in the status bar, as long as Pyrus refuses the one in use', async () => {
    const stored = await accounts();
    // It is not the one in use.
    await stored.dropGrant(scene.account.id, scene.account.grant.token);
    await stored.dropGrant(bots.id, bots.grant.token);
    await window.hasItems(1);
    const [item, ...more] = window.items;
    assert.deepEqual(more, []);
    assert.equal(item?.text, '$(warning) Pyrus: Sign In');
    assert.equal(item.name, 'Pyrus');
    assert.equal(
      item.accessibilityInformation?.label,
      `Pyrus no longer accepts the sign-in of ${bots.label}. Sign in again`,
    );
    assert.deepEqual(item.command, {
      title: 'Sign in again',
      command: 'pyrus.signIn',
      arguments: [bots.id],
    });
    const fresh = await accountOf(scene.pyrus, bot);
    await stored.signIn(fresh);
    await window.hasItems(0);
  });
});
