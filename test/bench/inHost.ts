import { runTests } from '@vscode/test-electron';
import { cp, mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { bringBrowser } from '../host/browser';
import { bringEditor } from '../host/editor';
import { writeLauncher } from '../host/launcher';
import { bundleForHost } from '../host/hostBundle';
import { projectFolder } from '../host/project';
import type { Context } from './context';
import type { HostResults, LargeFile } from './host/results';
import { md5Of } from './largeFiles';
import { GIB, MIB } from './scratch';

const VERSION = '1.139.1';

/** Has the suite measure in a fresh extension host of a real VS Code, with the packed files. */
export async function measureInHost(context: Context): Promise<HostResults> {
  await bringEditor(VERSION);
  await bringBrowser();
  const temporary = await mkdtemp(path.join(await realpath(os.tmpdir()), 'pyrus-'));
  const workspace = path.join(temporary, 'workspace');
  const results = path.join(temporary, 'results.json');
  try {
    await mkdir(workspace);
    await mkdir(path.join(temporary, 'user'));
    const extension = await packedFiles(temporary);
    await runTests({
      vscodeExecutablePath: await writeLauncher(VERSION, temporary),
      extensionDevelopmentPath: extension,
      extensionTestsPath: await bundledSuite(extension),
      extensionTestsEnv: {
        PYRUS_TEST_EDITOR: VERSION,
        PYRUS_TEST_WORKSPACE: workspace,
        PYRUS_BENCH_RESULTS: results,
        PYRUS_BENCH_PYRUS: path.join(__dirname, 'pyrusProcess.js'),
        PYRUS_BENCH_LARGE: JSON.stringify(await largeFiles(context)),
      },
      launchArgs: [
        workspace,
        `--user-data-dir=${path.join(temporary, 'user')}`,
        `--extensions-dir=${path.join(temporary, 'extensions')}`,
        '--disable-extensions',
      ],
    });
    return resultsIn(await readFile(results, 'utf8'));
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

function resultsIn(text: string): HostResults {
  const results = JSON.parse(text) as HostResults | { readonly error: string };
  if ('error' in results) {
    throw new Error(results.error);
  }
  return results;
}

/** What the VSIX holds that matters at run time, made by `npm run package` a moment ago. */
async function packedFiles(temporary: string): Promise<string> {
  const folder = path.join(temporary, 'packed');
  await mkdir(folder);
  for (const name of ['package.json', 'package.nls.json', 'package.nls.ru.json', 'l10n', 'dist']) {
    await cp(path.join(projectFolder, name), path.join(folder, name), { recursive: true });
  }
  return folder;
}

/** In the extension's own folder, so that both are given the same `vscode`. */
async function bundledSuite(folder: string): Promise<string> {
  const outfile = path.join(folder, 'suite.js');
  await bundleForHost(path.join(projectFolder, 'test', 'bench', 'host', 'suite.ts'), outfile);
  return outfile;
}

async function largeFiles({ scratch, quick }: Context): Promise<LargeFile[]> {
  const sizes = quick ? [64 * MIB] : [64 * MIB, GIB, 2 * GIB - 1024];
  const files: LargeFile[] = [];
  for (const size of sizes) {
    files.push({ size, md5: await md5Of(await scratch.hole(size)) });
  }
  return files;
}
