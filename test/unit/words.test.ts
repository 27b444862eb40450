import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';

const root = join(__dirname, '../../..');
const read = (file: string): Record<string, unknown> =>
  JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, unknown>;
const keys = (file: string): string[] => Object.keys(read(file)).sort();
const numbersIn = (text: unknown): string[] => (String(text).match(/\{\d\}/g) ?? []).sort();

describe('words', () => {
  it('in the manifest are there in English and Russian', () => {
    const used = [...readFileSync(join(root, 'package.json'), 'utf8').matchAll(/"%([\w.]+)%"/g)];
    assert.ok(used.length > 0);
    assert.deepEqual([...new Set(used.map(([, key]) => key))].sort(), keys('package.nls.json'));
    assert.deepEqual(keys('package.nls.ru.json'), keys('package.nls.json'));
  });

  it('in the code are all in the bundle, and nothing else is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'l10n-'));
    try {
      execFileSync(
        process.execPath,
        ['node_modules/@vscode/l10n-dev/dist/cli.js', 'export', '--outDir', folder, './src'],
        { cwd: root, stdio: 'pipe' },
      );
      assert.deepEqual(
        JSON.parse(readFileSync(join(folder, 'bundle.l10n.json'), 'utf8')),
        read('l10n/bundle.l10n.json'),
        'run `npm run l10n` and add the Russian',
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('are all there in Russian, with the same places for values', () => {
    const russian = read('l10n/bundle.l10n.ru.json');
    assert.deepEqual(keys('l10n/bundle.l10n.ru.json'), keys('l10n/bundle.l10n.json'));
    for (const [key, text] of Object.entries(russian)) {
      assert.deepEqual(numbersIn(text), numbersIn(key), key);
    }
  });

  it('in Russian are Russian', () => {
    // Names, and texts that are values and signs only.
    const same = /^[^\p{L}]*(Pyrus|GUID|MD5|HTTP)?[^\p{L}]*$/u;
    for (const [key, text] of Object.entries(read('l10n/bundle.l10n.ru.json'))) {
      assert.ok(/\p{Script=Cyrillic}/u.test(String(text)) || same.test(key), key);
    }
  });
});
