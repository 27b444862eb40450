import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { authorityOf } from '../network/authorities';
import { certificate } from '../network/certificates';
import type { CertificateOptions } from '../network/certificates';
import { secureFront } from '../network/secureFront';
import { ConnectionCheck, lineAbout } from './connectionCheck';
import { Messages } from './messages';
import { setHttpSetting, signInAt, trustExtraAuthority } from './network';
import { Scene } from './scene';
import { upload, uploadIfAllowed } from './uploading';

describe('the certificate of a server', () => {
  let scene: Scene;
  let messages: Messages;
  let uri: vscode.Uri;
  beforeEach(async () => {
    scene = await Scene.open();
    messages = new Messages();
    uri = await scene.file('report.txt', 'content');
  });
  afterEach(async () => {
    await setHttpSetting('systemCertificates');
    messages.dispose();
    await scene.close();
  });

  /** @param run is given the host as a message names it */
  const at = async (
    options: CertificateOptions,
    run: (host: string) => Promise<void>,
  ): Promise<void> => {
    const front = await secureFront(scene.pyrus.origins.onPremises, await certificate(options));
    const host = `localhost:${front.port}`;
    try {
      await signInAt(scene.pyrus, `https://${host}`);
      await run(host);
    } finally {
      await front.close();
    }
  };
  /** What the failed upload of a file says, and with which buttons. */
  const trouble = async (): Promise<[text: string, buttons: readonly string[]]> => {
    const before = scene.uploadRequests.length;
    assert.deepEqual(await uploadIfAllowed(uri, [uri]), []);
    const { text, buttons } = await messages.next();
    assert.equal(scene.uploadRequests.length, before);
    return [text, buttons];
  };
  const distrusted = (host: string, code: string): [string, readonly string[]] => [
    `“report.txt”: The certificate of ${host} is not trusted (${code}). Install the certificate of its authority where the extension runs, turn on http.systemCertificates and reload the window.`,
    ['Open Setting', 'Retry', 'Check Connection', 'Show Log'],
  ];

  it('is trusted when NODE_EXTRA_CA_CERTS names its authority', async () => {
    await trustExtraAuthority();
    await at({ name: 'localhost', issuer: authorityOf('extra') }, async () => {
      assert.equal((await upload(uri, [uri])).length, 1);
    });
  });

  it('is trusted when the system does, unless http.systemCertificates is off', async function () {
    if (!systemIsTold()) {
      this.skip();
    }
    const options = { name: 'localhost', issuer: authorityOf('system') };
    await at(options, async () => {
      assert.equal((await upload(uri, [uri])).length, 1);
      await messages.next();
    });
    await setHttpSetting('systemCertificates', false);
    await at(options, async host => {
      assert.deepEqual(await trouble(), distrusted(host, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
    });
  });

  it('of an unknown authority, or of none, is not trusted, which leads to the setting', async () => {
    const unknown = await certificate({ name: 'Another authority', isAuthority: true });
    await at({ name: 'localhost', issuer: unknown }, async host => {
      assert.deepEqual(await trouble(), distrusted(host, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'));
      const check = new ConnectionCheck();
      const { report } = await check.failing();
      check.dispose();
      await messages.next();
      const line = `✗ PROBLEM: The certificate of ${host} is not trusted`;
      assert.ok(lineAbout(report, 'Sign-in server').startsWith(line), report);
    });
    await at({ name: 'localhost' }, async host => {
      assert.deepEqual(await trouble(), distrusted(host, 'DEPTH_ZERO_SELF_SIGNED_CERT'));
    });
  });

  it('that has expired, is not valid yet, or is of another server has words of its own', async () => {
    await trustExtraAuthority();
    const issuer = authorityOf('extra');
    const buttons = ['Retry', 'Check Connection', 'Show Log'];
    const expired = { name: 'localhost', issuer, until: new Date(Date.now() - 1000) };
    await at(expired, async host => {
      assert.deepEqual(await trouble(), [
        `“report.txt”: The certificate of ${host} has expired. Ask whoever runs the server to renew it, and check the clock of this computer.`,
        buttons,
      ]);
    });
    const later = { name: 'localhost', issuer, until: new Date(Date.now() + 100 * DAY) };
    await at(later, async host => {
      assert.deepEqual(await trouble(), [
        `“report.txt”: The certificate of ${host} is not valid yet. Check the clock of this computer.`,
        buttons,
      ]);
    });
    await at({ name: 'evil.example', issuer }, async host => {
      assert.deepEqual(await trouble(), [
        `“report.txt”: What answers at ${host} has the certificate of another server; nothing was sent to it. Check the address.`,
        buttons,
      ]);
    });
  });
});

const DAY = 24 * 3600 * 1000;

/**
 * Whether this editor can be told what the system trusts: a newer one asks Node, which asks OpenSSL;
 * an older one reads a file that belongs to root, and a desktop one asks the desktop.
 */
function systemIsTold(): boolean {
  const http = vscode.workspace.getConfiguration('http');
  return (
    process.platform === 'linux' &&
    vscode.env.uiKind === vscode.UIKind.Web &&
    http.get('systemCertificatesNode') === true
  );
}
