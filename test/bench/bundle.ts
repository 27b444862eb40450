import type * as esbuild from 'esbuild';
import { readFile, stat } from 'node:fs/promises';
import * as path from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { bundledExtension } from '../host/extensionBundle';
import { packedExtension, projectFolder } from '../host/project';
import type { Context } from './context';

const compressed = promisify(gzip);

type Outputs = esbuild.Metafile['outputs'];

/** What is shipped, what of it is whose, and what is loaded before it is needed. */
export async function bundle({ report }: Context): Promise<void> {
  const built = await bundledExtension({ minify: true });
  const outputs = Object.assign({}, ...built.map(({ metafile }) => metafile.outputs)) as Outputs;
  const groups = groupsOf(outputs);
  const total = await tellFiles({ report }, groups);
  tellParts({ report }, groups);
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
    values: [networkModules(outputs).length],
    digits: 0,
  });
}

/** Files that are loaded together, and what esbuild tells of each. */
type Group = readonly [name: string, files: Outputs];

function groupsOf(outputs: Outputs): readonly Group[] {
  const first = 'dist/onFirstUse.js';
  const withFirst = (outputs[first]?.imports ?? [])
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path: file }) => file);
  const groupOf = (file: string): string => {
    if (file === first || withFirst.includes(file)) {
      return 'by the first command';
    }
    return /-[A-Z0-9]{8}\.js$/.test(file) ? 'when it comes to it' : path.basename(file);
  };
  const groups = new Map<string, Outputs>();
  for (const [file, output] of Object.entries(outputs)) {
    const name = groupOf(file);
    groups.set(name, { ...groups.get(name), [file]: output });
  }
  return [...groups];
}

/** @returns bytes of all of it */
async function tellFiles(
  { report }: Pick<Context, 'report'>,
  groups: readonly Group[],
): Promise<number> {
  const rows: string[][] = [];
  let total = 0;
  for (const [name, files] of groups) {
    const texts = await Promise.all(
      Object.keys(files).map(file => readFile(path.join(projectFolder, file))),
    );
    const gzipped = await Promise.all(texts.map(text => compressed(text)));
    total += bytesOf(texts);
    rows.push([name, String(texts.length), kilobytes(bytesOf(texts)), kilobytes(bytesOf(gzipped))]);
  }
  const { size } = await stat(packedExtension);
  report.heading('What is shipped');
  report.table(
    ['loaded', 'files', 'KB', 'compressed, KB'],
    [
      ...rows,
      ['**all JavaScript**', '', kilobytes(total), ''],
      ['the VSIX', '', '', kilobytes(size)],
    ],
  );
  return total;
}

function bytesOf(texts: readonly Buffer[]): number {
  return texts.reduce((sum, text) => sum + text.length, 0);
}

function tellParts({ report }: Pick<Context, 'report'>, groups: readonly Group[]): void {
  const parts = groups.map(([, files]) =>
    partsOf(Object.values(files).flatMap(({ inputs }) => Object.entries(inputs))),
  );
  const names = [...new Set(parts.flatMap(part => [...part.keys()]))];
  const all = (name: string): number => parts.reduce((sum, part) => sum + (part.get(name) ?? 0), 0);
  report.text('Whose it is, KB:');
  report.table(
    ['', ...groups.map(([name]) => name)],
    names
      .sort((a, b) => all(b) - all(a))
      .map(name => [name, ...parts.map(part => kilobytes(part.get(name) ?? 0))]),
  );
}

/** Bytes by package, and of our own by room. */
function partsOf(
  inputs: readonly (readonly [string, { readonly bytesInOutput: number }])[],
): Map<string, number> {
  const parts = new Map<string, number>();
  for (const [file, { bytesInOutput }] of inputs) {
    if (file.startsWith('part:')) {
      // No file of anybody’s: only what makes a part of one.
      continue;
    }
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
function networkModules(outputs: Outputs): string[] {
  const entry = Object.values(outputs).find(({ entryPoint }) => entryPoint === 'src/extension.ts');
  return Object.keys(entry?.inputs ?? {}).filter(file => /node-fetch|form-data/.test(file));
}

function kilobytes(bytes: number): string {
  return bytes === 0 ? '' : (bytes / 1000).toFixed(1);
}
