/**
 * `npm start`: the packed extension in a real VS Code, in your browser, with a sample workspace and the
 * stand-in Pyrus. `-- --cloud` is the same with the real Pyrus.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import * as os from 'node:os';
import * as path from 'node:path';
import { type PyrusServer, startPyrus } from '../pyrus-server/pyrus';
import { interruption } from './interruption';
import { packedExtension, projectFolder } from './project';
import { quietSettings } from './quietSettings';
import { type EditorServer, installExtension, startEditor } from './server';
import { parseStartArguments, type StartArguments, startHelp } from './startArguments';

async function main(): Promise<void> {
  const args = readArguments();
  const temporary = await mkdtemp(path.join(await realpath(os.tmpdir()), 'pyrus-start-'));
  const ends = [() => rm(temporary, { recursive: true, force: true, maxRetries: 5 })];
  try {
    await Promise.race([interruption(), run(args, temporary, ends)]);
    console.log('\nEnding…');
  } finally {
    for (const end of ends.reverse()) {
      await end();
    }
  }
}

/** Never resolves: rejects when the editor ends by itself. What must be ended is added to `ends`. */
async function run(
  args: StartArguments,
  temporary: string,
  ends: (() => Promise<void>)[],
): Promise<never> {
  if (args.port !== undefined) {
    await assertFree(args.port);
  }
  const pyrus = args.cloud ? undefined : await startPyrus({ language: args.locale ?? 'en' });
  if (pyrus !== undefined) {
    ends.push(() => pyrus.close());
  }
  const server = await startSampleEditor(args, temporary);
  ends.push(server.dispose);
  console.log(instructions(args, server, pyrus));
  openInBrowser(server.url);
  return fail(`${await server.ended}\n${server.log()}`);
}

/** VS Code neither starts nor says so when its port is taken. */
async function assertFree(port: number): Promise<void> {
  const probe = createServer().listen(port, '127.0.0.1');
  try {
    await once(probe, 'listening');
  } catch {
    fail(`Port ${port} is not free. Leave --port out to use one that is.`);
  }
  await new Promise(resolve => probe.close(resolve));
}

function readArguments(): StartArguments {
  try {
    return parseStartArguments(process.argv.slice(2), process.env);
  } catch (error) {
    fail(`${error instanceof Error ? error.message : String(error)}\n\n${startHelp}`);
  }
}

function fail(message: string): never {
  throw new Error(message);
}

async function startSampleEditor(args: StartArguments, temporary: string): Promise<EditorServer> {
  const workspaceFolder = path.join(temporary, 'sample');
  await cp(path.join(projectFolder, 'test', 'host', 'sample'), workspaceFolder, {
    recursive: true,
  });
  const folders = {
    userDataDir: path.join(temporary, 'user'),
    extensionsDir: path.join(temporary, 'extensions'),
  };
  await installExtension(packedExtension, args.version, folders);
  return await startEditor({ ...args, ...folders, workspaceFolder, settings: quietSettings });
}

function instructions(
  { locale }: StartArguments,
  server: EditorServer,
  pyrus: PyrusServer | undefined,
): string {
  const upload =
    locale === 'ru' ? 'Загрузить в Pyrus и скопировать GUID' : 'Upload to Pyrus and Copy GUID';
  const open = `
VS Code with the extension is here (Ctrl+C ends it):

  ${server.url}
`;
  return pyrus === undefined
    ? `${open}
It talks to the real Pyrus. Sign in with your own login and security key.
`
    : `${open}
Right-click a file → "${upload}", and sign in to the stand-in Pyrus:

  Where          On-Premises Server
  Address        ${pyrus.origins.onPremises}
  Login          ${pyrus.login}
  Security key   ${pyrus.securityKey}

Files to download: 1334, 17563. Tasks: 11611, 11613. Nothing leaves this machine.
`;
}

/** Where there is a screen. It is a courtesy: the address is printed anyway. */
function openInBrowser(url: string): void {
  const { platform, env } = process;
  const screen = platform !== 'linux' || env['DISPLAY'] !== undefined || 'WAYLAND_DISPLAY' in env;
  if (!screen) {
    return;
  }
  const [command, ...args] =
    platform === 'win32'
      ? (['explorer.exe', url] as const)
      : ([platform === 'darwin' ? 'open' : 'xdg-open', url] as const);
  const opener = spawn(command, args, { stdio: 'ignore', detached: true });
  opener.once('error', () => console.log('Open the address above in a browser.'));
  opener.unref();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
