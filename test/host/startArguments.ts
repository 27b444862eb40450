import { parseArgs } from 'node:util';
import { type EditorVersion, editorVersions, isEditorVersion } from './editor';

/** The command line of `npm start -- …`. */
export interface StartArguments {
  /** Of the editor; a free one when left out. */
  readonly port?: number;
  /** The real Pyrus instead of the stand-in. */
  readonly cloud: boolean;
  readonly locale?: 'ru';
  readonly version: EditorVersion;
}

export const startHelp = `npm start -- [--port N] [--cloud] [--language ru|en] [--version ${editorVersions.join('|')}]`;

/**
 * @param environment as in `process.env`: its language is taken when none is asked for
 * @throws Error, TypeError for what is not known
 */
export function parseStartArguments(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): StartArguments {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      cloud: { type: 'boolean', default: false },
      language: { type: 'string' },
      version: { type: 'string', default: editorVersions[editorVersions.length - 1] },
    },
  });
  const { cloud, version = '' } = values;
  if (!isEditorVersion(version)) {
    throw new Error(`--version ${version}: not one of ${editorVersions.join(', ')}`);
  }
  const language = values.language ?? languageOf(environment);
  if (language !== 'ru' && language !== 'en') {
    throw new Error(`--language ${language}: not ru or en`);
  }
  return {
    cloud,
    version,
    ...(language === 'ru' ? { locale: 'ru' } : {}),
    ...(values.port === undefined ? {} : { port: portOf(values.port) }),
  };
}

function languageOf({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): 'ru' | 'en' {
  const asked = [LC_ALL, LC_MESSAGES, LANG].find(value => value !== undefined && value !== '');
  return asked?.startsWith('ru') === true ? 'ru' : 'en';
}

function portOf(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
    throw new Error(`--port ${text}: not a number from 1 to 65535`);
  }
  return port;
}
