import assert from 'node:assert/strict';
import { addressesIn } from '../../../src/transfer/uriList';

describe('a list of addresses', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['', []],
    ['\r\n', []],
    ['file:///a.txt', ['file:///a.txt']],
    ['file:///a.txt\r\nfile:///b.txt\r\n', ['file:///a.txt', 'file:///b.txt']],
    ['file:///b\nfile:///a\rfile:///c', ['file:///b', 'file:///a', 'file:///c']],
    ['# from the file manager\r\nfile:///a#L3,5\r\n#\r\n', ['file:///a#L3,5']],
    ['  file:///a  \r\n \r\n', ['file:///a']],
    ['file:///a\r\nfile:///a', ['file:///a']],
    [
      'file:///%D0%9E%D1%82%D1%87%D1%91%D1%82%201.txt\r\nfile:///Отчёт 2.txt',
      ['file:///%D0%9E%D1%82%D1%87%D1%91%D1%82%201.txt', 'file:///Отчёт 2.txt'],
    ],
  ];
  for (const [list, addresses] of cases) {
    it(`${JSON.stringify(list)} has ${addresses.length}`, () =>
      assert.deepEqual(addressesIn(list), addresses));
  }
});
