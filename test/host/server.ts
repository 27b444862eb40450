import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { bringEditor, type Editor, type EditorVersion } from './editor';
import { writeRussianPack } from './languagePack';
import { type ProcessGroup, startGroup } from './processes';

/** Where one editor keeps its things; both folders are made when missing. */
export interface EditorFolders {
  readonly userDataDir: string;
  readonly extensionsDir: string;
}

export interface EditorOptions extends EditorFolders {
  readonly version: EditorVersion;
  readonly workspaceFolder: string;
  /** Whether every workspace is trusted without asking (the default); false leaves trust to the editor. */
  readonly trust?: boolean;
  readonly locale?: 'ru';
  /** Lets a page run a test suite in the extension host; hides messages to the user. */
  readonly smokeTestDriver?: boolean;
  /** The user's settings, application-scoped ones too; what the folder holds when left out. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A free one when left out. */
  readonly port?: number;
  /** Added to the environment of the server and so of the extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A running VS Code server. */
export interface EditorServer {
  /** Opens the workspace folder, in a browser. */
  readonly url: string;
  /** Host and port, as they appear in `vscode-remote:` addresses. */
  readonly authority: string;
  /** What the server has written, the last of it. */
  readonly log: () => string;
  /** Kills the extension host; resolves when the workbench has had another one started. */
  readonly restartExtensionHost: () => Promise<void>;
  /** Resolves, with a sentence, when the server is gone. */
  readonly ended: Promise<string>;
  /** Ends the server and its extension hosts, and waits until they are gone. */
  readonly dispose: () => Promise<void>;
}

const START_LIMIT_MS = 60_000;

const run = promisify(execFile);

/** Starts VS Code and waits until it answers. */
export async function startEditor(options: EditorOptions): Promise<EditorServer> {
  const editor = await bringEditor(options.version);
  await makeFolders(options);
  if (options.settings !== undefined) {
    await writeSettings(options.userDataDir, options.settings);
  }
  if (options.locale === 'ru') {
    await writeRussianPack(options.userDataDir, path.dirname(path.dirname(editor.serverMain)));
  }
  const args = [
    editor.serverMain,
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...commonArguments(options),
    '--without-connection-token',
    ...((options.trust ?? true) ? ['--disable-workspace-trust'] : []),
    ...(options.locale === undefined ? [] : ['--locale', options.locale]),
    ...(options.smokeTestDriver === true ? ['--enable-smoke-test-driver'] : []),
  ];
  const group = startGroup(editor.node, args, { ...serverEnvironment(), ...options.env });
  try {
    const authority = `127.0.0.1:${await listeningPort(group)}`;
    const folder = encodeURIComponent(options.workspaceFolder).replaceAll('%2F', '/');
    return {
      ...group,
      authority,
      url: `http://${authority}/?folder=${folder}`,
      restartExtensionHost: () => restartExtensionHost(group),
    };
  } catch (error) {
    await group.dispose();
    throw error;
  }
}

/** Installs a packed extension for editors started later with the same folders. */
export async function installExtension(
  vsix: string,
  version: EditorVersion,
  folders: EditorFolders,
): Promise<void> {
  const editor: Editor = await bringEditor(version);
  await makeFolders(folders);
  const install = ['--install-extension', vsix, '--force', '--start-server=false'];
  const { stdout, stderr } = await run(
    editor.node,
    [editor.serverMain, ...commonArguments(folders), ...install],
    { env: serverEnvironment() },
  );
  if (!stdout.includes('successfully installed')) {
    throw new Error(`${vsix} was not installed in VS Code ${version}:\n${stdout}${stderr}`);
  }
}

function commonArguments({ userDataDir, extensionsDir }: EditorFolders): string[] {
  return [
    '--accept-server-license-terms',
    ...['--user-data-dir', userDataDir],
    ...['--server-data-dir', path.join(userDataDir, 'server')],
    ...['--extensions-dir', extensionsDir],
    '--disable-telemetry',
  ];
}

async function makeFolders({ userDataDir, extensionsDir }: EditorFolders): Promise<void> {
  await mkdir(userDataDir, { recursive: true });
  await mkdir(extensionsDir, { recursive: true });
}

const LAUNCHED = /<(\d+)> Launched Extension Host Process/;

async function restartExtensionHost(group: ProcessGroup): Promise<void> {
  const pid = Number(group.log().match(new RegExp(LAUNCHED, 'g'))?.at(-1)?.match(/\d+/)?.[0]);
  if (!Number.isSafeInteger(pid)) {
    throw new Error(`There is no extension host yet:\n${group.log()}`);
  }
  const next = group.saying(LAUNCHED, 'now');
  process.kill(pid, 'SIGKILL');
  await next;
}

/** Where this server looks for them, as desktop VS Code does. */
async function writeSettings(userDataDir: string, settings: object): Promise<void> {
  await mkdir(path.join(userDataDir, 'User'), { recursive: true });
  await writeFile(path.join(userDataDir, 'User', 'settings.json'), JSON.stringify(settings));
}

/**
 * Ours, without what a surrounding VS Code (a terminal in it, a task of it) says about itself, and
 * without a marketplace: nothing here goes to the internet.
 */
function serverEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !name.startsWith('VSCODE_') && name !== 'ELECTRON_RUN_AS_NODE',
  );
  return { ...Object.fromEntries(own), EXTENSIONS_GALLERY: '{}' };
}

async function listeningPort(group: ProcessGroup): Promise<string> {
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  const tooLate = new Promise<never>((_, reject) =>
    limit.addEventListener('abort', () =>
      reject(new Error(`VS Code did not start within ${START_LIMIT_MS / 1000} s:\n${group.log()}`)),
    ),
  );
  const said = await Promise.race([group.saying(/agent listening on (\d+)/), tooLate]);
  const port = said[1] ?? '';
  const answer = await fetch(`http://127.0.0.1:${port}/`, { signal: limit });
  await answer.body?.cancel();
  if (!answer.ok) {
    throw new Error(`VS Code answers ${answer.status} on port ${port}:\n${group.log()}`);
  }
  return port;
}
