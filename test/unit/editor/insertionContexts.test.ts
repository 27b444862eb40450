import assert from 'node:assert/strict';
import { inserted, insertionTable } from './insertionTable';

describe('what is inserted, by what is around the cursor', () => {
  const table = insertionTable();

  it('has rows for every language with a format', () => {
    const languages = new Set(table.map(({ languageId }) => languageId));
    assert.ok(table.length >= 200, `${table.length} rows`);
    assert.ok(languages.size >= 16, Array.from(languages).join(' '));
  });

  for (const row of table) {
    it(`${row.languageId}: ${row.title}`, () => assert.equal(inserted(row), row.after));
  }
});
