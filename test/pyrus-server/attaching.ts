import { isObject, type Call } from './call';
import type { StoredFile, Upload } from './files';
import { Refused } from './replies';
import { attachmentOf, type Attachment } from './tasks';

/** One element of `attachments` or of a file field, looked up but not yet used up. */
export type Resolved =
  | { readonly kind: 'upload'; readonly upload: Upload; readonly rootId?: number }
  | { readonly kind: 'file'; readonly file: StoredFile }
  | { readonly kind: 'link'; readonly url: string; readonly name?: string };

/**
 * Looks up what is to be attached, all forms the official clients send. An object of another shape,
 * such as `{"id": "guid"}`, is silently left out, as Pyrus does.
 * @throws Refused `unrecognized_attachment_id` for an unknown or used GUID, file or root
 */
export function resolveAttachments(call: Call, elements: unknown): Resolved[] {
  if (elements === undefined) {
    return [];
  }
  if (!Array.isArray(elements)) {
    throw new Refused('invalid_value_format');
  }
  return elements.flatMap((element: unknown) => resolve(call, element));
}

/** A GUID attaches once, so it may not be named twice in one request either. */
export function assertNoGuidTwice(resolved: readonly Resolved[]): void {
  const uploads = resolved.flatMap(one => (one.kind === 'upload' ? [one.upload] : []));
  if (new Set(uploads).size < uploads.length) {
    throw new Refused('unrecognized_attachment_id');
  }
}

/** Uses the GUIDs up. */
export function attach(call: Call, resolved: Resolved): Attachment {
  const { files, web } = call.environment;
  switch (resolved.kind) {
    case 'upload':
      return attachmentOf(files.attach(resolved.upload, resolved.rootId), web);
    case 'file':
      return attachmentOf(resolved.file, web);
    case 'link':
      return { id: files.newId(), name: resolved.name ?? resolved.url, url: resolved.url };
  }
}

function resolve(call: Call, element: unknown): Resolved[] {
  if (typeof element === 'string') {
    return [resolveGuid(call, element, undefined)];
  }
  if (!isObject(element)) {
    throw new Refused('invalid_value_format');
  }
  const { guid, root_id: rootId, attachment_id: id, url, name } = element;
  if (guid !== undefined) {
    return [resolveGuid(call, guid, rootId)];
  }
  if (id !== undefined) {
    return [{ kind: 'file', file: known(call, id) }];
  }
  if (typeof url === 'string' && /^https?:\/\//.test(url)) {
    return [{ kind: 'link', url, ...(typeof name === 'string' ? { name } : {}) }];
  }
  return [];
}

function resolveGuid(call: Call, guid: unknown, rootId: unknown): Resolved {
  const upload = typeof guid === 'string' ? call.environment.files.fresh(guid) : undefined;
  if (upload === undefined) {
    throw new Refused('unrecognized_attachment_id');
  }
  if (rootId === undefined) {
    return { kind: 'upload', upload };
  }
  const root = known(call, rootId);
  if (root.rootId !== undefined) {
    // The root is the first version for ever; a later one in its place would break the chain.
    throw new Refused('unrecognized_attachment_id');
  }
  return { kind: 'upload', upload, rootId: root.id };
}

function known(call: Call, id: unknown): StoredFile {
  const file = typeof id === 'number' ? call.environment.files.find(id) : undefined;
  if (file === undefined) {
    throw new Refused('unrecognized_attachment_id');
  }
  if (file.trouble === 'forbidden') {
    throw new Refused('access_denied_file');
  }
  return file;
}
