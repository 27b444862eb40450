import assert from 'node:assert/strict';
import { setMaxListeners } from 'node:events';
import { Accounts } from '../../../src/account/accounts';
import type { Account } from '../../../src/account/accounts';
import { AccountGrants } from '../../../src/account/grants';
import { PyrusError } from '../../../src/pyrus/errors';
import { Exchange } from '../../../src/pyrus/exchange';
import { send } from '../../../src/pyrus/http';
import { RateGate } from '../../../src/pyrus/rateLimit';
import { Session } from '../../../src/pyrus/session';
import type { Grant } from '../../../src/pyrus/session';
import { startPyrus } from '../../pyrus-server/pyrus';
import type { PyrusServer } from '../../pyrus-server/pyrus';
import { MemorySecrets } from './memorySecrets';

const grant = (token: string): Grant => ({
  token,
  apiUrl: 'https://api.pyrus.com/v4/',
  filesUrl: 'https://files.pyrus.com/',
});

const account = (id: string, more: Partial<Account> = {}): Account => ({
  id,
  server: { kind: 'cloud' },
  label: id,
  name: id,
  organization: '',
  credentials: { login: id, securityKey: `key of ${id}` },
  grant: grant(`token of ${id}`),
  allowedHosts: [],
  ...more,
});

describe('accounts', () => {
  it('are kept in the secret storage, the one signed in last being current', async () => {
    const secrets = new MemorySecrets();
    const accounts = new Accounts(secrets);
    assert.equal(await accounts.current(), undefined);
    await accounts.signIn(account('ann'));
    await accounts.signIn(account('bob'));
    assert.equal((await accounts.current())?.id, 'bob');
    assert.deepEqual(
      (await new Accounts(secrets).all()).map(({ id }) => id),
      ['bob', 'ann'],
    );
  });

  it('leave nothing behind when they sign out', async () => {
    const secrets = new MemorySecrets();
    const accounts = new Accounts(secrets);
    await accounts.signIn(account('ann'));
    await accounts.signIn(account('bob'));
    await accounts.signOut('bob');
    assert.equal((await accounts.current())?.id, 'ann');
    assert.ok(!secrets.dump.includes('bob'));
    await accounts.signOut('ann');
    assert.deepEqual(await secrets.keys(), []);
  });

  it('take no new grant once they are signed out', async () => {
    const accounts = new Accounts(new MemorySecrets());
    await accounts.signIn(account('ann'));
    await accounts.signOut('ann');
    assert.equal(await accounts.regrant('ann', grant('late')), false);
    assert.equal(await accounts.current(), undefined);
  });

  it('tell this window and the other one of every change, until disposed', async () => {
    const here = new MemorySecrets();
    const told: string[] = [];
    const accounts = new Accounts(here);
    const listening = accounts.onDidChange(() => told.push('here'));
    new Accounts(here.otherWindow()).onDidChange(() => told.push('there'));
    await accounts.signIn(account('ann'));
    assert.ok(told.includes('here') && told.includes('there'));
    listening.dispose();
    told.length = 0;
    await accounts.signOut('ann');
    assert.ok(!told.includes('here') && told.includes('there'));
  });
});

describe('what is read of the accounts', () => {
  /** Counts how often it is read; what it answers can be held up on its way. */
  class WatchedSecrets extends MemorySecrets {
    reads = 0;
    onItsWay = Promise.resolve();
    /** VS Code has not always told the window that wrote. */
    announces = true;

    override async get(key: string): Promise<string | undefined> {
      this.reads += 1;
      const { onItsWay } = this;
      const answer = await super.get(key);
      await onItsWay;
      return answer;
    }

    override store(key: string, value: string): Promise<void> {
      return this.announces ? super.store(key, value) : new MemorySecrets(values).store(key, value);
    }
  }

  const values = new Map<string, string>();
  let time = 0;
  let secrets: WatchedSecrets;
  let accounts: Accounts;

  beforeEach(async () => {
    values.clear();
    time = 0;
    await new Accounts(new MemorySecrets(values)).signIn(account('ann'));
    secrets = new WatchedSecrets(values);
    accounts = new Accounts(secrets, undefined, undefined, () => time);
  });
  const signOutElsewhere = (unheard: MemorySecrets): Promise<boolean> =>
    new Accounts(unheard).signOut('ann');

  it('holds for a moment, and is read anew then', async () => {
    await accounts.current();
    time = 999;
    assert.equal((await accounts.find('ann'))?.id, 'ann');
    assert.equal((await accounts.all()).length, 1);
    assert.equal(secrets.reads, 1);
    // Not even told of it.
    await signOutElsewhere(new MemorySecrets(values));
    time = 1000;
    assert.equal(await accounts.current(), undefined);
    assert.equal(secrets.reads, 2);
  });

  it('is read anew as soon as another window is heard to have changed it', async () => {
    await accounts.current();
    await signOutElsewhere(secrets.otherWindow());
    assert.equal(await accounts.current(), undefined);
  });

  it('is not what was on its way while another window, or this one, changed it', async () => {
    const changes = [
      () => new Accounts(secrets.otherWindow()).signIn(account('bea')),
      () => accounts.signIn(account('cid')),
      () => {
        secrets.announces = false;
        return accounts.signIn(account('dan'));
      },
    ];
    for (const change of changes) {
      time += 1000;
      let arrive = (): void => undefined;
      secrets.onItsWay = new Promise(resolve => (arrive = resolve));
      const asked = accounts.all();
      secrets.onItsWay = Promise.resolve();
      const { id } = await change();
      arrive();
      assert.ok((await asked).some(account => account.id === id));
      assert.ok((await accounts.all()).some(account => account.id === id));
    }
  });

  it('is read anew before it is changed, and where it matters', async () => {
    await accounts.current();
    const unheard = new MemorySecrets(values);
    await new Accounts(unheard).regrant('ann', grant('newer'));
    assert.notEqual((await accounts.find('ann'))?.grant?.token, 'newer');
    assert.equal((await accounts.findStored('ann'))?.grant?.token, 'newer');
    await new Accounts(unheard).signIn(account('bea'));
    await accounts.regrant('ann', grant('newest'));
    assert.deepEqual((await accounts.all()).map(({ id }) => id).sort(), ['ann', 'bea']);
  });
});

