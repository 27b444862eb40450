import { idIn, known, listIn, md5In, sizeIn, textIn } from './lenient';
import { parseReference } from './links';
import { isServedBy } from './servers';
import type { Addresses } from './servers';
import { parseUrl } from './urls';
import { isRecord } from './wire';

/** A file in a task: what downloads by its id. */
export interface FileAttachment {
  readonly kind: 'file';
  readonly id: number;
  readonly name: string;
  /** Bytes. */
  readonly size?: number;
  /** 32 lower-case hex digits. */
  readonly md5?: string;
  readonly version?: number;
  /** Id of the first version; absent on that one. */
  readonly rootId?: number;
}

/** A link that somebody attached. It leads anywhere: it never sees a token, nor does its id download. */
export interface LinkAttachment {
  readonly kind: 'link';
  readonly name: string;
  /** http or https; absent when it is anything else, which is not to be opened. */
  readonly url?: string;
}

export type Attachment = FileAttachment | LinkAttachment;

/** A list of attachments as tasks, comments and file fields have it; what is none is left out. */
export function attachmentsIn(list: unknown, addresses: Addresses): Attachment[] {
  return listIn(list).flatMap(item => attachmentIn(item, addresses) ?? []);
}

function attachmentIn(item: unknown, addresses: Addresses): Attachment | undefined {
  if (!isRecord(item)) {
    return undefined;
  }
  const id = idIn(item['id']);
  const url = textIn(item['url']);
  const name = textIn(item['name']);
  const measures = known({ size: sizeIn(item['size']), md5: md5In(item['md5']) });
  const measured = Object.keys(measures).length > 0;
  if (id !== undefined && (measured || url === undefined || isFileUrl(url, id, addresses))) {
    return known({
      kind: 'file' as const,
      id,
      name: name ?? `file-${id}`,
      ...measures,
      version: idIn(item['version']),
      rootId: idIn(item['root_id']),
    });
  }
  return url === undefined
    ? undefined
    : known({ kind: 'link' as const, name: name ?? url, url: webUrl(url) });
}

/** Pyrus says of its own files where they are; of links, where they lead. */
function isFileUrl(text: string, id: number, addresses: Addresses): boolean {
  const url = parseUrl(text);
  if (url === undefined || !isServedBy(addresses, url)) {
    return false;
  }
  const reference = parseReference(text);
  return reference.kind === 'file' && reference.id === id;
}

function webUrl(text: string): string | undefined {
  const url = parseUrl(text);
  return url !== undefined && /^https?:$/.test(url.protocol) ? url.href : undefined;
}
