import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import type { PyrusServer } from '../pyrus-server/pyrus';
import { accountOf, accounts } from './signedIn';

/** Signs the stand-in's main user in to its on-premises Pyrus, as it is known under this address. */
export async function signInAt(pyrus: PyrusServer, origin: string): Promise<void> {
  const account = await accountOf(pyrus);
  await (
    await accounts()
  ).signIn({
    ...account,
    id: `${new URL(origin).host}/1731`,
    server: { kind: 'onPremises', origin },
    grant: {
      token: pyrus.issueToken('onPremises'),
      apiUrl: `${origin}/api/v4/`,
      filesUrl: `${origin}/`,
    },
  });
}

type HttpSetting = 'proxy' | 'proxySupport' | 'noProxy' | 'systemCertificates';

/** Sets one of the user's settings `http.*`; undefined is the editor's own. */
export async function setHttpSetting(name: HttpSetting, value?: unknown): Promise<void> {
  const { Global } = vscode.ConfigurationTarget;
  await vscode.workspace.getConfiguration('http').update(name, value, Global);
  if (value !== undefined) {
    assert.deepEqual(vscode.workspace.getConfiguration('http').get(name), value);
  }
}

/**
 * Lets the authority of NODE_EXTRA_CA_CERTS be trusted. Node before 22 forgets it as soon as VS Code
 * adds what the system trusts.
 */
export async function trustExtraAuthority(): Promise<void> {
  if (Number.parseInt(process.versions.node) < 22) {
    await setHttpSetting('systemCertificates', false);
  }
}
