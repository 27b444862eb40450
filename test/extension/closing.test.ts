import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { Accounts } from '../../src/account/accounts';
import { LockedSecrets } from '../unit/account/lockedSecrets';
import { MemorySecrets } from '../unit/account/memorySecrets';
import { leaving } from './quickInput';
import { Scene } from './scene';
import { activateSecondInstance } from './secondInstance';

describe('an instance of the extension', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(() => scene.close());
  const storage = (): vscode.Uri => vscode.Uri.joinPath(scene.folderUri, 'storage');

  it('C6 that is deactivated ends five uploads within two seconds, without a word', async () => {
    const secrets = new MemorySecrets();
    await new Accounts(secrets).signIn(scene.account);
    const instance = activateSecondInstance(secrets, storage());
    try {
      scene.pyrus.script({ match: /upload/, times: Infinity, receive: { stopAfter: 0 } });
      const uris: vscode.Uri[] = [];
      for (const name of ['1', '2', '3', '4', '5']) {
        uris.push(await scene.file(`${name}.bin`, Buffer.alloc(3 * 1024 * 1024)));
      }
      const [last, ...others] = uris;
      const running = [
        instance.run('pyrus.upload', others[0], others),
        instance.run('pyrus.upload', last, [last]),
      ];
      await scene.pyrus.when(/upload/, () => scene.uploadRequests.length === 5);
      const at = performance.now();
      await instance.deactivate();
      assert.ok(performance.now() - at < 2000);
      assert.deepEqual(await Promise.all(running), [undefined, undefined]);
      assert.deepEqual(instance.errors, []);
      assert.deepEqual(scene.pyrus.uploads, []);
    } finally {
      instance.dispose();
    }
  });

  it('C6 that was never used has nothing to end', async () => {
    const instance = activateSecondInstance(new MemorySecrets());
    try {
      await instance.deactivate();
      assert.deepEqual([instance.errors, instance.warnings], [[], []]);
    } finally {
      instance.dispose();
    }
  });

  it('A12 whose keyring takes nothing goes on, and warns once', async () => {
    const secrets = new LockedSecrets();
    await new Accounts(secrets).signIn(scene.account);
    const instance = activateSecondInstance(secrets, storage());
    try {
      secrets.refuses.add('store');
      const uri = await scene.file('a.txt', 'a');
      for (let round = 0; round < 3; round++) {
        scene.pyrus.setTokens('expired');
        assert.ok(await instance.run('pyrus.upload', uri, [uri]));
      }
      assert.equal(scene.pyrus.uploads.length, 3);
      assert.deepEqual(instance.warnings, [
        'The keyring of this computer did not take your sign-in: it lasts until this window closes.',
      ]);
    } finally {
      await instance.deactivate();
      instance.dispose();
    }
  });

  it('A11 whose keyring cannot be read says so and leads into signing in', async () => {
    const secrets = new LockedSecrets();
    await new Accounts(secrets).signIn(scene.account);
    secrets.refuses.add('get');
    const instance = activateSecondInstance(secrets, storage());
    try {
      const uri = await scene.file('a.txt', 'a');
      assert.equal(await leaving(instance.run('pyrus.upload', uri, [uri])), undefined);
      assert.deepEqual(instance.warnings, [
        'The saved sign-in could not be read from the keyring of this computer. Sign in again.',
      ]);
      assert.deepEqual(scene.uploadRequests, []);
    } finally {
      await instance.deactivate();
      instance.dispose();
    }
  });
});
