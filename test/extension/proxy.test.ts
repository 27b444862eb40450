import { strict as assert } from 'node:assert';
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { authorityOf } from '../network/authorities';
import { certificate } from '../network/certificates';
import { ConnectProxy } from '../network/connectProxy';
import { secureFront } from '../network/secureFront';
import type { SecureFront } from '../network/secureFront';
import { formsOf } from '../pyrus-server/canary';
import { readUserData } from './logFile';
import { Messages, press } from './messages';
import type { Message } from './messages';
import { setHttpSetting, signInAt, trustExtraAuthority } from './network';
import { accepting } from './quickInput';
import { ProgressWatch } from './progressWatch';
import { Scene } from './scene';
import { md5, upload, uploadIfAllowed } from './uploading';
import { until } from './waiting';

/** A name that no DNS has: whoever reaches it went through the proxy. */
const NAME = 'pyrus.example.test';
/** This machine, too, but not as VS Code spells it, which goes to such addresses without any proxy. */
const NEARBY = '127.0.0.2';
const PASSWORD = 'pa55-proxy-canary';
const UPLOAD = 'POST /v4/files/upload';
const TARGET = `${NAME}:443`;

describe('through a proxy', () => {
  let scene: Scene;
  let messages: Messages;
  let front: SecureFront;
  let proxy: ConnectProxy;
  let uri: vscode.Uri;
  const said: string[] = [];

  const open = async (credentials?: string): Promise<void> => {
    proxy = await ConnectProxy.start({
      routes: { [TARGET]: front.port },
      ...(credentials === undefined ? {} : { credentials }),
    });
  };
  beforeEach(async () => {
    scene = await Scene.open();
    messages = new Messages();
    await trustExtraAuthority();
    const issuer = authorityOf('extra');
    front = await secureFront(
      scene.pyrus.origins.onPremises,
      await certificate({ name: NAME, issuer }),
    );
    await signInAt(scene.pyrus, `https://${NAME}`);
    uri = await scene.file('report.txt', 'content');
  });
  afterEach(async () => {
    for (const name of ['proxy', 'proxySupport', 'noProxy', 'systemCertificates'] as const) {
      await setHttpSetting(name);
    }
    messages.dispose();
    await proxy.close();
    await front.close();
    await scene.close();
    assert.deepEqual(proxy.misuse, []);
  });

  /** What the failed upload of a file says. */
  const trouble = async (): Promise<{ readonly text: string; readonly message: Message }> => {
    assert.deepEqual(await uploadIfAllowed(uri, [uri]), []);
    const message = await messages.next();
    said.push(message.text);
    assert.deepEqual(message.buttons, ['Open Setting', 'Retry', 'Check Connection', 'Show Log']);
    assert.deepEqual(scene.pyrus.uploads, []);
    return { text: message.text, message };
  };

  it('files go up and come down, whole', async () => {
    await open();
    await setHttpSetting('proxy', proxy.url());
    const content = randomBytes(20_000_003);
    const large = await scene.file('large.bin', content);
    const [sent] = await upload(large, [large]);
    assert.equal(sent?.md5, md5(content));
    const { id, md5: digest } = scene.pyrus.addFile(
      { name: 'down.bin', content: 20_000_003 },
      'onPremises',
    );
    await vscode.env.clipboard.writeText(String(id));
    const { folderUri } = scene;
    await accepting(vscode.commands.executeCommand('pyrus.download', folderUri, [folderUri]));
    assert.equal(md5(await readFile(path.join(scene.folder, 'down.bin'))), digest);
    const tunnel = { target: TARGET, authorization: 'absent', status: 200 };
    assert.deepEqual(proxy.asked, [tunnel, tunnel]);
    await proxy.idle();
  });

  it('Cancel closes the way through the proxy, and the progress counts what went', async () => {
    await open();
    await setHttpSetting('proxy', proxy.url());
    const large = await scene.file('large.bin', randomBytes(24 * 1024 * 1024));
    scene.pyrus.script({ match: UPLOAD, receive: { bytesPerSecond: 8 * 1024 * 1024 } });
    const bar = new ProgressWatch();
    try {
      const uploading = uploadIfAllowed(large, [large]);
      await bar.says(/of 24 MB \(\d+%\)/);
      const aborted = scene.pyrus.when(UPLOAD, ({ outcome }) => outcome === 'aborted');
      bar.cancel();
      assert.equal(await uploading, undefined);
      await aborted;
      await proxy.idle();
      assert.deepEqual(messages.left(), []);
    } finally {
      bar.dispose();
    }
  });

  it('with a password that is right, nobody but the proxy gets it', async () => {
    await open(`office:${PASSWORD}`);
    await setHttpSetting('proxy', proxy.url(`office:${PASSWORD}`));
    assert.equal((await upload(uri, [uri])).length, 1);
    assert.deepEqual(proxy.asked.at(-1), { target: TARGET, authorization: 'right', status: 200 });
    const headers = scene.pyrus.requests.flatMap(({ rawHeaders }) => rawHeaders).join('\n');
    assertNotIn(headers, 'a request to Pyrus');
  });

  it('that wants a password: the words say so, and lead to the setting', async function () {
    if (vscode.env.uiKind === vscode.UIKind.Desktop) {
      this.skip(); // There VS Code asks for the password itself, in a dialog that no test can answer.
    }
    await open('office:another');
    const wants =
      '“report.txt”: The proxy wants a user name and a password, or does not accept those it got (HTTP 407). Check http.proxy in the settings.';
    await setHttpSetting('proxy', proxy.url());
    assert.equal((await trouble()).text, wants);
    await setHttpSetting('proxy', proxy.url(`office:${PASSWORD}`));
    const { text, message } = await trouble();
    assert.equal(text, wants);
    assert.deepEqual(
      proxy.asked.map(({ authorization }) => authorization),
      ['absent', 'wrong'],
    );
    await press(message, 'Open Setting');
    await until(
      'the settings are open',
      () => vscode.window.tabGroups.activeTabGroup.activeTab?.label === 'Settings',
      vscode.window.tabGroups.onDidChangeTabs,
    );
    assert.equal((await messages.next()).text, wants, 'Retry is no longer at hand');
    await assertPasswordKept();
  });

  it('that refuses, or knows no such server, is not taken for Pyrus', async () => {
    await open();
    await setHttpSetting('proxy', proxy.url());
    for (const status of [403, 401]) {
      proxy.refusal = status;
      assert.equal(
        (await trouble()).text,
        `“report.txt”: The proxy does not connect us to ${NAME} (HTTP ${status}). Ask whoever runs it, or check http.proxy and http.noProxy in the settings.`,
      );
    }
    assert.equal(proxy.asked.length, 2, 'a refusal is final');
    proxy.refusal = 502;
    assert.match((await trouble()).text, /does not connect us .*\(HTTP 502\).* Tried 3 times\.$/);
    assert.deepEqual(scene.uploadRequests, []);
  });

  it('that is down is told apart from Pyrus, without its password', async () => {
    await open();
    const gone = proxy.url(`office:${PASSWORD}`);
    await setHttpSetting('proxy', gone);
    await proxy.close();
    assert.equal(
      (await trouble()).text,
      '“report.txt”: The proxy cannot be reached. Check http.proxy in the settings, and whether the proxy is running. Tried 3 times.',
    );
    await assertPasswordKept();
    await open();
  });

  it('goes nothing that http.noProxy names, and nothing at all when http.proxySupport is off', async function () {
    let nearby: SecureFront;
    try {
      const issuer = authorityOf('extra');
      const proof = await certificate({ name: NEARBY, issuer });
      nearby = await secureFront(scene.pyrus.origins.onPremises, proof, NEARBY);
    } catch {
      this.skip(); // A system with one loopback address only.
    }
    try {
      await open();
      await signInAt(scene.pyrus, `https://${NEARBY}:${nearby.port}`);
      await setHttpSetting('proxy', proxy.url());
      proxy.refusal = 403;
      await trouble();
      assert.equal(proxy.asked[0]?.target, `${NEARBY}:${nearby.port}`);
      await setHttpSetting('noProxy', [NEARBY]);
      assert.equal((await upload(uri, [uri])).length, 1);
      await setHttpSetting('noProxy');
      await setHttpSetting('proxySupport', 'off');
      assert.equal((await upload(uri, [uri])).length, 1);
      assert.equal(proxy.asked.length, 1);
    } finally {
      await nearby.close();
    }
  });

  /** Neither a message nor a log of extensions nor what they keep has it: the settings have. */
  async function assertPasswordKept(): Promise<void> {
    said.forEach(text => assertNotIn(text, 'a message'));
    const files = await readUserData(file => /exthost|(global|workspace)Storage/.test(file));
    assert.ok(files.size > 0);
    files.forEach((text, file) => assertNotIn(text, file));
  }
});

function assertNotIn(text: string, where: string): void {
  for (const form of [PASSWORD, `office:${PASSWORD}`].flatMap(formsOf)) {
    assert.ok(!text.includes(form), `${where} holds the password of the proxy`);
  }
}
