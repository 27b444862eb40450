import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import * as path from 'node:path';

/**
 * What the extension under test has written into its log "Pyrus" so far. No API reads a log; the
 * editor keeps it in a file below the folder of its user data, which lies beside the workspace.
 */
export async function readLog(): Promise<string> {
  const workspace = process.env['PYRUS_TEST_WORKSPACE'] ?? '';
  const userData = path.join(path.dirname(workspace), 'user');
  const names = await readdir(userData, { recursive: true });
  const logs = names.filter(name => path.basename(name) === 'Pyrus.log');
  assert.ok(logs.length > 0, `there is no Pyrus.log below ${userData}`);
  const texts = await Promise.all(logs.map(name => readFile(path.join(userData, name), 'utf8')));
  return texts.join('');
}
