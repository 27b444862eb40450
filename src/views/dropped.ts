import { Uri } from 'vscode';
import type { DataTransfer } from 'vscode';
import { HeldBytes, Room } from '../transfer/heldBytes';
import { addressesIn } from '../transfer/uriList';

/** What was dropped: files and folders, each once, or bytes in none. */
export interface Dropped {
  readonly uris: readonly Uri[];
  /** Empty when there are addresses. */
  readonly bytes: readonly HeldBytes[];
}

/**
 * Reads a drop. A browser gives files of the system no address; their bytes are asked for at once, for
 * they can be had during the drop only.
 */
export async function dropped(transfer: DataTransfer): Promise<Dropped> {
  const files = [...transfer].flatMap(([, item]) => item.asFile() ?? []);
  const list = (await transfer.get('text/uri-list')?.asString()) ?? '';
  const uris = [...new Map(urisIn(list).map(uri => [uri.toString(), uri])).values()];
  if (uris.length > 0) {
    return { uris, bytes: [] };
  }
  const room = new Room();
  return { uris, bytes: files.map(file => new HeldBytes(file, room)) };
}

/** A place in the file is not part of it. */
function urisIn(list: string): Uri[] {
  return addressesIn(list).flatMap(address => {
    try {
      return Uri.parse(address, true).with({ fragment: '' });
    } catch {
      // A word without a scheme names no file.
      return [];
    }
  });
}
