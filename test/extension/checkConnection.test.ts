import { strict as assert } from 'node:assert';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as vscode from 'vscode';
import { Accounts } from '../../src/account/accounts';
import { LockedSecrets } from '../unit/account/lockedSecrets';
import type { Reply } from '../pyrus-server/replies';
import { formsOf } from '../pyrus-server/canary';
import { bot } from '../pyrus-server/fixtures';
import { startPyrus } from '../pyrus-server/pyrus';
import { ConnectionCheck, lineAbout, linksOf } from './connectionCheck';
import { readLog } from './logFile';
import { Messages, press } from './messages';
import { ProgressWatch } from './progressWatch';
import { Scene } from './scene';
import { activateSecondInstance } from './secondInstance';
import { accounts, signIn, signOutAll } from './signedIn';

describe('Check Connection', () => {
  let scene: Scene;
  let check: ConnectionCheck;
  beforeEach(async () => {
    scene = await Scene.open();
    check = new ConnectionCheck();
  });
  afterEach(async () => {
    check.dispose();
    await scene.close();
  });

  it('says that everything works after one look at each server and one call', async () => {
    const before = scene.pyrus.requests.length;
    const report = await check.passing();
    const asked = scene.pyrus.requests.slice(before);
    assert.deepEqual(
      asked
        .map(({ origin, method, path, authorization }) =>
          [origin, method, path, authorization].join(' '),
        )
        .sort(),
      [
        'accounts GET /api/v4/auth absent',
        'api GET /v4/profile absent',
        'api GET /v4/profile right',
        'files GET /v4/files/upload absent',
      ],
    );
    assert.match(report, /^Pyrus Attachments: The connection works\n/);
    assert.match(
      report,
      /\nbob\.smith@example\.com \(127\.0\.0\.1:\d+\) \(used in this window\)\n/,
    );
    for (const server of ['Sign-in server', 'API server', 'File server']) {
      assert.match(lineAbout(report, server), /^✓ OK: 127\.0\.0\.1:\d+ answers \(\d+ ms\)\.$/);
    }
    assert.equal(lineAbout(report, 'Sign-in'), '✓ OK: Pyrus accepts it.');
    assert.match(lineAbout(report, 'Requests'), /^✓ OK: 4,99\d of 5,000 left\.$/);
    assert.equal(lineAbout(report, 'Clock'), '✓ OK: Agrees with the clock of the server.');
    assert.match(report, new RegExp(`${vscode.version.replaceAll('.', '\\.')}, Node\\.js \\d`));
    assert.doesNotMatch(report, /PROBLEM/);
  });

  it('copies the report', async () => {
    scene.pyrus.script({ match: /files/, answer: { status: 503 } });
    const { message, report } = await check.failing();
    assert.deepEqual(message.buttons, ['Copy Report']);
    await press(message, 'Copy Report');
    assert.equal(await vscode.env.clipboard.readText(), report);
  });

  it('renews a token that has run out, as any call does, and says so', async () => {
    scene.pyrus.setTokens('expired');
    const before = scene.pyrus.authCount;
    const report = await check.passing();
    assert.match(
      lineAbout(report, 'Sign-in'),
      /The old token had run out, and there is a new one\./,
    );
    assert.equal(scene.pyrus.authCount, before + 1 + 1, 'one look, one renewal');
  });

  it('says that the key is no longer accepted, and leads to signing in again', async () => {
    const { message, report } = await brokenAccount();
    const text = 'Pyrus does not accept this login and security key. Check both.';
    assert.equal(message.text, `1 problem with the connection. ${text}`);
    assert.deepEqual(message.buttons, ['Sign In', 'Copy Report']);
    const again = `Sign in again as ${scene.account.label}`;
    assert.equal(lineAbout(report, 'Sign-in'), `✗ PROBLEM: ${text} → ${again}`);
    const links = await linksOf();
    assert.equal(links[again], `command:pyrus.signIn?["${scene.account.id}"]`);
    assert.equal(
      links['http.systemCertificates'],
      'command:workbench.action.openSettings?["http.systemCertificates"]',
    );
  });

  it('has no secret in the report and none in the log, whatever a server says', async () => {
    const { token } = scene.account.grant;
    const before = (await readLog()).length;
    scene.pyrus.script({
      match: /profile/,
      times: Infinity,
      answer: {
        status: 400,
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ error: `Bearer ${token}`, error_code: 'unheard_of' }),
      },
    });
    const { report } = await check.failing();
    assert.match(lineAbout(report, 'Sign-in'), /^✗ PROBLEM: Pyrus refused: Bearer \*\*\*/);
    const log = (await readLog()).slice(before);
    assert.match(log, /GET http:\/\/\S+\/v4\/profile → 400/);
    for (const form of [token, scene.pyrus.securityKey].flatMap(formsOf)) {
      assert.ok(!report.includes(form) && !log.includes(form), 'a secret');
    }
  });

  it('counts a server that does not answer once, whatever it was asked for', async () => {
    const gone = await startPyrus();
    await signIn(gone);
    await (await accounts()).signOut(scene.account.id);
    await gone.close();
    const { message, report } = await check.failing();
    assert.match(message.text, /^3 problems with the connection\. 127\.0\.0\.1:\d+ refuses/);
    assert.match(lineAbout(report, 'API server'), /^✗ PROBLEM: 127\.0\.0\.1:\d+ refuses/);
    assert.equal(
      lineAbout(report, 'Sign-in'),
      '·: Cannot be told while the server does not answer.',
    );
  });

  it('finds the file server alone out of reach', async () => {
    const gone = await startPyrus();
    const filesUrl = `${gone.origins.files}/`;
    await gone.close();
    await (await accounts()).regrant(scene.account.id, { ...scene.account.grant, filesUrl });
    const { message, report } = await check.failing();
    assert.match(message.text, /^1 problem with the connection\. /);
    assert.match(lineAbout(report, 'File server'), /^✗ PROBLEM: \S+ refuses the connection\./);
    assert.equal(lineAbout(report, 'Sign-in'), '✓ OK: Pyrus accepts it.');
  });

  it('finds a clock that is off by what the servers say, but not by what one of them says', async () => {
    const off = (by: number) => (real: Reply) => ({
      ...real,
      headers: { ...real.headers, Date: new Date(Date.now() + by).toUTCString() },
    });
    scene.pyrus.script({ match: /files/, reshape: off(-600_000) });
    assert.match(lineAbout(await check.passing(), 'Clock'), /^✓ OK/);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    for (const [by, words] of [
      [600_000, '10 min behind'],
      [-600_000, '10 min ahead of'],
    ] as const) {
      scene.pyrus.clearFaults();
      scene.pyrus.script({ match: /^/, times: Infinity, reshape: off(by) });
      const { report } = await check.failing();
      assert.match(lineAbout(report, 'Clock'), new RegExp(`✗ PROBLEM: This computer is ${words}`));
    }
  });

  it('shows how many requests are left, and does not wait when there are none', async () => {
    scene.pyrus.limitRequests(11, 300);
    assert.match(lineAbout(await check.passing(), 'Requests'), /: 10 of 5,000 left\./);
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    scene.pyrus.limitRequests(0, 300);
    for (let time = 0; time < 2; time++) {
      const { message } = await check.failing();
      assert.match(message.text, /Too many requests to Pyrus in 10 minutes\. Try again in 5 min\./);
    }
  });

  it('is over after a while when a server does not answer', async () => {
    scene.pyrus.script({ match: 'GET /v4/files/upload', hang: true });
    const started = performance.now();
    const { report } = await check.failing();
    assert.match(lineAbout(report, 'File server'), /✗ PROBLEM: \S+ does not answer\./);
    assert.equal(lineAbout(report, 'Sign-in'), '✓ OK: Pyrus accepts it.');
    assert.ok(performance.now() - started < 25_000);
  }).timeout(60_000);

  it('is cancelled at once, and says nothing then', async () => {
    const progress = new ProgressWatch();
    try {
      const stuck = scene.pyrus.script({ match: 'GET /v4/files/upload', hang: true });
      const messages = new Messages();
      const running = vscode.commands.executeCommand('pyrus.checkConnection');
      await progress.shown();
      // The progress is shown by the clock, whether the servers have been asked by then or not.
      await scene.pyrus.when('GET /v4/files/upload');
      assert.equal(stuck.hits.length, 1);
      progress.cancel();
      await running;
      assert.deepEqual(messages.left(), []);
      messages.dispose();
      assert.equal(vscode.window.activeTextEditor, undefined);
    } finally {
      progress.dispose();
    }
  });

  it('finds a keyring that does not keep what it is given', async () => {
    const secrets = new LockedSecrets();
    await new Accounts(secrets).signIn(scene.account);
    secrets.refuses.add('store');
    const storage = vscode.Uri.joinPath(scene.folderUri, 'storage');
    const instance = activateSecondInstance(secrets, storage);
    try {
      await instance.run('pyrus.checkConnection');
      const [warning, ...more] = instance.warnings;
      assert.deepEqual(more, []);
      assert.match(
        warning ?? '',
        /^1 problem with the connection\. The keyring of this computer does/,
      );
    } finally {
      await instance.deactivate();
      instance.dispose();
    }
  });

  it('tells what is not Pyrus: a page, and an order to go elsewhere', async () => {
    const { foreign } = scene.pyrus.origins;
    const page = { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<h1>Hello' };
    scene.pyrus.script({ match: /files/, answer: page });
    scene.pyrus.script({ match: /auth/, answer: { status: 302, headers: { Location: foreign } } });
    const { report } = await check.failing();
    assert.match(lineAbout(report, 'File server'), /✗ PROBLEM: It is not Pyrus that answers/);
    assert.match(lineAbout(report, 'Sign-in server'), /✗ PROBLEM: \S+ sends us on to 127/);
    assert.deepEqual(scene.pyrus.foreignRequests, []);
  });

  it('looks at every account, the one in use first, and tells the broken one', async () => {
    await signIn(scene.pyrus, bot);
    await (await accounts()).switchTo(scene.account.id);
    scene.pyrus.changeKey('another-key', bot.login);
    const { report } = await check.failing();
    const [bobs = '', bots = ''] = report.split(/\n(?=\S.*\(127[^)]*\))/).slice(1);
    assert.match(bobs, /^bob.smith@example.com \S+ \(used in this window\)\n/);
    assert.match(bots, /^bot@/);
    assert.equal(lineAbout(bobs, 'Sign-in'), '✓ OK: Pyrus accepts it.');
    assert.match(lineAbout(bots, 'Sign-in'), /^✗ PROBLEM: Pyrus does not accept this login/);
  });

  it('goes to the sign-in server of the cloud alone when nobody is signed in', async () => {
    await signOutAll();
    const asked: string[] = [];
    const proxy = createServer().on('connect', ({ url = '' }, socket) => {
      asked.push(url);
      socket.end('HTTP/1.1 502 No\r\nContent-Length: 0\r\n\r\n');
    });
    await once(proxy.listen(0, '127.0.0.1'), 'listening');
    const address = `http://user:pa55-proxy@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const http = vscode.workspace.getConfiguration('http');
    await http.update('proxy', address, vscode.ConfigurationTarget.Global);
    try {
      const { report } = await check.failing();
      assert.deepEqual(asked, ['accounts.pyrus.com:443']);
      assert.match(report, /\nNobody is signed in; looked at: Pyrus Cloud\n/);
      assert.match(
        lineAbout(report, 'Sign-in server'),
        /^✗ PROBLEM: The proxy does not connect us/,
      );
      assert.match(lineAbout(report, 'Proxy'), /http:\/\/127\.0\.0\.1:\d+, from http\.proxy\./);
      assert.doesNotMatch(report, /pa55|user/);
    } finally {
      await http.update('proxy', undefined, vscode.ConfigurationTarget.Global);
      proxy.close();
    }
  });

  /** The check where Pyrus no longer accepts the key. */
  function brokenAccount(): ReturnType<ConnectionCheck['failing']> {
    scene.pyrus.changeKey('another-key');
    return check.failing();
  }
});
