import { parseArgs } from 'node:util';
import { type EditorVersion, editorVersions, isEditorVersion } from './editor';

/** The command line of a run over editor versions. */
export interface SuiteArguments {
  /** Oldest first. */
  readonly versions: readonly EditorVersion[];
  readonly desktop: boolean;
  /** A regular expression for full titles of tests. */
  readonly grep?: string;
  /** The folder of the extension under test; the project when left out. */
  readonly extension?: string;
}

/** @throws Error, TypeError for what is not known */
export function parseSuiteArguments(args: readonly string[]): SuiteArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      version: { type: 'string', multiple: true },
      desktop: { type: 'boolean', default: false },
      grep: { type: 'string' },
      extension: { type: 'string' },
    },
  });
  const { version: asked = [], desktop, grep, extension } = values;
  const unknown = asked.find(text => !isEditorVersion(text));
  if (unknown !== undefined) {
    throw new Error(
      `--version ${unknown}: the versions we test on are ${editorVersions.join(', ')}`,
    );
  }
  return {
    versions: editorVersions.filter(version => asked.length === 0 || asked.includes(version)),
    desktop,
    ...(grep === undefined ? {} : { grep }),
    ...(extension === undefined ? {} : { extension }),
  };
}
