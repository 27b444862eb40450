import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import type { Account, Accounts } from '../../src/account/accounts';
import type { TestApi } from '../../src/testApi';
import type { Grant } from '../../src/pyrus/session';
import { authorize, whoAmI } from '../../src/pyrus/auth';
import type { Credentials } from '../../src/pyrus/auth';
import { Exchange } from '../../src/pyrus/exchange';
import { send } from '../../src/pyrus/http';
import { RateGate } from '../../src/pyrus/rateLimit';
import type { PyrusServer } from '../pyrus-server/pyrus';

/** The extension under test, as VS Code knows it. */
export function extensionUnderTest(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('pyrus-tools.pyrus-attachments');
  assert.ok(extension, 'pyrus-tools.pyrus-attachments is not among the extensions');
  return extension;
}

/** What the extension under test keeps in its secret storage. */
export async function accounts(): Promise<Accounts> {
  await extensionUnderTest().activate();
  return (await vscode.commands.executeCommand<TestApi>('pyrus.testApi')).accounts;
}

/** A file of the built extension, such as `extension.js`. */
export function builtFile(name: string): string {
  const file = path.join(extensionUnderTest().extensionPath, 'dist', name);
  assert.ok(existsSync(file), `${file} is missing: build the extension first`);
  return file;
}

/** What of a stand-in Pyrus signing in takes. */
export type SignInData = Pick<PyrusServer, 'origins' | 'securityKey'> & { readonly login: string };

/** An account whose token has not been refused. */
export type GrantedAccount = Account & { readonly grant: Grant };

/** The account of the stand-in's main user, or of another, verified as signing in does it. */
export async function accountOf(
  pyrus: SignInData,
  { login, securityKey, personId }: Credentials = pyrus,
): Promise<GrantedAccount> {
  const exchange = new Exchange(send, new RateGate());
  const { signal } = new AbortController();
  const server = { kind: 'onPremises', origin: pyrus.origins.accounts } as const;
  const credentials = { login, securityKey, ...(personId === undefined ? {} : { personId }) };
  const { token, addresses } = await authorize(exchange, server, credentials, signal);
  const grant = { token, ...addresses };
  const person = await whoAmI(exchange, grant, signal);
  const { host } = new URL(server.origin);
  return {
    id: `${host}/${person.personId}`,
    server,
    label: `${personId === undefined ? login : `${login} #${personId}`} (${host})`,
    name: person.name,
    organization: person.organization,
    credentials,
    grant,
    allowedHosts: [],
  };
}

/** Puts the stand-in's main user, or another, into the secret storage of the extension under test. */
export async function signIn(
  pyrus: SignInData,
  credentials?: Credentials,
): Promise<GrantedAccount> {
  const account = await accountOf(pyrus, credentials);
  await (await accounts()).signIn(account);
  return account;
}

/** Removes every account. */
export async function signOutAll(): Promise<void> {
  const stored = await accounts();
  for (const { id } of await stored.all()) {
    await stored.signOut(id);
  }
}
