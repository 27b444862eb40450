import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { Boxes } from './boxes';
import { Messages } from './messages';
import { Scene } from './scene';
import { accounts, signOutAll } from './signedIn';

describe('pyrus.signIn', () => {
  let scene: Scene;
  let boxes: Boxes;
  let messages: Messages;
  beforeEach(async () => {
    scene = await Scene.open();
    await signOutAll();
    boxes = new Boxes();
    messages = new Messages();
  });
  afterEach(async () => {
    await boxes.dispose();
    messages.dispose();
    await scene.close();
  });

  it('that is left while Pyrus does not answer ends the request, stores nothing, and says nothing', async () => {
    const { pyrus } = scene;
    const { hits } = pyrus.script({ match: /auth/, hang: true });
    const running = vscode.commands.executeCommand('pyrus.signIn');
    const where = await boxes.next('Sign in to Pyrus');
    await where.choose('$(server) On-Premises Server…');
    let last = await boxes.next('Sign in to Pyrus');
    for (const text of [pyrus.origins.accounts, pyrus.login]) {
      await last.type(text);
      await last.enter();
      last = await boxes.next('Sign in to Pyrus');
    }
    await last.type(pyrus.securityKey);
    await last.enter();
    const request = await pyrus.when(seen => hits.includes(seen));
    await last.leave();
    await running;
    await scene.aborted(request);
    assert.deepEqual(await (await accounts()).all(), []);
    assert.deepEqual(messages.left(), []);
    assert.deepEqual(boxes.left(), []);
  });
});
