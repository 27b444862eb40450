import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Accounts } from '../../src/account/accounts';
import type { StorageTrouble } from '../../src/account/accountStorage';
import { LockedSecrets } from '../unit/account/lockedSecrets';
import { MemorySecrets } from '../unit/account/memorySecrets';
import { AccountScene } from './accountScene';
import { MemoryMarks } from '../unit/account/memoryMarks';
import type { Window } from './accountScene';
import { failureOf } from './downloadScene';

/** Every operation takes a turn of the event loop, as one of another process does. */
class SlowSecrets extends MemorySecrets {
  override async get(key: string): Promise<string | undefined> {
    await nextTurn();
    return super.get(key);
  }

  override async store(key: string, value: string): Promise<void> {
    await nextTurn();
    await super.store(key, value);
  }
}

describe('faults: the keyring', () => {
  const scene = AccountScene.prepare();
  let secrets: LockedSecrets;
  let marks: MemoryMarks;
  let window: Window;
  let troubles: [StorageTrouble, string][];

  /** A window of the editor over what an earlier one has left. */
  const restart = (): void => {
    window = scene.window(secrets, marks);
    troubles = [];
    window.accounts.onTrouble((...trouble) => troubles.push(trouble));
  };
  beforeEach(() => {
    secrets = new LockedSecrets();
    marks = new MemoryMarks();
    restart();
  });

  it('A11 a keyring that cannot be read is told of, and nobody is signed in', async () => {
    await window.accounts.signIn(scene.account);
    restart();
    secrets.refuses.add('get');
    assert.equal(await window.accounts.current(), undefined);
    assert.deepEqual(troubles, [['notRead', 'keyring is locked']]);
    const download = scene.download(scene.add(), window.clientOf(scene.account));
    assert.deepEqual(await failureOf(download), { kind: 'signedOut' });
    secrets.refuses.clear();
    assert.equal((await window.accounts.current())?.id, scene.account.id);
  });

  it('A11 a value that VS Code could not decrypt, and deleted, is missed; one never there is not', async () => {
    assert.equal(await window.accounts.current(), undefined);
    assert.deepEqual(troubles, []);
    await window.accounts.signIn(scene.account);
    await secrets.delete('pyrus.accounts');
    restart();
    assert.equal(await window.accounts.current(), undefined);
    assert.deepEqual(troubles, [['notRead', 'it is empty']]);
    await window.accounts.signIn(scene.account);
    await window.accounts.signOut(scene.account.id);
    restart();
    assert.equal(await window.accounts.current(), undefined);
    assert.deepEqual(troubles, []);
  });

  it('A11 what start-up already missed is told to the first command, however soon it comes', async () => {
    await window.accounts.signIn(scene.account);
    await secrets.delete('pyrus.accounts');
    restart();
    await window.accounts.current();
    troubles = [];
    assert.equal(await window.accounts.current(), undefined);
    assert.deepEqual(troubles, [['notRead', 'it is empty']]);
  });

  it('A11 a damaged value is told of without a word of it', async () => {
    await secrets.store('pyrus.accounts', `[{"token":"${scene.account.grant.token}`);
    assert.equal(await window.accounts.current(), undefined);
    assert.deepEqual(troubles, [['notRead', 'it is damaged']]);
  });

  it('A11 a keyring that locks in the middle of the day does not end the session', async () => {
    await window.accounts.signIn(scene.account);
    secrets.refuses.add('get');
    const id = scene.add('whole');
    const client = window.clientOf(scene.account);
    assert.equal((await scene.download(id, client)).toString(), 'whole');
  });

  it('A12 a keyring that takes nothing: the session goes on in memory, renewed, too', async () => {
    secrets.refuses.add('store');
    await window.accounts.signIn(scene.account);
    assert.deepEqual(troubles, [['notStored', 'keyring is locked']]);
    const client = window.clientOf(scene.account);
    const id = scene.add('whole');
    assert.equal((await scene.download(id, client)).toString(), 'whole');
    scene.pyrus.setTokens('expired');
    const before = scene.pyrus.authCount;
    await scene.download(id, client);
    await scene.download(id, client);
    assert.equal(scene.pyrus.authCount, before + 1, 'the renewed token was forgotten');

    assert.deepEqual([...marks.values.keys()], [], 'kept elsewhere');
    assert.equal(secrets.dump, '[]');
    restart();
    assert.equal(await window.accounts.current(), undefined);
  });

  it('A12 the keyring gets everything as soon as it takes something', async () => {
    secrets.refuses.add('store');
    await window.accounts.signIn(scene.account);
    secrets.refuses.clear();
    await window.accounts.signIn({ ...scene.account, id: 'another' });
    restart();
    const ids = (await window.accounts.all()).map(({ id }) => id);
    assert.deepEqual(ids, ['another', scene.account.id]);
  });

  it('A12 what it did not take is made up for, and what another window did meanwhile stays', async () => {
    await window.accounts.signIn(scene.account);
    secrets.refuses.add('store');
    await window.accounts.regrant(scene.account.id, { ...scene.account.grant, token: 'renewed' });
    secrets.refuses.clear();
    const there = scene.window(secrets, marks).accounts;
    await there.signIn({ ...scene.account, id: 'another' });
    await there.signOut(scene.account.id);
    assert.deepEqual(
      (await window.accounts.all()).map(({ id }) => id),
      ['another'],
    );
    assert.equal(await window.accounts.regrant(scene.account.id, scene.account.grant), false);
    await window.accounts.regrant('another', { ...scene.account.grant, token: 'newest' });
    restart();
    assert.deepEqual(
      (await window.accounts.all()).map(({ id, grant }) => [id, grant?.token]),
      [['another', 'newest']],
    );
  });

  it('A12 what could not be read is not stored over: the change holds here, and is made up for', async () => {
    await window.accounts.signIn(scene.account);
    restart();
    secrets.refuses.add('get');
    await window.accounts.signIn({ ...scene.account, id: 'another' });
    assert.deepEqual(
      troubles.map(([trouble]) => trouble),
      ['notRead', 'notStored'],
    );
    assert.equal((await window.accounts.current())?.id, 'another');
    secrets.refuses.clear();
    assert.deepEqual(
      (await window.accounts.all()).map(({ id }) => id),
      ['another', scene.account.id],
    );
    await window.accounts.regrant('another', scene.account.grant);
    restart();
    assert.deepEqual(
      (await window.accounts.all()).map(({ id }) => id),
      ['another', scene.account.id],
    );
  });

  it('A11 signing in ends a damaged value', async () => {
    await secrets.store('pyrus.accounts', '[{');
    await window.accounts.signIn(scene.account);
    restart();
    assert.equal((await window.accounts.current())?.id, scene.account.id);
    assert.deepEqual(troubles, []);
  });

  it('A12 all that is written anywhere else is that there is something', async () => {
    await window.accounts.signIn(scene.account);
    assert.deepEqual([...marks.values.values()], [true]);
  });

  it('A12 signing out of a keyring that lets nothing go holds in this window, and says so', async () => {
    await window.accounts.signIn(scene.account);
    secrets.refuses.add('delete');
    assert.equal(await window.accounts.signOut(scene.account.id), false);
    assert.deepEqual(troubles, [['notRemoved', 'keyring is locked']]);
    assert.equal(await window.accounts.current(), undefined);
    secrets.refuses.clear();
    assert.equal(await window.accounts.signOut(scene.account.id), true);
    assert.equal(secrets.dump, '[]');
  });

  it('A15 a renewal that ends after signing out is discarded', async () => {
    scene.pyrus.setTokens('expired');
    scene.pyrus.script({ match: /auth/, delayMs: 100 });
    const failed = failureOf(scene.download(scene.add()));
    await scene.pyrus.when(/auth/, ({ number }) => number > 2);
    await scene.here.accounts.signOut(scene.account.id);
    assert.deepEqual(await failed, { kind: 'signedOut' });
    assert.deepEqual(await scene.secrets.keys(), []);
  });

  it('A15 storing a renewal and signing out do not mix, whichever begins', async () => {
    for (const first of ['regrant', 'signOut']) {
      const slow = new SlowSecrets();
      const accounts = new Accounts(slow);
      await accounts.signIn(scene.account);
      const acts = [
        () => accounts.regrant(scene.account.id, scene.account.grant),
        () => accounts.signOut(scene.account.id),
      ];
      await Promise.all((first === 'regrant' ? acts : acts.reverse()).map(act => act()));
      assert.deepEqual(await slow.keys(), [], `${first} first`);
    }
  });
});
