import type { Disposable } from 'vscode';
import { PYRUS_FILE } from '../transfer/ownSchemes';
import type { PyrusFiles } from './pyrusFiles';
import { registerReadOnlyFiles } from './readOnlyFiles';

/** Lets VS Code read documents of Pyrus. */
export function registerPyrusFiles(load: () => Promise<PyrusFiles>): Disposable {
  return registerReadOnlyFiles(PYRUS_FILE, load);
}
