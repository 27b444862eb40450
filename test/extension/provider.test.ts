import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { Accounts } from '../../src/account/accounts';
import { startPyrus } from '../pyrus-server/pyrus';
import { MemorySecrets } from '../unit/account/memorySecrets';
import { activateSecondInstance } from './secondInstance';
import { accountOf } from './signedIn';

describe('the authentication provider', () => {
  it('shows sessions with the token and without the key, and follows another window', async () => {
    const pyrus = await startPyrus();
    const secrets = new MemorySecrets();
    const instance = activateSecondInstance(secrets);
    try {
      const { provider } = instance;
      const events = new Changes(provider);
      assert.deepEqual(await provider.getSessions(undefined, {}), []);

      const account = await accountOf(pyrus);
      const otherWindow = new Accounts(secrets.otherWindow());
      await otherWindow.signIn(account);
      assert.deepEqual(await events.next(), { added: [account.id], removed: [], changed: [] });
      const { id, label } = account;
      const session = { id, account: { id, label }, accessToken: account.grant.token, scopes: [] };
      assert.deepEqual(await provider.getSessions(undefined, {}), [session]);

      const { grant } = await accountOf(pyrus);
      await otherWindow.regrant(id, grant);
      assert.deepEqual(await events.next(), { added: [], removed: [], changed: [id] });
      const [renewed] = await provider.getSessions(undefined, {});
      assert.equal(renewed?.accessToken, grant.token);

      await provider.removeSession(id);
      assert.deepEqual(await events.next(), { added: [], removed: [id], changed: [] });
      assert.deepEqual(await provider.getSessions(undefined, {}), []);
      assert.deepEqual(await secrets.keys(), []);
      assert.deepEqual(events.left, []);
      assert.deepEqual(instance.errors, []);
    } finally {
      instance.dispose();
      await pyrus.close();
    }
  });
});

interface ChangedIds {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** What a provider said of its sessions, in order. */
class Changes {
  readonly left: ChangedIds[] = [];
  readonly #came = new vscode.EventEmitter<undefined>();

  constructor(provider: vscode.AuthenticationProvider) {
    const ids = (sessions: readonly vscode.AuthenticationSession[] = []): string[] =>
      sessions.map(({ id }) => id);
    provider.onDidChangeSessions(({ added, removed, changed }) => {
      this.left.push({ added: ids(added), removed: ids(removed), changed: ids(changed) });
      this.#came.fire(undefined);
    });
  }

  async next(): Promise<ChangedIds | undefined> {
    if (this.left.length === 0) {
      await new Promise(resolve => this.#came.event(resolve));
    }
    return this.left.shift();
  }
}
