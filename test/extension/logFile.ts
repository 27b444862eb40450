import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';

/** The editor keeps its logs and state here; it lies beside the workspace. */
export const userData = path.join(path.dirname(process.env['PYRUS_TEST_WORKSPACE'] ?? ''), 'user');

/**
 * What the extension under test has written into its log "Pyrus" so far. No API reads a log; its file is
 * made with the first line.
 */
export async function readLog(): Promise<string> {
  const texts = await readUserData(file => path.basename(file) === 'Pyrus.log');
  return [...texts.values()].join('');
}

/** Contents, byte by byte as characters, of the editor's own files that `wanted` accepts. */
export async function readUserData(
  wanted: (file: string) => boolean = () => true,
): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  const entries = await readdir(userData, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile() && wanted(file)) {
      texts.set(file, await readFile(file, 'utf8'));
    }
  }
  return texts;
}

/**
 * Dialogs are refused while a suite runs, so a question makes a command fail; its words are in the log.
 * @returns the question
 */
export async function questionOf(command: string, ...args: readonly unknown[]): Promise<string> {
  const before = (await readLog()).length;
  assert.equal(await vscode.commands.executeCommand(command, ...args), undefined);
  const said = (await readLog()).slice(before);
  return /refused to show dialog in tests. Contents: (.*)/.exec(said)?.[1] ?? said;
}
