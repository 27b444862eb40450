/** Of addresses of files that are in Pyrus and nowhere on the disk. */
export const PYRUS_FILE = 'pyrus-file';

/** Of addresses of reports, which are nowhere on the disk. */
export const PYRUS_REPORT = 'pyrus-report';

/** Whether what has such addresses is served by this extension itself. */
export function isOwnScheme(scheme: string): boolean {
  return scheme === PYRUS_FILE || scheme === PYRUS_REPORT;
}
