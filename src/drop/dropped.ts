import * as vscode from 'vscode';
import { HeldBytes, Room } from '../transfer/heldBytes';
import type { TransferredFile } from '../transfer/heldBytes';
import { addressesIn } from '../transfer/uriList';

/** What somebody dropped or pasted that can be uploaded: files and folders, or bytes without one. */
export interface Dropped {
  readonly uris: readonly vscode.Uri[];
  /** Empty when there are addresses. */
  readonly bytes: readonly HeldBytes[];
  /**
   * True when a person must have pointed at just these: they come from the file manager. A list of
   * addresses alone may have been put together by a web page.
   */
  readonly isPointedAt: boolean;
}

/** A drop or a paste looked at: what is decided before any bytes are asked for. */
export interface Transfer {
  readonly uris: readonly vscode.Uri[];
  readonly files: readonly (TransferredFile & {
    readonly mimeType: string;
    readonly uri?: vscode.Uri;
  })[];
  /** VS Code itself makes an edit of it, which comes before ours. */
  readonly isContested: boolean;
}

/** VS Code can read these, but nobody who drags a link means to upload what it leads to. */
const WEB = ['http', 'https'];

/** Reads what a drop or a paste carries; no bytes yet. Call before waiting for anything else. */
export async function transferOf(
  data: vscode.DataTransfer,
  into: vscode.TextDocument,
): Promise<Transfer> {
  const items = [...data];
  const files = items.flatMap(([mimeType, item]) => {
    const file = item.asFile();
    return file === undefined ? [] : [asTransferred(file, mimeType)];
  });
  const list = await data.get('text/uri-list')?.asString();
  const addresses = addressesIn(list ?? '');
  const uris = addresses.flatMap(address => fileUri(address, into) ?? []);
  return {
    uris: [...new Map(uris.map(uri => [uri.toString(), uri])).values()],
    files,
    isContested: addresses.length > 0 || data.get('text/plain') !== undefined,
  };
}

/** Asks for bytes where there are no addresses. @param nameOf what a file is to be called */
export function droppedFrom(
  { uris, files }: Transfer,
  nameOf: (file: Transfer['files'][number]) => string,
): Dropped {
  if (uris.length > 0) {
    return { uris, bytes: [], isPointedAt: uris.every(uri => cameAsFile(uri, files)) };
  }
  const room = new Room();
  const bytes = files.map(file => new HeldBytes(file, room, nameOf(file)));
  return { uris, bytes, isPointedAt: true };
}

/** How many things there are. */
export function countOf({ uris, bytes }: Dropped): number {
  return uris.length + bytes.length;
}

function asTransferred(file: vscode.DataTransferFile, mimeType: string): Transfer['files'][number] {
  const { name, uri } = file;
  return { name, mimeType, data: () => file.data(), ...(uri === undefined ? {} : { uri }) };
}

/** @returns undefined for what is not in a file system VS Code knows, such as a web page */
function fileUri(address: string, into: vscode.TextDocument): vscode.Uri | undefined {
  let uri: vscode.Uri;
  try {
    // The fragment is a place in the file.
    uri = vscode.Uri.parse(address, true).with({ fragment: '' });
  } catch {
    return undefined;
  }
  const isFile =
    !WEB.includes(uri.scheme) && vscode.workspace.fs.isWritableFileSystem(uri.scheme) !== undefined;
  // Nobody wants the GUID of a document in itself.
  return isFile && uri.toString() !== into.uri.toString() ? uri : undefined;
}

/**
 * Only the system gives a file a path. On Windows VS Code reads that path as an address and gets it
 * wrong, hence just the name.
 */
function cameAsFile(uri: vscode.Uri, files: Transfer['files']): boolean {
  const name = uri.path.split('/').at(-1);
  return files.some(file => file.uri !== undefined && file.name === name);
}
