import { Disposable, FileSystemError, workspace } from 'vscode';
import type { FileSystemProvider, Uri } from 'vscode';
import type { PyrusFiles } from './pyrusFiles';

/** Of addresses of files that are in Pyrus and nowhere on the disk. */
export const SCHEME = 'pyrus-file';

/** Lets VS Code read documents of Pyrus, also those it shows again after a restart; nothing writes them. */
export function registerPyrusFiles(load: () => Promise<PyrusFiles>): Disposable {
  const refuse = (uri: Uri): never => {
    throw FileSystemError.NoPermissions(uri);
  };
  const provider: FileSystemProvider = {
    // A file of Pyrus never changes.
    onDidChangeFile: () => new Disposable(() => undefined),
    watch: () => new Disposable(() => undefined),
    stat: async uri => (await load()).stat(uri),
    readFile: async uri => (await load()).readFile(uri),
    readDirectory: () => [],
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
  return workspace.registerFileSystemProvider(SCHEME, provider, {
    isCaseSensitive: true,
    isReadonly: true,
  });
}
