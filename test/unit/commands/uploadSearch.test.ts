import assert from 'node:assert/strict';
import { UploadSearch } from '../../../src/commands/uploadSearch';
import type { UploadRecord } from '../../../src/history/uploadRecord';

const record = (name: string, more: Partial<UploadRecord> = {}): UploadRecord => ({
  guid: '0e7f2a1c-9f6f-4b53-8d1a-3f4f5c6b7a80',
  name,
  size: 1,
  md5: '5d41402abc4b2a76b9719d911017c592',
  uploadedAt: 0,
  account: { id: 'pyrus.com/1', label: 'bob@example.com' },
  state: { kind: 'unattached' },
  ...more,
});

describe('a search among uploads', () => {
  const records = [
    record('Договор поставки.pdf', {
      uri: 'file:///home/bob/%D0%90%D0%BA%D1%82%D1%8B/2026/%D0%94%D0%BE%D0%B3%D0%BE%D0%B2%D0%BE%D1%80.pdf',
    }),
    record('Акт.docx', { guid: '11111111-2222-4333-8444-555555555555' }),
    record('image.png', {
      account: { id: 'pyrus.example.org/7', label: 'alice@example.org' },
      state: { kind: 'attached', taskId: 1001, fileId: 17563, taskTitle: 'Счёт от Ромашки' },
    }),
    record('cafe\u0301 100%.txt', { uri: 'file:///c%3A/docs/100%.txt' }),
  ];
  const search = new UploadSearch(records);
  const found = (query: string, limit = 10): string[] =>
    search.find(query, limit).records.map(({ name }) => name);
  const [contract, act, image, cafe] = records.map(({ name }) => name);

  const cases: readonly (readonly [string, readonly unknown[]])[] = [
    ['', [contract, act, image, cafe]],
    ['  ', [contract, act, image, cafe]],
    ['ДОГОВОР', [contract]],
    ['.pdf договор', [contract]],
    ['акт', [contract, act]],
    ['акты/2026', [contract]],
    ['акты\\2026', [contract]],
    ['11111111-2222', [act]],
    ['4333-8444-5555', [act]],
    ['alice', [image]],
    ['1001', [image]],
    ['17563', [image]],
    ['ромашки', [image]],
    ['café', [cafe]],
    ['100%.txt', [cafe]],
    ['договор alice', []],
  ];
  for (const [query, names] of cases) {
    it(`for ${JSON.stringify(query)}`, () => assert.deepEqual(found(query), names));
  }

  it('gives as many as wanted, the first ones, and says how many more there are', () => {
    assert.deepEqual(found('', 2), [contract, act]);
    assert.equal(search.find('', 2).more, 2);
    assert.equal(search.find('', 4).more, 0);
    assert.equal(search.find('акт', 1).more, 1);
  });
});
