/**
 * A VS Code for test runners that needs no desktop: takes the arguments that `runTests` of
 * @vscode/test-electron gives to its executable, runs the suite in the extension host of a VS Code
 * server whose workbench is open in a headless browser, relays what the suite prints, and exits with
 * the code the workbench reports. (The extension host itself exits with 0 even when a test failed.)
 */
import { LINE_PREFIX, runInWorkbench } from './automation';
import { launchBrowser } from './browser';
import { type CodeArguments, parseCodeArguments } from './codeArguments';
import { interruption } from './interruption';
import { type EditorServer, startEditor } from './server';

const FAILED_TO_RUN = 2;

async function main(): Promise<number> {
  const args = parseCodeArguments(process.argv.slice(2));
  const stopped = interruption().then(signal => {
    throw new Error(`Stopped by ${signal}`);
  });
  return await Promise.race([stopped, startAndRun(args)]);
}

async function startAndRun(args: CodeArguments): Promise<number> {
  const server = await startEditor({
    ...args,
    workspaceFolder: args.folder,
    smokeTestDriver: true,
    env: { PYRUS_TEST_LINE_PREFIX: LINE_PREFIX },
  });
  try {
    return await runSuite(args, server);
  } finally {
    await server.dispose();
  }
}

async function runSuite(args: CodeArguments, server: EditorServer): Promise<number> {
  const browser = await launchBrowser();
  try {
    const context = await browser.newContext({
      permissions: ['clipboard-read', 'clipboard-write'],
      viewport: { width: 1280, height: 800 },
    });
    return await runInWorkbench(await context.newPage(), server, args);
  } finally {
    await browser.close();
  }
}

main().then(
  code => process.exit(code),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(FAILED_TO_RUN);
  },
);
