import { Uri } from 'vscode';
import type { DataTransfer } from 'vscode';
import { addressesIn } from '../transfer/uriList';

/** The files that were dropped, each once. */
export async function droppedFiles(transfer: DataTransfer): Promise<Uri[]> {
  const list = (await transfer.get('text/uri-list')?.asString()) ?? '';
  return [...new Map(urisIn(list).map(uri => [uri.toString(), uri])).values()];
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
