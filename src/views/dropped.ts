import { Uri } from 'vscode';
import type { DataTransfer, DataTransferFile } from 'vscode';

/** A file that was dropped: one of a file system, or bytes that came with it. */
export type DroppedFile =
  { readonly uri: Uri } | { readonly name: string; readonly bytes: Uint8Array };

/**
 * Everything that was dropped, each file once. What it takes of `transfer` it takes before it waits:
 * VS Code holds the bytes only as long as the drop lasts.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<DroppedFile[]> {
  const files = Array.from(transfer, ([, item]) => item.asFile()).flatMap(file => file ?? []);
  const [list = '', ...contents] = await Promise.all([
    transfer.get('text/uri-list')?.asString(),
    ...files.map(contentOf),
  ]);
  const uris = [...urisIn(list), ...files.flatMap(({ uri }) => uri ?? [])];
  const distinct = new Map(uris.map(uri => [uri.toString(), uri]));
  return [
    ...Array.from(distinct.values(), uri => ({ uri })),
    ...contents.flatMap(content => content ?? []),
  ];
}

/** @returns undefined for a file that VS Code can read by itself */
async function contentOf(file: DataTransferFile): Promise<DroppedFile | undefined> {
  return file.uri === undefined ? { name: file.name, bytes: await file.data() } : undefined;
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
