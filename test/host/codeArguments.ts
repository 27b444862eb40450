import * as path from 'node:path';
import { parseArgs } from 'node:util';
import { type EditorVersion, isEditorVersion } from './editor';

/** What `code.ts` was asked to run: the part of VS Code's command line that test runners use. */
export interface CodeArguments {
  readonly version: EditorVersion;
  readonly extensionPaths: readonly string[];
  readonly testsPath: string;
  /** The folder to open. */
  readonly folder: string;
  readonly userDataDir: string;
  readonly extensionsDir: string;
  readonly locale?: 'ru';
  readonly trust: boolean;
  /** How long the whole run may take, in milliseconds. */
  readonly limitMs: number;
}

const HALF_AN_HOUR = '1800';

/**
 * Reads the command line as VS Code does; what has no meaning in a browser is ignored.
 * @throws Error that names what is missing or wrong
 */
export function parseCodeArguments(args: readonly string[]): CodeArguments {
  const { values, positionals } = parseArgs({
    args: [...args],
    strict: false,
    allowPositionals: true,
    options: {
      'editor-version': { type: 'string' },
      extensionDevelopmentPath: { type: 'string', multiple: true },
      extensionTestsPath: { type: 'string' },
      'user-data-dir': { type: 'string' },
      'extensions-dir': { type: 'string' },
      locale: { type: 'string' },
      'disable-workspace-trust': { type: 'boolean' },
      'time-limit': { type: 'string', default: HALF_AN_HOUR },
    },
  });
  const version = textOf(values, 'editor-version');
  if (!isEditorVersion(version)) {
    throw new Error(`--editor-version ${version}: not a version of VS Code we test on`);
  }
  const [folder] = positionals;
  if (folder === undefined) {
    throw new Error('No folder to open was given');
  }
  return {
    version,
    extensionPaths: listOf(values, 'extensionDevelopmentPath').map(place => path.resolve(place)),
    testsPath: path.resolve(textOf(values, 'extensionTestsPath')),
    folder: path.resolve(folder),
    userDataDir: path.resolve(textOf(values, 'user-data-dir')),
    extensionsDir: path.resolve(textOf(values, 'extensions-dir')),
    ...localeOf(values),
    trust: values['disable-workspace-trust'] === true,
    limitMs: secondsOf(textOf(values, 'time-limit')) * 1000,
  };
}

type Values = Readonly<Record<string, unknown>>;

function textOf(values: Values, name: string): string {
  const value = values[name];
  if (typeof value !== 'string' || value === '') {
    throw new Error(`--${name} is missing`);
  }
  return value;
}

function listOf(values: Values, name: string): string[] {
  const value = values[name];
  const list = Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
  if (list.length === 0) {
    throw new Error(`--${name} is missing`);
  }
  return list;
}

function localeOf(values: Values): { locale?: 'ru' } {
  const value = values['locale'] ?? 'en';
  if (value === 'en') {
    return {};
  }
  if (value === 'ru') {
    return { locale: 'ru' };
  }
  throw new Error(`--locale ${JSON.stringify(value)}: only en and ru are known here`);
}

function secondsOf(text: string): number {
  const seconds = Number(text);
  if (!Number.isFinite(seconds) || seconds <= 0) {
    throw new Error(`--time-limit ${text}: not a number of seconds`);
  }
  return seconds;
}
