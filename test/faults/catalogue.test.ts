import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { elsewhere } from './elsewhere';
import { emulated } from './emulated';

/** Sections of the catalogue and how many rows each has; 153 in all. */
const SECTIONS = { A: 16, U: 17, S: 18, D: 15, F: 23, B: 9, H: 12, W: 13, N: 8, C: 14, L: 8 };
const allRows = Object.entries(SECTIONS).flatMap(([section, count]) =>
  Array.from({ length: count }, (_, index) => `${section}${index + 1}`),
);

/** Rows that the title of a test begins with, in the sources of these folders. */
function titledRows(...folders: readonly string[]): string[] {
  const root = join(__dirname, '../../../test');
  const files = folders.flatMap(folder =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.test.ts'))
      .map(name => join(root, folder, name)),
  );
  return files.flatMap(file =>
    [...readFileSync(file, 'utf8').matchAll(/\bit\(\s*['"`]([A-Z]\d+) /g)].flatMap(
      ([, row]) => row ?? [],
    ),
  );
}

/** What tests and their groups are called, as it is written there. */
function titlesIn(source: string): string[] {
  return [...source.matchAll(/\b(?:it|describe)\(\s*(['"`])((?:\\.|(?!\1).)*)\1/gs)].map(
    ([, , title = '']) => title,
  );
}

describe('the fault catalogue', () => {
  it('finds the tests it names elsewhere, by file and title', () => {
    for (const [row, where] of Object.entries(elsewhere)) {
      for (const line of where.split('\n')) {
        const [, file, title = '', made] = /^(test\/\S+\.ts): (.+?)(?: ← (.+))?$/.exec(line) ?? [];
        assert.ok(file !== undefined, `${row}: “${line}” names no file and title`);
        const source = readFileSync(join(__dirname, '../../..', file), 'utf8');
        assert.ok(titlesIn(source).includes(title), `${row}: no test “${title}” in ${file}`);
        assert.ok(
          made === undefined || source.includes(`'${made}'`),
          `${row}: no “${String(made)}” in ${file}`,
        );
      }
    }
  });

  it('has every row in a test here, or in a test elsewhere', () => {
    assert.equal(allRows.length, 153);
    const covered = new Set([
      ...titledRows('faults', 'extension', 'workbench'),
      ...Object.keys(elsewhere),
    ]);
    console.log(`      ${covered.size} of ${allRows.length} rows have a test`);
    assert.deepEqual([...covered].sort(), [...allRows].sort());
  });

  it('says of the rows that cannot be had for real what stands in their place', () => {
    for (const [row, reason] of Object.entries(emulated)) {
      assert.ok(allRows.includes(row), `no row ${row}`);
      console.log(`      ${row} is emulated: ${reason}`);
    }
  });
});
