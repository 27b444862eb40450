import { spawn } from 'node:child_process';
import { copyFile, mkdtemp, readdir, rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as tar from 'tar';
import { projectFolder } from './project';

/** The settings of a user's npm that say how to reach the registry; the rest is about this project. */
const KEPT_SETTINGS = new Set(
  [
    'registry proxy https_proxy noproxy cafile ca cert key strict_ssl cache offline prefer_offline',
    'userconfig globalconfig fetch_retries fetch_timeout fetch_retry_mintimeout',
    'fetch_retry_maxtimeout maxsockets local_address replace_registry_host loglevel',
  ]
    .join(' ')
    .split(' '),
);

/**
 * The environment for an npm of our own. `npm run` tells its children everything about the project
 * and the command line it was started with; passed on, that would bend the install of another package.
 * @param environment as in `process.env`
 */
export function npmEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(environment).filter(([name]) => {
      const setting = /^npm_(?:config_)?(.*)$/i.exec(name)?.[1];
      return setting === undefined ? name !== 'INIT_CWD' : isKept(name, setting);
    }),
  );
}

function isKept(name: string, setting: string): boolean {
  const isRegistryOfScope = /^(?:@.*:registry$|\/\/)/.test(setting);
  return (
    /^npm_config_/i.test(name) && (isRegistryOfScope || KEPT_SETTINGS.has(setting.toLowerCase()))
  );
}

/**
 * Unpacks the files of a published package; no script of it runs and nothing it needs is installed.
 * @param spec name and version, such as `code-server@4.99.3`
 * @param inside the folder of the package to take, `package` for all of it
 * @param wanted which of its files to take, by their paths inside that folder; all when left out
 */
export async function unpackPackage(
  spec: string,
  folder: string,
  inside = 'package',
  wanted: (file: string) => boolean = () => true,
): Promise<void> {
  const download = await mkdtemp(path.join(path.dirname(folder), 'download-'));
  try {
    await npm(['pack', spec, '--ignore-scripts'], download);
    const [archive] = (await readdir(download)).filter(name => name.endsWith('.tgz'));
    if (archive === undefined) {
      throw new Error(`npm pack ${spec} left no archive`);
    }
    await tar.extract({
      file: path.join(download, archive),
      cwd: folder,
      strip: inside.split('/').length,
      filter: entry => entry.startsWith(`${inside}/`) && wanted(entry.slice(inside.length + 1)),
    });
  } finally {
    await rm(download, { recursive: true, force: true });
  }
}

/** Installs what the package in this folder needs to run. Nothing is compiled: no script runs. */
export async function installDependencies(folder: string): Promise<void> {
  await copyFile(path.join(projectFolder, '.npmrc'), path.join(folder, '.npmrc')).catch(
    ignoreMissing,
  );
  await npm(['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund'], folder);
}

function ignoreMissing(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) {
    throw error;
  }
}

/** Runs npm; its output is kept for the error. */
async function npm(args: readonly string[], cwd: string): Promise<void> {
  const [command, ...first] = npmCommand();
  const child = spawn(command, [...first, ...args], {
    cwd,
    env: npmEnvironment(process.env),
    stdio: ['ignore', 'pipe', 'pipe'],
    shell: process.platform === 'win32' && command.endsWith('.cmd'),
  });
  const output: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => output.push(text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => output.push(text));
  const code = await new Promise<number | string>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status, signal) => resolve(status ?? signal ?? 'no status'));
  });
  if (code !== 0) {
    throw new Error(`npm ${args.join(' ')} ended with ${code}:\n${output.join('').trimEnd()}`);
  }
}

/** The npm that runs us, if one does; otherwise the one on the path. */
function npmCommand(): [string, ...string[]] {
  const running = process.env['npm_execpath'];
  if (running !== undefined && path.basename(running) === 'npm-cli.js') {
    return [process.execPath, running];
  }
  return [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}
