/**
 * Runs the scenarios of test/workbench, once on the oldest and once on the newest VS Code we support.
 *   --version 1.99.3   only this one
 *   --grep PATTERN     only scenarios whose full title matches
 */
import { spawn } from 'node:child_process';
import * as path from 'node:path';
import { bringBrowser } from '../host/browser';
import { bringEditor, type EditorVersion } from '../host/editor';
import { projectFolder } from '../host/project';
import { parseSuiteArguments } from '../host/suiteArguments';

async function main(): Promise<number> {
  const { versions, grep } = parseSuiteArguments(process.argv.slice(2));
  const failed: EditorVersion[] = [];
  await bringBrowser();
  for (const version of versions) {
    await bringEditor(version);
    console.log(`\n=== VS Code ${version}, as a user ===`);
    if ((await runScenarios(version, grep)) !== 0) {
      failed.push(version);
    }
  }
  console.log(
    failed.length === 0
      ? `The scenarios passed on VS Code ${versions.join(' and ')}.`
      : `The scenarios FAILED on VS Code ${failed.join(' and ')}.`,
  );
  return failed.length === 0 ? 0 : 1;
}

/** @returns mocha's exit code */
async function runScenarios(version: EditorVersion, grep?: string): Promise<number> {
  const args = [
    '--enable-source-maps',
    path.join(projectFolder, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    '--no-config',
    ...['--require', path.join(__dirname, 'hooks.js')],
    ...['--timeout', '120000'],
    ...['--fail-zero', '--forbid-only', '--exit'],
    ...(grep === undefined ? [] : ['--grep', grep]),
    path.join(__dirname, '**', '*.test.js'),
  ];
  const child = spawn(process.execPath, args, {
    cwd: projectFolder,
    env: { ...process.env, PYRUS_TEST_EDITOR: version },
    stdio: 'inherit',
  });
  return await new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', code => resolve(code ?? 1));
  });
}

main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
