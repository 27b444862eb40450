import assert from 'node:assert/strict';
import { decodeEncodedWords } from '../../../src/pyrus/encodedWords';
import { fileNameFrom } from '../../../src/pyrus/contentDisposition';

describe('encoded words', () => {
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['', undefined],
    ['plain.txt', undefined],
    ['=?utf-8?B?0L8=?=', 'п'],
    ['=?utf-8?B?0L8=?= rest.txt', undefined],
    ['before =?utf-8?B?0L8=?=', undefined],
    ['=?utf-8?B?0L8=?= =?koi8-r?B?0A==?=', 'пп'],
    ['=?utf-8?B?0A==?= =?UTF-8?B?vw==?=', 'п'],
    ['=?utf-8*ru?Q?=D0=BF_=d0=bf?=', 'п п'],
    ['=?no-such-charset?B?0L8=?=', undefined],
    ['=?utf-8?B?/w==?=', undefined],
    ['=?utf-8?X?0L8=?=', undefined],
    ['=?utf-8?B?77u/YQ==?=', '\ufeffa'],
  ];
  for (const [text, decoded] of cases) {
    it(`${JSON.stringify(text)}: ${JSON.stringify(decoded)}`, () =>
      assert.equal(decodeEncodedWords(text), decoded));
  }

  it('and raw UTF-8 keep a mark at the beginning: removing it is not for them', () => {
    const raw = Buffer.from('\ufeffплан.txt').toString('latin1');
    assert.equal(fileNameFrom(`attachment; filename="${raw}"`), '\ufeffплан.txt');
  });
});
