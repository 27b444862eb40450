import assert from 'node:assert/strict';
import { AccountChoice } from '../../../src/account/accountChoice';
import { Accounts } from '../../../src/account/accounts';
import type { Account } from '../../../src/account/accounts';
import { MemoryMarks } from './memoryMarks';
import { MemorySecrets } from './memorySecrets';

const account = (id: string, label = id): Account => ({
  id,
  server: { kind: 'cloud' },
  label,
  name: id,
  organization: '',
  grant: { token: `token of ${id}`, apiUrl: 'https://a.example/', filesUrl: 'https://f.example/' },
  allowedHosts: [],
});

describe('the account that a window works with', () => {
  let secrets: MemorySecrets;
  /** A window, with a workspace or an empty one. */
  const open = (workspace?: MemoryMarks): Accounts =>
    new Accounts(secrets.otherWindow(), undefined, new AccountChoice(workspace));
  const currentOf = async (window: Accounts): Promise<string | undefined> =>
    (await window.current())?.id;

  beforeEach(async () => {
    secrets = new MemorySecrets();
    const accounts = new Accounts(secrets);
    for (const id of ['ann', 'bob', 'cyd']) {
      await accounts.signIn(account(id));
    }
  });

  it('is the one chosen last anywhere, where nothing has been chosen', async () => {
    assert.equal(await currentOf(open(new MemoryMarks())), 'cyd');
    await open().switchTo('ann');
    assert.equal(await currentOf(open(new MemoryMarks())), 'ann');
    assert.equal(await currentOf(open()), 'ann');
  });

  it('is remembered for the workspace, and no other window has a say', async () => {
    const [one, other] = [new MemoryMarks(), new MemoryMarks()];
    await open(one).switchTo('ann');
    await open(other).switchTo('bob');
    await open().switchTo('cyd');
    assert.equal(await currentOf(open(one)), 'ann');
    assert.equal(await currentOf(open(other)), 'bob');
    assert.equal(await currentOf(open()), 'cyd');
  });

  it('stays as long as the window is open, whatever others choose or whoever signs in there', async () => {
    const windows = [open(new MemoryMarks()), open()];
    assert.deepEqual(await Promise.all(windows.map(currentOf)), ['cyd', 'cyd']);
    const other = open(new MemoryMarks());
    await other.switchTo('ann');
    await other.signIn(account('dan'));
    assert.deepEqual(await Promise.all(windows.map(currentOf)), ['cyd', 'cyd']);
    assert.equal(await currentOf(other), 'dan');
  });

  it('is remembered for a workspace once a command has used it there', async () => {
    const workspace = new MemoryMarks();
    const window = open(workspace);
    await window.current();
    assert.equal(workspace.values.size, 0);
    await window.use('cyd');
    await open().switchTo('ann');
    assert.equal(await currentOf(open(workspace)), 'cyd');
  });

  it('is another one after it has signed out, until it is back', async () => {
    const workspace = new MemoryMarks();
    const window = open(workspace);
    await window.switchTo('bob');
    await open().switchTo('ann');
    await open().signOut('bob');
    assert.equal(await currentOf(window), 'ann');
    await open().signIn(account('bob'));
    await open().switchTo('ann');
    assert.equal(await currentOf(window), 'bob');
    assert.equal(await currentOf(open(workspace)), 'bob');
  });

  it('is the one that signs in, also for somebody who asks meanwhile', async () => {
    const window = open(new MemoryMarks());
    const asking = window.current();
    const signingIn = window.signIn(account('dan'));
    const asked = await Promise.all([asking, window.current(), window.current()]);
    assert.ok(asked.every(who => who !== undefined));
    await signingIn;
    assert.equal(await currentOf(window), 'dan');
  });

  it('leaves nothing secret in the workspace', async () => {
    const workspace = new MemoryMarks();
    await open(workspace).switchTo('bob');
    assert.deepEqual([...workspace.values.values()], ['bob']);
  });

  it('holds also when the workspace cannot be written', async () => {
    const workspace = new MemoryMarks();
    workspace.update = () => Promise.reject(new Error('disk full'));
    const window = open(workspace);
    await window.switchTo('bob');
    assert.equal(await currentOf(window), 'bob');
  });

  it('has a label of its own, whoever else has the same login', async () => {
    const accounts = new Accounts(new MemorySecrets());
    await accounts.signIn(account('pyrus.com/1', 'shared@example.com'));
    const second = await accounts.signIn(account('pyrus.com/2', 'shared@example.com'));
    assert.equal(second.label, 'shared@example.com #2');
    assert.deepEqual(
      (await accounts.all()).map(({ label }) => label),
      ['shared@example.com #2', 'shared@example.com'],
    );
  });
});
