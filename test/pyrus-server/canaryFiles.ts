import { open, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { canaryIn } from './canary';

/** Bytes of a file that are looked at; what is longer is a test's own random content. */
const LOOKED_AT = 4 * 1024 * 1024;

/**
 * Looks for tokens and keys in names and contents below a folder: settings, state, logs, temporary files.
 * @param ignored names of folders that are not entered
 * @throws Error naming the file that holds a secret
 */
export async function assertNoCanaryBelow(
  folder: string,
  ignored: readonly string[] = [],
): Promise<void> {
  const entries = await readdir(folder, { withFileTypes: true });
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !ignored.includes(entry.name)) {
      await assertNoCanaryBelow(path, ignored);
    }
    const hit = canaryIn(entry.name) ?? (entry.isFile() ? await canaryInFile(path) : undefined);
    if (hit !== undefined) {
      throw new Error(`a secret in ${relative(folder, path)}: ${hit}`);
    }
  }
}

async function canaryInFile(path: string): Promise<string | undefined> {
  const handle = await open(path).catch(unlessGone);
  if (handle === undefined) {
    return undefined;
  }
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(Math.min(size, LOOKED_AT)));
    return canaryIn(buffer.toString('latin1', 0, bytesRead));
  } finally {
    await handle.close();
  }
}

/** The editor tidies up meanwhile: what has gone since it was listed holds nothing. */
function unlessGone(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    return undefined;
  }
  throw error;
}
