import { Uri } from 'vscode';
import type { DataTransfer } from 'vscode';

/** The files that were dropped, each once. */
export async function droppedFiles(transfer: DataTransfer): Promise<Uri[]> {
  const list = (await transfer.get('text/uri-list')?.asString()) ?? '';
  return [...new Map(urisIn(list).map(uri => [uri.toString(), uri])).values()];
}

/** RFC 2483, as VS Code writes it: one a line; a place in the file is not part of it. */
function urisIn(list: string): Uri[] {
  return list.split(/\r?\n/).flatMap(line => {
    if (line === '' || line.startsWith('#')) {
      return [];
    }
    try {
      return Uri.parse(line, true).with({ fragment: '' });
    } catch {
      // A word without a scheme names no file.
      return [];
    }
  });
}
