import type { Disposable } from 'vscode';
import { registerReadOnlyFiles } from './readOnlyFiles';
import type { ReadOnlyFiles } from './readOnlyFiles';

/** Of addresses of reports, which are nowhere on the disk. */
export const REPORT_SCHEME = 'pyrus-report';

/** Lets VS Code read reports. */
export function registerReports(load: () => Promise<ReadOnlyFiles>): Disposable {
  return registerReadOnlyFiles(REPORT_SCHEME, load);
}
