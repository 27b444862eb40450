import { chmod, writeFile } from 'node:fs/promises';
import * as path from 'node:path';
import type { EditorVersion } from './editor';

/** Writes into a folder the executable that `runTests` spawns as if it were VS Code of this version. */
export async function writeLauncher(version: EditorVersion, folder: string): Promise<string> {
  const program = path.join(__dirname, 'code.js');
  const windows = process.platform === 'win32';
  const file = path.join(folder, windows ? `code-${version}.cmd` : `code-${version}`);
  await writeFile(file, windows ? windowsScript(program, version) : script(program, version));
  await chmod(file, 0o755);
  return file;
}

function script(program: string, version: EditorVersion): string {
  const words = [process.execPath, '--enable-source-maps', program];
  return `#!/bin/sh\nexec ${words.map(quoted).join(' ')} --editor-version=${version} "$@"\n`;
}

function windowsScript(program: string, version: EditorVersion): string {
  return `@"${process.execPath}" "${program}" --editor-version=${version} %*\r\n`;
}

function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`;
}
