import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import * as path from 'node:path';
import { bringOnce } from './cache';
import { unpackPackage } from './npm';

const VERSION = '1.18.0';

/**
 * Gives a VS Code the program it searches with. Older ones have it downloaded from GitHub by a
 * script of their dependency, and none of those is run here; newer ones carry it.
 * @param editor the folder of the VS Code server
 */
export async function bringRipgrep(editor: string): Promise<void> {
  const dependency = path.join(editor, 'node_modules', '@vscode', 'ripgrep');
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  const program = path.join(dependency, 'bin', name);
  if (!existsSync(dependency) || existsSync(program)) {
    return;
  }
  const target = `${process.platform}-${process.arch}`;
  const folder = await bringOnce({
    name: `ripgrep-${target}-${VERSION}`,
    title: `ripgrep ${VERSION}`,
    make: unfinished => unpackPackage(`@vscode/ripgrep-${target}@${VERSION}`, unfinished),
  });
  await mkdir(path.dirname(program), { recursive: true });
  // In one step: another run may be doing the same.
  const copy = `${program}.${process.pid}`;
  await copyFile(path.join(folder, 'bin', name), copy);
  await rename(copy, program);
}
