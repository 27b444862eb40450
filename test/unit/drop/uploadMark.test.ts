import assert from 'node:assert/strict';
import {
  bytesWithout,
  marksIn,
  mayHoldMarks,
  nameInMark,
  placesOf,
  tag,
} from '../../../src/drop/uploadMark';

describe('the mark of an upload', () => {
  it('is found among other text, and more than one', () => {
    const text = 'a ⟦Uploading x.txt… 3f9c⟧ b\n"⟦Загрузка: отчёт.pdf… 0001⟧" ⟦⟧ ⟦cut\noff⟧ ⟦';
    assert.deepEqual(marksIn(text), ['⟦Uploading x.txt… 3f9c⟧', '⟦Загрузка: отчёт.pdf… 0001⟧']);
    assert.ok(mayHoldMarks(text));
    assert.ok(!mayHoldMarks('[Uploading x.txt… 3f9c]'));
  });

  it('stands wherever it was pasted', () => {
    assert.deepEqual(placesOf('⟦a⟧', '⟦a⟧ ⟦b⟧⟦a⟧'), [0, 7]);
    assert.deepEqual(placesOf('⟦a⟧', '⟦a'), []);
  });

  const harmful = ['a"b', "a'b", 'a`b', 'a\\b', 'a${b}', 'a*/b', 'a<b>', 'a%sb', 'a⟧b', 'a\r\nb'];
  for (const name of harmful) {
    it(`keeps nothing of ${JSON.stringify(name)} that ends a string, a comment or a mark`, () =>
      assert.doesNotMatch(nameInMark(name), /["'`\\${}*/<>%⟦⟧\r\n]/));
  }

  it('is short, and keeps the ending', () => {
    assert.equal(nameInMark('Отчёт 1 (итог).pdf'), 'Отчёт 1 (итог).pdf');
    const long = nameInMark(`${'очень '.repeat(20)}длинное имя.pdf`);
    assert.ok(long.length <= 28);
    assert.match(long, /….*\.pdf$/);
  });

  it('has a tag that nobody else has', () => {
    const asked: string[] = [];
    const free = tag(digits => asked.push(digits) < 3);
    assert.equal(asked.length, 3);
    assert.equal(free, asked[2]);
    assert.match(free, /^[0-9a-f]{6}$/);
  });

  it('is taken out of a file, and nothing else is touched, not even what is no UTF-8', () => {
    const mark = '⟦Загрузка: отчёт.pdf… 3f9c⟧';
    const [head, middle, tail] = [
      Buffer.from([0xef, 0xbb, 0xbf, 0xff]),
      '\r\nя',
      Buffer.from([0xd0]),
    ];
    const parts = [head, mark, middle, mark, tail].map(part => Buffer.from(part));
    const expected = Buffer.concat([head, Buffer.from(middle), tail]);
    assert.deepEqual(bytesWithout(mark, Buffer.concat(parts)), expected);
    assert.equal(bytesWithout(mark, Buffer.from('⟦Загрузка: отчёт.pdf… 3f9d⟧')), undefined);
    assert.deepEqual(bytesWithout(mark, Buffer.from(mark)), Buffer.alloc(0));
  });
});
