import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { Messages } from './messages';
import { newUpload } from './notedUploads';
import { OpenedLinks } from './openedLinks';
import { Scene } from './scene';
import { ViewUnderTest } from './uploadsView';

describe('pyrus.uploads.openTask', () => {
  let scene: Scene;
  let shown: ViewUnderTest;
  let messages: Messages;
  let opened: OpenedLinks;
  beforeEach(async () => {
    scene = await Scene.open();
    shown = await ViewUnderTest.open();
    messages = new Messages();
    opened = new OpenedLinks();
  });
  afterEach(async () => {
    opened.dispose();
    messages.dispose();
    await shown.close();
    await scene.close();
  });

  const openTask = async (guid: string): Promise<string[]> => {
    const row = (await shown.uploads()).find(upload => upload.guid === guid);
    await vscode.commands.executeCommand('pyrus.uploads.openTask', row);
    return messages.left().map(({ text }) => text);
  };

  it('opens the task that the file is attached to, at the Pyrus it was uploaded to', async () => {
    const upload = newUpload(scene, {});
    await shown.history.add([upload]);
    await shown.history.attached(upload.guid, { taskId: 11613, fileId: 17 });
    assert.deepEqual(await openTask(upload.guid), []);
    assert.deepEqual(opened.links, [`${scene.pyrus.origins.accounts}/t#id11613`]);
  });

  it('says of an upload that is attached to nothing that there is no task', async () => {
    const upload = newUpload(scene, {});
    await shown.history.add([upload]);
    assert.deepEqual(await openTask(upload.guid), ['This upload is attached to no task.']);
    assert.deepEqual(opened.links, []);
  });

  it('opens nothing for an account that is not signed in: it says which one is needed', async () => {
    const account = { id: 'evil.example/1', label: 'eve (evil.example)' };
    const upload = newUpload(scene, { account });
    await shown.history.add([upload]);
    await shown.history.attached(upload.guid, { taskId: 11613, fileId: 17 });
    assert.deepEqual(await openTask(upload.guid), [
      'Sign in as eve (evil.example) to open its task.',
    ]);
    assert.deepEqual(opened.links, []);
  });
});
