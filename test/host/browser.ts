import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { type Browser, chromium } from 'playwright-core';
import { bringChromium } from './chromium';

/** An executable of the Chromium family and what its environment must say. */
export interface BrowserProgram {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
}

const run = promisify(execFile);

/** Names on the path, best first. `chromium-browser` is left out: on Ubuntu it is a snap in disguise. */
const COMMANDS = [
  'google-chrome-stable',
  'google-chrome',
  'chromium',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const MAC_PROGRAMS = ['Google Chrome', 'Chromium', 'Microsoft Edge'].map(
  name => `/Applications/${name}.app/Contents/MacOS/${name}`,
);
const WINDOWS_PROGRAMS = [
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

/**
 * The browser tests use: `$CHROME_PATH`, else Chrome, Chromium or Edge of this machine, else (Linux on
 * x64) a headless Chromium from npm with all it needs.
 * @throws Error that says what to install, where none of these exists
 */
export async function bringBrowser(): Promise<BrowserProgram> {
  const chosen = process.env['CHROME_PATH'];
  if (chosen !== undefined && chosen !== '') {
    return { executablePath: chosen, env: {} };
  }
  for (const executablePath of systemBrowsers(process.platform, process.env)) {
    if (await starts(executablePath)) {
      return { executablePath, env: {} };
    }
  }
  if (process.platform === 'linux' && process.arch === 'x64') {
    return await bringChromium();
  }
  throw new Error(
    'The tests need Chrome, Chromium or Edge, and none was found on this machine. ' +
      'Install one, or name its executable in the environment variable CHROME_PATH.',
  );
}

/** Where a browser may lie on this platform; most of these files do not exist. */
export function systemBrowsers(platform: string, environment: NodeJS.ProcessEnv): string[] {
  if (platform === 'darwin') {
    return MAC_PROGRAMS;
  }
  if (platform === 'win32') {
    const roots = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map(
      name => environment[name],
    );
    return WINDOWS_PROGRAMS.flatMap(program =>
      roots.flatMap(root => (root === undefined ? [] : [path.win32.join(root, program)])),
    );
  }
  const folders = (environment['PATH'] ?? '').split(':').filter(folder => folder !== '');
  return COMMANDS.flatMap(command => folders.map(folder => path.posix.join(folder, command)));
}

async function starts(executablePath: string): Promise<boolean> {
  try {
    await access(executablePath, constants.X_OK);
    if (process.platform !== 'win32') {
      await run(executablePath, ['--version'], { timeout: 10_000 });
    }
    return true;
  } catch {
    return false; // Not there, or a stub that only tells how to install it: the next one is asked.
  }
}

/** Starts the browser without a window, in its sandbox wherever the machine allows one. */
export async function launchBrowser(): Promise<Browser> {
  const { executablePath, env } = await bringBrowser();
  const launch = (chromiumSandbox: boolean): Promise<Browser> =>
    chromium.launch({
      executablePath,
      env: { ...definedOnly(process.env), ...env },
      chromiumSandbox,
      args: ['--disable-gpu'],
      // Ctrl+C is handled by whoever started the browser, after saving what must be saved.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
    });
  if (process.getuid?.() === 0) {
    return await launch(false); // Chromium refuses to sandbox root.
  }
  try {
    return await launch(true);
  } catch (error) {
    if (error instanceof Error && /sandbox|namespace/i.test(error.message)) {
      return await launch(false);
    }
    throw error;
  }
}

function definedOnly(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    ),
  );
}
