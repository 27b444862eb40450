import { Disposable, FileSystemError, FileType, workspace } from 'vscode';
import type { FileStat, FileSystemProvider, Uri } from 'vscode';

/** Documents that are nowhere on the disk. */
export interface ReadOnlyFiles {
  readFile(uri: Uri): Promise<Uint8Array>;
}

/**
 * Lets VS Code read the documents of a scheme, also those it shows again after a restart; nothing writes
 * or changes them.
 */
export function registerReadOnlyFiles(
  scheme: string,
  load: () => Promise<ReadOnlyFiles>,
): Disposable {
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  const readFile = async (uri: Uri): Promise<Uint8Array> => (await load()).readFile(uri);
  const provider: FileSystemProvider = {
    onDidChangeFile: () => new Disposable(() => undefined),
    watch: () => new Disposable(() => undefined),
    stat: async (uri): Promise<FileStat> => {
      const { length } = await readFile(uri);
      return { type: FileType.File, ctime: 0, mtime: 0, size: length };
    },
    readFile,
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  return workspace.registerFileSystemProvider(scheme, provider, {
    isCaseSensitive: true,
    isReadonly: true,
  });
}
