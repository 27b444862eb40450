import { PyrusError } from './errors';
import { isIpLiteral, isLoopback, isSafeOrigin, parseUrl } from './urls';
import type { AuthAnswer } from './wire';

/** Where an account lives, as the user chose it. Part of the account, never a setting. */
export type Server =
  { readonly kind: 'cloud' } | { readonly kind: 'onPremises'; readonly origin: string };

/** Addresses that end with a slash. `apiUrl` contains the version, `filesUrl` does not. */
export interface Addresses {
  readonly apiUrl: string;
  readonly filesUrl: string;
}

/** Pyrus Cloud, help page "Endpoints"; `/auth` may answer with those of another cluster. */
const CLOUD: Addresses = {
  apiUrl: 'https://api.pyrus.com/v4/',
  filesUrl: 'https://files.pyrus.com/',
};

/** Where to send login and key. Official clients post to the accounts host, on-premises to `{API}/auth`. */
export function authUrl(server: Server): URL {
  return new URL(
    '/api/v4/auth',
    server.kind === 'cloud' ? 'https://accounts.pyrus.com' : server.origin,
  );
}

/** The addresses when `/auth` names none: official TypeScript client, routes of the on-premises chart. */
export function defaultAddresses(server: Server): Addresses {
  return server.kind === 'cloud'
    ? CLOUD
    : { apiUrl: `${server.origin}/api/v4/`, filesUrl: `${server.origin}/` };
}

/** What `/auth` answered, split into what is trusted as it is and what a person must allow. */
export interface AnsweredAddresses {
  readonly addresses: Addresses;
  /** Hosts other than the sign-in server's own, to be allowed once before the token goes there. */
  readonly foreignHosts: readonly string[];
}

/**
 * Judges the addresses `/auth` returned.
 * @throws PyrusError `hostRefused` for http, user info, IP literals and anything else no Pyrus uses
 */
export function answeredAddresses(server: Server, answer: AuthAnswer): AnsweredAddresses {
  const own = defaultAddresses(server);
  const addresses: Addresses = {
    apiUrl: answer.apiUrl === undefined ? own.apiUrl : checkedUrl(server, answer.apiUrl),
    filesUrl: answer.filesUrl === undefined ? own.filesUrl : checkedUrl(server, answer.filesUrl),
  };
  const hosts = [addresses.apiUrl, addresses.filesUrl].map(url => new URL(url));
  const foreign = hosts.filter(url => !isOwnHost(server, url)).map(url => url.host);
  return { addresses, foreignHosts: [...new Set(foreign)] };
}

/**
 * Reads what a person typed as the address of their server: a host, with or without `https://`,
 * or any page of it. http is taken for loopback only.
 * @returns undefined when no server can be meant by it
 */
export function parseServer(text: string): Server | undefined {
  const typed = text.trim();
  const url = parseUrl(/^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`);
  if (url === undefined || !isSafeOrigin(url)) {
    return undefined;
  }
  return isPyrusCom(url.hostname) ? { kind: 'cloud' } : { kind: 'onPremises', origin: url.origin };
}

/** True for the hosts behind these addresses, and for any of Pyrus Cloud's when that is where they are. */
export function isServedBy({ apiUrl, filesUrl }: Addresses, { host, hostname }: URL): boolean {
  return [apiUrl, filesUrl]
    .map(address => new URL(address))
    .some(own => own.host === host || (isPyrusCom(own.hostname) && isPyrusCom(hostname)));
}

function checkedUrl(server: Server, text: string): string {
  const url = parseUrl(text);
  if (url === undefined || !isSafeOrigin(url) || url.search !== '' || !mayServe(server, url)) {
    throw new PyrusError({ kind: 'hostRefused', url: text });
  }
  return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

/** A named host may be asked about; an IP literal or this very machine must be where we signed in. */
function mayServe(server: Server, url: URL): boolean {
  return isOwnHost(server, url) || !(isIpLiteral(url.hostname) || isLoopback(url.hostname));
}

function isOwnHost(server: Server, { hostname }: URL): boolean {
  if (server.kind === 'cloud') {
    return isPyrusCom(hostname);
  }
  const own = new URL(server.origin).hostname;
  return (
    hostname === own ||
    (isLoopback(own) && isLoopback(hostname)) ||
    (!isIpLiteral(own) && hostname.endsWith(`.${own}`))
  );
}

function isPyrusCom(hostname: string): boolean {
  return hostname === 'pyrus.com' || hostname.endsWith('.pyrus.com');
}
