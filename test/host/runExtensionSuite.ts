/**
 * Runs test/extension inside the extension host, on the oldest and the newest VS Code we support.
 *   --version 1.99.3   only this one
 *   --grep PATTERN     only tests whose full title matches
 *   --desktop          on a desktop VS Code that @vscode/test-electron downloads
 */
import { runTests } from '@vscode/test-electron';
import { cp, mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { makeAuthorities } from '../network/authorities';
import { bringBrowser } from './browser';
import { bundleSuite } from './bundleSuite';
import { bringEditor, type EditorVersion } from './editor';
import { writeLauncher } from './launcher';
import { projectFolder } from './project';
import { parseSuiteArguments, type SuiteArguments } from './suiteArguments';

async function main(): Promise<number> {
  const args = parseSuiteArguments(process.argv.slice(2));
  const suite = await bundleSuite();
  const failed: EditorVersion[] = [];
  for (const version of args.versions) {
    if (!(await runOn(version, suite, args))) {
      failed.push(version);
    }
  }
  console.log(
    failed.length === 0
      ? `\nThe suite passed on VS Code ${args.versions.join(' and ')}.`
      : `\nThe suite FAILED on VS Code ${failed.join(' and ')}.`,
  );
  return failed.length === 0 ? 0 : 1;
}

/** @returns whether every test passed */
async function runOn(
  version: EditorVersion,
  suite: string,
  args: SuiteArguments,
): Promise<boolean> {
  if (!args.desktop) {
    await bringEditor(version); // Before the header: it has lines of its own.
    await bringBrowser();
  }
  console.log(`\n=== VS Code ${version}${args.desktop ? ', desktop' : ''} ===`);
  const temporary = await mkdtemp(path.join(await realpath(os.tmpdir()), 'pyrus-'));
  const workspace = path.join(temporary, 'workspace');
  try {
    await cp(path.join(projectFolder, 'test', 'host', 'sample'), workspace, { recursive: true });
    await mkdir(path.join(temporary, 'user'));
    await runTests({
      ...(args.desktop
        ? { version }
        : { vscodeExecutablePath: await writeLauncher(version, temporary) }),
      extensionDevelopmentPath: args.extension ?? projectFolder,
      extensionTestsPath: suite,
      extensionTestsEnv: {
        ...(await makeAuthorities(path.join(temporary, 'authorities'))),
        PYRUS_TEST_EDITOR: version,
        PYRUS_TEST_WORKSPACE: workspace,
        PYRUS_TEST_GREP: args.grep,
        PYRUS_TEST_COLOR: process.stdout.isTTY ? '1' : '0',
      },
      launchArgs: [
        workspace,
        `--user-data-dir=${path.join(temporary, 'user')}`,
        `--extensions-dir=${path.join(temporary, 'extensions')}`,
        '--disable-extensions',
      ],
    });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return false;
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
