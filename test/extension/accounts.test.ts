import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { eventually } from '../eventually';
import { taskIds } from '../pyrus-server/taskParts';
import { Boxes } from './boxes';
import { accepting, leaving } from './quickInput';
import { Scene } from './scene';
import { accountOf, accounts, signOutAll } from './signedIn';
import { md5, upload, uploadIfAllowed } from './uploading';

describe('accounts', () => {
  let scene: Scene;
  beforeEach(async () => {
    scene = await Scene.open();
  });
  afterEach(() => scene.close());

  /** The next time VS Code says that the sessions of Pyrus changed. */
  const sessionsChange = (): Promise<void> =>
    new Promise(resolve => {
      const listening = vscode.authentication.onDidChangeSessions(({ provider }) => {
        if (provider.id === 'pyrus') {
          listening.dispose();
          resolve();
        }
      });
    });
  const silently = (): Thenable<vscode.AuthenticationSession | undefined> =>
    vscode.authentication.getSession('pyrus', [], { silent: true });

  it('are those of the Accounts menu', async () => {
    const { id, label } = scene.account;
    const shown = await vscode.authentication.getAccounts('pyrus');
    assert.deepEqual(
      shown.map(account => ({ id: account.id, label: account.label })),
      [{ id, label }],
    );
    await signOutAll();
    assert.deepEqual(await vscode.authentication.getAccounts('pyrus'), []);
  });

  it('leave no titles of tasks behind when they sign out', async () => {
    const { folderUri } = scene;
    /** The rows of the box that asks for a task, which is left again. */
    const offered = async (): Promise<readonly string[]> => {
      await vscode.env.clipboard.writeText('');
      const boxes = new Boxes();
      try {
        const asked = vscode.commands.executeCommand('pyrus.downloadFromTask', folderUri);
        const box = await boxes.next(/./);
        await box.isAt(/./);
        const labels = box.labels();
        await box.leave();
        await asked;
        return labels;
      } finally {
        await boxes.dispose();
      }
    };
    await vscode.env.clipboard.writeText(`#${taskIds.form}`);
    await accepting(vscode.commands.executeCommand('pyrus.downloadFromTask', folderUri));
    assert.ok((await offered()).includes('recently used'));
    await signOutAll();
    await (await accounts()).signIn(scene.account);
    assert.ok(!(await offered()).includes('recently used'));
  });

  it('give no session to whom the user has not allowed it', async () => {
    assert.equal(await silently(), undefined);
  });

  it('ask no server for sessions', async () => {
    const before = scene.pyrus.requests.length;
    await silently();
    await vscode.authentication.getAccounts('pyrus');
    assert.equal(scene.pyrus.requests.length, before);
  });

  it('tell VS Code of signing in, of a new token, and of signing out', async () => {
    const { id } = scene.account;
    const stored = await accounts();
    /** Does something of which VS Code is to be told, and waits until it has been and knows better. */
    const told = async (act: () => Promise<unknown>, ids: string[]): Promise<void> => {
      const change = sessionsChange();
      await act();
      await change;
      // What is left of an earlier change may have been told of, too: the state is what counts.
      await eventually(async () => {
        const known = await vscode.authentication.getAccounts('pyrus');
        assert.deepEqual(
          known.map(account => account.id),
          ids,
        );
      });
    };
    await told(signOutAll, []);
    await told(() => stored.signIn(scene.account), [id]);
    const { grant } = await accountOf(scene.pyrus);
    await told(() => stored.regrant(id, grant), [id]);
    assert.equal((await stored.current())?.grant?.token, grant.token);
  });

  it('renew an expired token once for all uploads that wait, and keep the new one', async () => {
    const before = scene.pyrus.authCount;
    scene.pyrus.setTokens('expired');
    const uris: vscode.Uri[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e', 'f']) {
      uris.push(await scene.file(`${name}.txt`, name));
    }
    const answer = await upload(uris[0], uris);
    assert.deepEqual(
      answer.map(file => file.md5),
      ['a', 'b', 'c', 'd', 'e', 'f'].map(md5),
    );
    assert.equal(scene.pyrus.authCount, before + 1);
    const account = await (await accounts()).current();
    assert.notEqual(account?.grant?.token, scene.account.grant.token);
    assert.equal(account?.grant?.token, scene.pyrus.validTokens().at(-1));
    await upload(uris[0], uris);
    assert.equal(scene.pyrus.authCount, before + 1);
  });

  it('stop a batch at once when the key is no longer accepted', async () => {
    await vscode.env.clipboard.writeText('as it was');
    const before = scene.pyrus.authCount;
    scene.pyrus.changeKey('another-key');
    const uris: vscode.Uri[] = [];
    for (let index = 0; index < 12; index++) {
      uris.push(await scene.file(`${index}.txt`, 'text'));
    }
    assert.deepEqual(await uploadIfAllowed(uris[0], uris), []);
    assert.ok(scene.pyrus.authCount - before <= 4, `${scene.pyrus.authCount - before} sign-ins`);
    assert.ok(scene.uploadRequests.length <= 4, `${scene.uploadRequests.length} uploads`);
    assert.equal(await vscode.env.clipboard.readText(), 'as it was');
  });

  it('are gone after pyrus.signOut, with key and token', async () => {
    await vscode.commands.executeCommand('pyrus.signOut');
    assert.deepEqual(await (await accounts()).all(), []);
    assert.equal(await (await accounts()).current(), undefined);
    assert.deepEqual(await vscode.authentication.getAccounts('pyrus'), []);
    assert.equal(await vscode.commands.executeCommand('pyrus.signOut'), undefined);
  });

  it('are asked for by the first use, and Esc ends it quietly', async () => {
    await signOutAll();
    const uri = await scene.file('a.txt', 'first');
    assert.equal(await leaving(uploadIfAllowed(uri, [uri])), undefined);
    assert.deepEqual(scene.uploadRequests, []);
  });
});
