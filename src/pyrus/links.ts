import type { Server } from './servers';
import { parseUrl } from './urls';

/** What a person meant by a piece of text they typed or pasted. */
export type Reference =
  | { readonly kind: 'file'; readonly id: number }
  | { readonly kind: 'task'; readonly id: number }
  | { readonly kind: 'guid'; readonly guid: string }
  | { readonly kind: 'form' }
  | { readonly kind: 'foreign'; readonly host: string }
  | { readonly kind: 'badId'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** Ids are 32-bit in the official clients. */
const LARGEST_ID = 2_147_483_647;
const GUID = /^\{?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\}?$/i;

/** Paths of files, as Pyrus itself, its API and its older API write them. */
const FILE_PATHS = [
  /^\/(?:api\/)?v4\/files\/download\/(\w+)\/?$/,
  /^\/files\/(?:download\/)?(\w+)\/?$/,
];
const TASK_PATHS = [/^\/(?:api\/)?v4\/tasks\/(\w+)\/?$/, /^\/restapi\/v3\/task\/(\w+)\/?$/];

/**
 * Reads one word: an id, a GUID or a link. The address in a link is never asked: only the id is
 * taken from it, and only when it is one of the account's own hosts.
 * @param server of the account that will be asked for the file; without one, any host is fine
 */
export function parseReference(text: string, server?: Server): Reference {
  const word = text.trim().replace(/^[<("'`]+|[>)"'`.,;]+$/g, '');
  const guid = GUID.exec(word)?.[1];
  if (guid !== undefined) {
    return { kind: 'guid', guid: guid.toLowerCase() };
  }
  if (/^\d+$/.test(word)) {
    return withId('file', word);
  }
  const url = parseUrl(/^[\w.-]+\.\w+(:\d+)?\/\S/.test(word) ? `https://${word}` : word);
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    const task = /^[#№](\d+)$/.exec(word)?.[1];
    return task === undefined ? { kind: 'unknown', text: word } : withId('task', task);
  }
  if (server !== undefined && !isHostOf(server, url)) {
    return { kind: 'foreign', host: url.host };
  }
  return fromUrl(url) ?? { kind: 'unknown', text: word };
}

/** Splits what was typed into words (spaces, commas, semicolons, lines) and reads each. */
export function parseReferences(text: string, server?: Server): Reference[] {
  return text
    .split(/[\s,;]+/)
    .filter(word => word !== '')
    .map(word => parseReference(word, server));
}

function fromUrl(url: URL): Reference | undefined {
  if (/^\/services\/attachment\/?$/i.test(url.pathname)) {
    const [, id] = [...url.searchParams].find(([key]) => key.toLowerCase() === 'id') ?? [];
    return id === undefined ? undefined : withId('file', id);
  }
  const file = firstMatch(FILE_PATHS, url.pathname);
  if (file !== undefined) {
    return withId('file', file);
  }
  const task = firstMatch(TASK_PATHS, url.pathname) ?? /^#id(\d+)/.exec(url.hash)?.[1];
  if (task !== undefined) {
    return withId('task', task);
  }
  return /^#rg\d+/.test(url.hash) || url.pathname.startsWith('/form/')
    ? { kind: 'form' }
    : undefined;
}

function firstMatch(patterns: readonly RegExp[], path: string): string | undefined {
  return patterns.map(pattern => pattern.exec(path)?.[1]).find(match => match !== undefined);
}

function withId(kind: 'file' | 'task', digits: string): Reference {
  const id = /^[1-9]\d{0,9}$/.test(digits) ? Number(digits) : 0;
  return id > 0 && id <= LARGEST_ID ? { kind, id } : { kind: 'badId', text: digits };
}

function isHostOf(server: Server, url: URL): boolean {
  if (server.kind === 'cloud') {
    return url.hostname === 'pyrus.com' || url.hostname.endsWith('.pyrus.com');
  }
  return url.hostname === new URL(server.origin).hostname;
}
