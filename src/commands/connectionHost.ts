import { arch, release, type } from 'node:os';
import * as vscode from 'vscode';
import { parseUrl } from '../pyrus/urls';
import type { CertificateFacts, HostFacts, ProxyFacts } from './connectionFacts';

const PROXY_VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'];
const CERTIFICATE_VARIABLES = ['NODE_EXTRA_CA_CERTS', 'NODE_USE_SYSTEM_CA'];

/** How VS Code is told to go out. Of variables only the names: their values hold passwords and paths. */
export function proxyFacts(): ProxyFacts {
  const settings = vscode.workspace.getConfiguration('http');
  const proxy = settings.get<unknown>('proxy');
  const exceptions = settings.get<unknown>('noProxy');
  return {
    ...(isText(proxy) ? { address: withoutUser(proxy) } : {}),
    support: String(settings.get<unknown>('proxySupport')),
    exceptions: Array.isArray(exceptions) ? exceptions.filter(isText) : [],
    variables: setVariables(PROXY_VARIABLES.flatMap(name => [name, name.toUpperCase()])),
  };
}

export function certificateFacts(): CertificateFacts {
  return {
    useSystems:
      vscode.workspace.getConfiguration('http').get<unknown>('systemCertificates') === true,
    variables: setVariables(CERTIFICATE_VARIABLES),
    isUnchecked: variable('NODE_TLS_REJECT_UNAUTHORIZED') === '0',
  };
}

export function hostFacts({ packageJSON }: vscode.Extension<unknown>): HostFacts {
  const { displayName, version } = packageJSON as { displayName: string; version: string };
  const { remoteName } = vscode.env;
  return {
    extension: `${displayName} ${version}`,
    editor: `${vscode.env.appName} ${vscode.version}`,
    node: `Node.js ${process.versions.node}`,
    system: `${type()} ${release()} ${arch()}`,
    ...(remoteName === undefined ? {} : { remote: remoteName }),
    isBrowser: vscode.env.uiKind === vscode.UIKind.Web,
    language: vscode.env.language,
    inRestrictedMode: !vscode.workspace.isTrusted,
  };
}

/** Passwords of proxies, which no report may hold, wherever they turn up. */
export function proxySecrets(): readonly string[] {
  const variables = PROXY_VARIABLES.flatMap(name => [name, name.toUpperCase()]).map(variable);
  const setting = vscode.workspace.getConfiguration('http').get<unknown>('proxy');
  return [setting, ...variables].filter(isText).flatMap(text => {
    const url = parseUrl(text);
    return url === undefined ? [text] : bothForms(url.password);
  });
}

/** As they stand in an address, and as they are meant. */
function bothForms(text: string): string[] {
  try {
    return [text, decodeURIComponent(text)];
  } catch {
    return [text];
  }
}

function withoutUser(address: string): string {
  const url = parseUrl(address);
  return url === undefined || url.host === '' ? '…' : `${url.protocol}//${url.host}`;
}

/** Windows knows no case in the names of variables: there one would be named twice. */
function setVariables(names: readonly string[]): string[] {
  const set = names.filter(name => isText(variable(name)));
  return process.platform === 'win32' ? set.filter(name => name === name.toUpperCase()) : set;
}

/** That it is set is told; what it says is not. */
function variable(key: string): string | undefined {
  return process.env[key];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
