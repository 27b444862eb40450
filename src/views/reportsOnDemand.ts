import type { Disposable } from 'vscode';
import { PYRUS_REPORT } from '../transfer/ownSchemes';
import { registerReadOnlyFiles } from './readOnlyFiles';
import type { ReadOnlyFiles } from './readOnlyFiles';

/** Lets VS Code read reports. */
export function registerReports(load: () => Promise<ReadOnlyFiles>): Disposable {
  return registerReadOnlyFiles(PYRUS_REPORT, load);
}
