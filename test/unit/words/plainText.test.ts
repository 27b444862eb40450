import assert from 'node:assert/strict';
import { fileNameText, plainText } from '../../../src/words/plainText';

describe('text from outside', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', ''],
    ['  a  b ', 'a b'],
    ['a\r\n\tb', 'a b'],
    ['a\u2028\u2029b', 'a b'],
    ['a\u202e\u200bb', 'a b'],
    ['\u0000a\u0000', 'a'],
    ['[a](command:b)[c](d)', '[a] (command:b)[c] (d)'],
    ['$(a)$(b)', '$ (a)$ (b)'],
    ['](', '] ('],
    ['Отчёт 🧾 [1] (2) $3', 'Отчёт 🧾 [1] (2) $3'],
  ];
  for (const [untrusted, text] of cases) {
    it(`${JSON.stringify(untrusted)} is shown as ${JSON.stringify(text)}`, () =>
      assert.equal(plainText(untrusted), text));
  }

  it('is cut at the limit, in characters as people count them, and marked', () => {
    assert.equal(plainText('x'.repeat(200)), 'x'.repeat(200));
    assert.equal(plainText('x'.repeat(201)), `${'x'.repeat(199)}…`);
    assert.equal(plainText('abcde', 5), 'abcde');
    assert.equal(plainText('abcdef', 5), 'abcd…');
    assert.equal(plainText('е\u0301е\u0301е\u0301', 3), 'е\u0301е\u0301е\u0301');
    assert.equal(plainText('👨‍👩‍👧👨‍👩‍👧', 2).length, 8);
    // Four code units a character are looked at, no more: a megabyte costs nothing.
    assert.equal(plainText(`${' '.repeat(800)}x`), '');
    assert.equal(plainText(`${' '.repeat(799)}x`), 'x');
  });

  it('as a file name keeps its beginning and its ending', () => {
    assert.equal(fileNameText('отчёт.pdf'), 'отчёт.pdf');
    assert.equal(fileNameText('abcdefghi.pdf', 13), 'abcdefghi.pdf');
    assert.equal(fileNameText('abcdefghij.pdf', 13), 'abcdefgh….pdf');
    assert.equal(fileNameText(`${'a'.repeat(70)}.pdf`), `${'a'.repeat(39)}…${'a'.repeat(16)}.pdf`);
    const families = '👨‍👩‍👧'.repeat(3);
    assert.equal(fileNameText(families, 3), families);
    assert.equal(fileNameText('[a](b)', 60), '[a] (b)');
    assert.equal(fileNameText(`${'a'.repeat(300)}.pdf`).at(-1), '…');
  });

  it('keeps a character short that is piled up, and whole one that people use', () => {
    const piled = `a${'\u0301'.repeat(5000)}`;
    assert.equal(plainText(`${piled}b`, 10), `a${'\u0301'.repeat(15)}`);
    assert.ok(fileNameText(piled.repeat(60)).length <= 16 * 60);
    for (const whole of ['👩‍❤️‍💋‍👨', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'ё', 'й']) {
      assert.equal(plainText(whole), whole);
      assert.equal(fileNameText(whole), whole);
    }
  });
});
