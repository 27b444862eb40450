import type { Disposable } from 'vscode';
import type { PyrusFiles } from './pyrusFiles';
import { registerReadOnlyFiles } from './readOnlyFiles';

/** Of addresses of files that are in Pyrus and nowhere on the disk. */
export const SCHEME = 'pyrus-file';

/** Lets VS Code read documents of Pyrus. */
export function registerPyrusFiles(load: () => Promise<PyrusFiles>): Disposable {
  return registerReadOnlyFiles(SCHEME, load);
}
