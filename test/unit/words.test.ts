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

  it('in Russian agree with numbers', () => {
    // What may follow a number: 1 and 21, 2 and 22, 5 and 11 and 111; in the case the sentence asks for.
    const nouns = [
      ['файл', 'файла', 'файлов'],
      ['проблема', 'проблемы', 'проблем'],
      ['файле', 'файлах', 'файлах'],
      ['месте', 'местах', 'местах'],
      ['загрузка', 'загрузки', 'загрузок'],
      ['загрузку', 'загрузки', 'загрузок'],
      ['GUID', 'GUID', 'GUID'],
      ['из этих файлов', 'из этих файлов', 'из этих файлов'],
    ];
    const forms = ['one', 'few', 'many'] as const;
    const index = (count: number): number =>
      forms.findIndex(form => form === new Intl.PluralRules('ru').select(count));
    const russian = Object.entries(read('l10n/bundle.l10n.ru.json')).map(
      ([key, text]) => [key, String(text)] as const,
    );
    const sentences = russian.filter(([key]) => /\/(one|few|many)$/.test(key));
    assert.ok(sentences.length > 0);
    for (const [key, text] of sentences) {
      const form = forms.findIndex(name => key.endsWith(`/${name}`));
      const agrees = nouns.some(noun =>
        new RegExp(`\\{\\d\\} ${noun[form]}(?![\\p{L}])`, 'u').test(text),
      );
      assert.ok(agrees, `${key}: ${text}`);
    }
    const counts = [1, 2, 5, 11, 21, 22, 25, 111];
    const fileForms = ['{0} file/one', '{0} files/few', '{0} files/many'];
    const said = counts.map(count =>
      String(read('l10n/bundle.l10n.ru.json')[fileForms[index(count)] ?? '']).replace(
        '{0}',
        String(count),
      ),
    );
    assert.equal(
      said.join(', '),
      '1 файл, 2 файла, 5 файлов, 11 файлов, 21 файл, 22 файла, 25 файлов, 111 файлов',
    );
  });
});
