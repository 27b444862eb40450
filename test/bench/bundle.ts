import * as esbuild from 'esbuild';
import { readdir, readFile, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { packedExtension, projectFolder } from '../host/project';
import type { Context } from './context';

const compressed = promisify(gzip);

/** What is shipped, what of it is whose, and what is loaded before it is needed. */
export async function bundle({ report }: Context): Promise<void> {
  const { options } = createRequire(__filename)(path.join(projectFolder, 'esbuild.js')) as {
    readonly options: esbuild.BuildOptions;
  };
  const { metafile } = await esbuild.build({
    ...options,
    absWorkingDir: projectFolder,
    minify: true,
    sourcemap: false,
    write: false,
    metafile: true,
  });
  const total = await tellFiles({ report });
  tellParts({ report }, metafile);
  report.target({
    id: 'T7',
    text: 'all JavaScript shipped, KB',
    limit: 150,
    values: [total / 1000],
    digits: 0,
  });
  report.target({
    id: 'T7',
    text: 'modules of node-fetch or form-data in the entry',
    limit: 0,
    values: [networkModules(metafile).length],
    digits: 0,
  });
}

/** @returns bytes of all of it */
async function tellFiles({ report }: Pick<Context, 'report'>): Promise<number> {
  const folder = path.join(projectFolder, 'dist');
  const names = (await readdir(folder)).filter(name => name.endsWith('.js')).sort();
  const rows: string[][] = [];
  let total = 0;
  for (const name of names) {
    const text = await readFile(path.join(folder, name));
    total += text.length;
    rows.push([name, kilobytes(text.length), kilobytes((await compressed(text)).length)]);
  }
  const { size } = await stat(packedExtension);
  report.heading('What is shipped');
  report.table(
    ['', 'KB', 'compressed, KB'],
    [...rows, ['**all JavaScript**', kilobytes(total), ''], ['the VSIX', '', kilobytes(size)]],
  );
  return total;
}

function tellParts({ report }: Pick<Context, 'report'>, { outputs }: esbuild.Metafile): void {
  const files = Object.entries(outputs).filter(([name]) => name.endsWith('.js'));
  const parts = files.map(([, { inputs }]) => partsOf(inputs));
  const names = [...new Set(parts.flatMap(part => [...part.keys()]))];
  const all = (name: string): number => parts.reduce((sum, part) => sum + (part.get(name) ?? 0), 0);
  report.text('Whose it is, KB:');
  report.table(
    [
      '',
      ...files.map(
        ([name, { inputs }]) => `${path.basename(name)} (${Object.keys(inputs).length} modules)`,
      ),
    ],
    names
      .sort((a, b) => all(b) - all(a))
      .map(name => [name, ...parts.map(part => kilobytes(part.get(name) ?? 0))]),
  );
}

/** Bytes by package, and of our own by room. */
function partsOf(inputs: esbuild.Metafile['outputs'][string]['inputs']): Map<string, number> {
  const parts = new Map<string, number>();
  for (const [file, { bytesInOutput }] of Object.entries(inputs)) {
    const [, dependency] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file) ?? [];
    const name =
      dependency ??
      file
        .split('/')
        .slice(0, file.split('/').length > 2 ? 2 : 1)
        .join('/');
    parts.set(name, (parts.get(name) ?? 0) + bytesInOutput);
  }
  return parts;
}

/** What start-up must not load. */
function networkModules({ outputs }: esbuild.Metafile): string[] {
  const entry = Object.values(outputs).find(({ entryPoint }) => entryPoint === 'src/extension.ts');
  return Object.keys(entry?.inputs ?? {}).filter(file => /node-fetch|form-data/.test(file));
}

function kilobytes(bytes: number): string {
  return bytes === 0 ? '' : (bytes / 1000).toFixed(1);
}
