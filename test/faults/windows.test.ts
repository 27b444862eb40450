import assert from 'node:assert/strict';
import { systemClock } from '../../src/pyrus/clock';
import type * as vscode from 'vscode';
import { MemorySecrets } from '../unit/account/memorySecrets';
import { eventually } from '../eventually';
import { tooManyRequests } from '../pyrus-server/scripted';
import { bot } from '../pyrus-server/fixtures';
import { json } from '../pyrus-server/replies';
import { AccountScene, Window } from './accountScene';
import { failureOf } from './downloadScene';

/** A window that hears nothing of what others store, as VS Code has had it (issue 187247). */
class DeafSecrets extends MemorySecrets {
  override readonly onDidChange = (): Pick<vscode.Disposable, 'dispose'> => ({
    dispose: () => undefined,
  });
}

/** One that hears everything twice (issue 188460). */
class EchoingSecrets extends MemorySecrets {
  override store(key: string, value: string): Promise<void> {
    return super.store(key, value).then(() => super.store(key, value));
  }
}

describe('faults: several windows', () => {
  const scene = AccountScene.prepare();

  it('C8 two windows that renew at once make one token each at most, and agree on one', async () => {
    const there = scene.window();
    const id = scene.add('whole');
    const [one, other] = [scene.client, there.clientOf(scene.account)];
    const before = scene.pyrus.authCount;
    scene.pyrus.setTokens('expired');
    await Promise.all([one, other, one, other].map(client => scene.download(id, client)));
    const renewals = scene.pyrus.authCount - before;
    assert.ok(renewals === 1 || renewals === 2, `${renewals} renewals`);
    for (let round = 0; round < 5; round++) {
      await scene.download(id, one);
      await scene.download(id, other);
    }
    assert.equal(scene.pyrus.authCount - before, renewals, 'they go on renewing');
  });

  describe('where Pyrus lets a user have one token only', () => {
    const narrow = AccountScene.prepare({ tokenQuota: 1 });

    it('C8 they do not revoke each other’s token for ever', async () => {
      const there = narrow.window();
      const id = narrow.add('whole');
      const clients = [narrow.client, there.clientOf(narrow.account)];
      narrow.pyrus.setTokens('expired');
      await Promise.allSettled(clients.map(client => narrow.download(id, client)));
      for (const client of clients) {
        await narrow.download(id, client);
      }
      const settled = narrow.pyrus.authCount;
      assert.ok(settled - 1 <= 4, `${settled - 1} renewals`);
      for (const client of [...clients, ...clients, ...clients]) {
        await narrow.download(id, client);
      }
      assert.equal(narrow.pyrus.authCount, settled);
    });
  });

  it('C9 signing out in one window: the other’s running transfer ends well, its next asks to sign in', async () => {
    const there = scene.window();
    const client = there.clientOf(scene.account);
    const id = scene.add('whole');
    scene.pyrus.script({ match: /download/, delayMs: 100 });
    const running = scene.download(id, client);
    await scene.pyrus.when(/download/);
    await scene.here.accounts.signOut(scene.account.id);
    assert.equal((await running).toString(), 'whole');
    assert.equal(await there.accounts.current(), undefined);
    assert.deepEqual(await failureOf(scene.download(id, client)), { kind: 'signedOut' });
    assert.equal(scene.requests(/download/), 1);
  });

  it('C9 … and one that needs another try ends as signed out, not as somebody else', async () => {
    const there = scene.window();
    scene.pyrus.script({ match: /download/, delayMs: 100, answer: json({}, 503) });
    const running = failureOf(scene.download(scene.add(), there.clientOf(scene.account)));
    await scene.pyrus.when(/download/);
    await scene.here.accounts.signOut(scene.account.id);
    assert.deepEqual(await running, { kind: 'signedOut' });
    assert.equal(scene.requests(/download/), 1);
  });

  const deafPair = (): MemorySecrets[] => {
    const values = new Map<string, string>();
    return [new DeafSecrets(values), new DeafSecrets(values)];
  };
  const echoingPair = (): MemorySecrets[] => {
    const secrets = new EchoingSecrets();
    return [secrets, secrets.otherWindow()];
  };
  for (const [what, pair, tellings] of [
    ['is told of nothing', deafPair, 0],
    ['is told of everything twice', echoingPair, 2],
  ] as const) {
    it(`C10 a window that ${what} takes over what another has renewed, and asks for nothing`, async () => {
      const [here, there] = pair().map(secrets => scene.window(secrets));
      assert.ok(here && there);
      let told = 0;
      there.accounts.onDidChange(() => told++);
      await here.accounts.signIn(scene.account);
      assert.equal(told, tellings);
      const id = scene.add('whole');
      const before = scene.pyrus.authCount;
      scene.pyrus.setTokens('expired');
      await scene.download(id, here.clientOf(scene.account));
      await scene.download(id, there.clientOf(scene.account));
      assert.equal(scene.pyrus.authCount, before + 1);
      await here.accounts.signOut(scene.account.id);
      // A moment later at the latest.
      await eventually(async () => assert.equal(await there.accounts.current(), undefined));
    });
  }

  describe('when another account signs in meanwhile', () => {
    /** Who sent the downloads so far: the tokens, in order. */
    const tokens = (): (string | undefined)[] =>
      scene.pyrus.requests
        .filter(({ path }) => path.includes('download'))
        .map(({ headers }) => headers.authorization?.replace('Bearer ', ''));
    const signInBot = async (): Promise<string> => {
      const account = await scene.here.verify(scene.pyrus, bot.login, bot.securityKey);
      await scene.here.accounts.signIn(account);
      assert.equal((await scene.here.accounts.current())?.id, account.id);
      return account.grant.token;
    };

    it('C12 a call renews and repeats as the account it began with', async () => {
      const id = scene.add('whole');
      scene.pyrus.setTokens('expired', scene.pyrus.login);
      scene.pyrus.script({ match: /download/, delayMs: 100 });
      const running = scene.download(id);
      await scene.pyrus.when(/download/);
      const foreign = await signInBot();
      assert.equal((await running).toString(), 'whole');
      const { grant } = (await scene.stored()) ?? assert.fail();
      assert.deepEqual(tokens(), [scene.account.grant.token, grant?.token]);
      assert.notEqual(grant?.token, foreign);
    });

    it('C12 … and so it does after a failure of the server', async () => {
      scene.pyrus.script({ match: /download/, delayMs: 100, answer: json({}, 503) });
      const running = scene.download(scene.add('whole'));
      await scene.pyrus.when(/download/);
      await signInBot();
      assert.equal((await running).toString(), 'whole');
      const { token } = scene.account.grant;
      assert.deepEqual(tokens(), [token, token]);
    });

    it('C12 a token goes to the addresses of its own account only', async () => {
      const other = { ...scene.account, id: 'other', label: 'other' };
      const filesUrl = `${scene.pyrus.origins.onPremises}/`;
      await scene.here.accounts.signIn({
        ...other,
        grant: { ...scene.account.grant, token: scene.pyrus.issueToken('onPremises'), filesUrl },
      });
      const id = scene.add('whole');
      await scene.download(id);
      const { id: local } = scene.pyrus.addFile({ name: 'a', content: 'local' }, 'onPremises');
      await scene.download(local, scene.here.clientOf(other));
      const seen = scene.pyrus.requests.filter(({ path }) => path.includes('download'));
      assert.deepEqual(
        seen.map(({ origin, authorization }) => [origin, authorization]),
        [
          ['files', 'right'],
          ['onPremises', 'right'],
        ],
      );
    });
  });

  for (const days of [1, -1]) {
    it(`C14 a wall clock that jumps by ${days} day shortens and lengthens no wait`, async () => {
      const window = new Window(scene.secrets.otherWindow(), systemClock);
      const id = scene.add('whole');
      scene.pyrus.script({ match: /download/, answer: tooManyRequests({ retryAfter: '1' }) });
      const { now } = Date;
      try {
        const onWait = (): void => {
          Date.now = () => now() + days * 86_400_000;
        };
        const bytes = await scene.download(id, window.clientOf(scene.account), { onWait });
        assert.equal(bytes.toString(), 'whole');
      } finally {
        Date.now = now;
      }
      const [refused, accepted] = scene.pyrus.requests.slice(-2).map(one => one.startedAt);
      const waited = (accepted ?? NaN) - (refused ?? NaN);
      assert.ok(waited >= 1000 && waited < 4000, `waited ${waited} ms`);
    });
  }
});