describe('the grant of an account', () => {
  let pyrus: PyrusServer;
  let secrets: MemorySecrets;
  const { signal } = new AbortController();
  // As the transfers of a window do: fifty calls listen to the one cancel.
  setMaxListeners(0, signal);

  const windowOn = (storage: MemorySecrets): { accounts: Accounts; session: Session } => {
    const accounts = new Accounts(storage);
    const exchange = new Exchange(send, new RateGate());
    return { accounts, session: new Session(new AccountGrants(accounts, exchange, 'bob')) };
  };
  /** As a call that Pyrus answers with 401 unless the token is accepted now. */
  const call = async ({ token }: Grant): Promise<string> => {
    await Promise.resolve();
    if (!pyrus.validTokens().includes(token)) {
      throw new PyrusError({ kind: 'tokenExpired' });
    }
    return token;
  };
  const bob = (more: Partial<Account> = {}): Account =>
    account('bob', {
      server: { kind: 'onPremises', origin: pyrus.origins.accounts },
      credentials: { login: pyrus.login, securityKey: pyrus.securityKey },
      ...more,
    });

  beforeEach(async () => {
    pyrus = await startPyrus();
    secrets = new MemorySecrets();
    await new Accounts(secrets).signIn(bob());
  });
  afterEach(() => pyrus.close());

  it('is renewed with the stored key, once for fifty calls, and stored', async () => {
    const { accounts, session } = windowOn(secrets);
    const tokens = await Promise.all(Array.from({ length: 50 }, () => session.run(call, signal)));
    assert.equal(pyrus.authCount, 1);
    assert.equal(new Set(tokens).size, 1);
    assert.equal((await accounts.current())?.grant?.token, tokens[0]);
  });

  it('is taken over from another window that renewed it first', async () => {
    const [here, there] = [windowOn(secrets), windowOn(secrets.otherWindow())];
    await here.session.run(call, signal);
    await there.session.run(call, signal);
    assert.equal(pyrus.authCount, 1);
  });

  it('cannot be renewed without a key: the user must sign in again', async () => {
    const { credentials, ...withoutKey } = bob();
    assert.ok(credentials);
    await new Accounts(secrets).signIn(withoutKey);
    const { accounts, session } = windowOn(secrets);
    await assert.rejects(session.run(call, signal), { message: 'sessionRefused' });
    assert.equal((await accounts.current())?.grant, undefined);
    assert.equal(pyrus.authCount, 0);
  });

  it('is dropped when the key is no longer accepted, and the key is kept', async () => {
    pyrus.changeKey('another-key');
    const { accounts, session } = windowOn(secrets);
    await assert.rejects(session.run(call, signal), { message: 'invalidCredentials' });
    assert.equal(pyrus.authCount, 1);
    const kept = await accounts.current();
    assert.equal(kept?.grant, undefined);
    assert.equal(kept?.credentials?.login, pyrus.login);
  });

  it('is not renewed for somebody who signed out meanwhile', async () => {
    const { accounts, session } = windowOn(secrets);
    const script = pyrus.script({ match: /auth/, delayMs: 100 });
    const running = session.run(call, signal);
    await pyrus.when(/auth/);
    assert.equal(script.hits.length, 1);
    await accounts.signOut('bob');
    await assert.rejects(running, { message: 'signedOut' });
    assert.deepEqual(await secrets.keys(), []);
  });

  it('lets a caller go who cancels, and renews for the others', async () => {
    const { session } = windowOn(secrets);
    pyrus.script({ match: /auth/, delayMs: 100 });
    const controller = new AbortController();
    const cancelled = session.run(call, controller.signal);
    const patient = session.run(call, signal);
    await pyrus.when(/auth/);
    controller.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    assert.ok(await patient);
    assert.equal(pyrus.authCount, 1);
  });
});
