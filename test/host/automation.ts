import { format } from 'node:util';
import type { Page } from 'playwright-core';
import type { CodeArguments } from './codeArguments';
import type { EditorServer } from './server';

/** Begins each line the suite prints (test/extension/console.ts), and no message of the workbench. */
export const LINE_PREFIX = '\u2063';

/**
 * Opens the workbench so that it runs a test suite in its extension host, and relays what it prints.
 * @returns the code the workbench reports: 0 when the suite's `run` resolved
 * @throws Error when page or server break, or when the time is over; the server's log is in it
 */
export async function runInWorkbench(
  page: Page,
  server: EditorServer,
  args: CodeArguments,
): Promise<number> {
  const workbenchLog: string[] = [];
  const exit = new Promise<number>((resolve, reject) => {
    const fail = (what: string): void =>
      reject(new Error([what, ...workbenchLog, 'The server:', server.log()].join('\n')));
    page.once('crash', () => fail('The page of the workbench crashed.'));
    page.once('close', () => fail('The page of the workbench was closed.'));
    void server.ended.then(fail);
    setTimeout(() => fail(`The suite took longer than ${args.limitMs / 1000} s.`), args.limitMs);
    // Exposing must come before the page is loaded; a failure of it fails the run.
    Promise.all([
      page.exposeFunction('codeAutomationLog', (type: unknown, args: unknown) =>
        relay(workbenchLog, type, args),
      ),
      page.exposeFunction('codeAutomationExit', (code: unknown) => resolve(Number(code))),
    ])
      .then(() => page.goto(suiteUrl(server, args)))
      .catch(reject);
  });
  return await exit;
}

/** The address that makes the workbench develop these extensions and run this suite. */
export function suiteUrl(
  { authority, url }: Pick<EditorServer, 'authority' | 'url'>,
  { extensionPaths, testsPath }: Pick<CodeArguments, 'extensionPaths' | 'testsPath'>,
): string {
  const remote = (file: string): string => `vscode-remote://${authority}${file}`;
  const payload = [
    ...extensionPaths.map(folder => ['extensionDevelopmentPath', remote(folder)]),
    ['extensionTestsPath', remote(testsPath)],
    ['skipWelcome', 'true'],
  ];
  return `${url}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
}

/** Prints a console line if it is the suite's; the workbench's own are kept for a failure. */
function relay(workbenchLog: string[], type: unknown, args: unknown): void {
  const text = format(...(Array.isArray(args) ? (args as unknown[]) : [args]));
  if (text.startsWith(LINE_PREFIX)) {
    const stream = type === 'error' || type === 'warn' ? process.stderr : process.stdout;
    stream.write(`${text.slice(LINE_PREFIX.length)}\n`);
  } else {
    workbenchLog.push(text);
  }
}
