import * as esbuild from 'esbuild';
import { readdir } from 'node:fs/promises';
import * as path from 'node:path';
import { hostBundle } from './hostBundle';
import { projectFolder } from './project';

/**
 * Bundles `test/extension` with mocha into one file that exports `run`, as VS Code expects of a suite.
 * @param folder where the files `**\/*.test.ts` and `run.ts` are
 * @returns the path of the bundle
 * @throws Error when there is no test file
 */
export async function bundleSuite(
  folder = path.join(projectFolder, 'test', 'extension'),
  outfile = path.join(projectFolder, 'out', 'extension-suite.js'),
): Promise<string> {
  const tests = (await readdir(folder, { recursive: true }))
    .filter(name => name.endsWith('.test.ts'))
    .sort();
  if (tests.length === 0) {
    throw new Error(`No *.test.ts in ${folder}`);
  }
  const loads = tests.map(name => `require(${JSON.stringify(`./${name.replaceAll('\\', '/')}`)});`);
  const { metafile } = await esbuild.build({
    stdin: {
      contents: `import { runSuite } from './run';
export const run = () => runSuite(() => { ${loads.join(' ')} });`,
      resolveDir: folder,
      sourcefile: 'suite.ts',
      loader: 'ts',
    },
    ...hostBundle,
    outfile,
    metafile: true,
    sourcemap: 'inline',
    // Mocha's parallel mode, which nobody asks for here.
    logOverride: { 'require-resolve-not-external': 'silent' },
  });
  assertLoadable(metafile);
  return outfile;
}

/** @throws Error when something, however far off, imports Playwright, which the extension host cannot load */
function assertLoadable({ inputs }: esbuild.Metafile): void {
  const isOfPlaywright = (file: string): boolean => file.includes('node_modules/playwright-core/');
  const importer = Object.entries(inputs).find(
    ([file, { imports }]) =>
      !isOfPlaywright(file) && imports.some(({ path: imported }) => isOfPlaywright(imported)),
  );
  if (importer !== undefined) {
    throw new Error(
      `The extension host cannot load playwright-core, which ${importer[0]} imports: test/extension does without it.`,
    );
  }
}
