import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { fileNameFrom } from '../../../src/pyrus/contentDisposition';
import { assertProportional } from '../cost';

interface Row {
  readonly id: string;
  readonly header: string;
  readonly expectFilename: string | null;
  readonly lenient?: readonly string[];
}

const rows = JSON.parse(
  readFileSync(join(process.cwd(), 'test/data/content-disposition.json'), 'utf8'),
) as readonly Row[];

/** As it looks in Node's headers: one character a byte. */
function raw(text: string): string {
  return Buffer.from(text).toString('latin1');
}

describe('the file name in Content-Disposition', () => {
  describe('the collected headers', () => {
    it('are all there', () => assert.equal(rows.length >= 66, true));

    for (const { id, header, expectFilename, lenient = [] } of rows) {
      it(id, () => {
        const accepted = [expectFilename, ...lenient];
        const name = fileNameFrom(header) ?? null;
        assert.ok(
          accepted.includes(name),
          `got ${JSON.stringify(name)} of ${header.slice(0, 200)}`,
        );
      });
    }
  });

  const cases: readonly (readonly [string, string | null, string | undefined])[] = [
    ['no header', null, undefined],
    ['raw UTF-8', `attachment; filename="${raw('план.pdf')}"`, 'план.pdf'],
    ['raw UTF-8, unquoted', `attachment; filename=${raw('план.pdf')}`, 'план.pdf'],
    ['latin1 that is no UTF-8', 'attachment; filename="foo-\u00e4.html"', 'foo-\u00e4.html'],
    ['text beyond latin1, as no HTTP client gives it', 'attachment; filename="план"', 'план'],
    [
      'a declared latin1 name that looks like UTF-8',
      "attachment; filename*=ISO-8859-1''%C3%A4",
      'Ã¤',
    ],
    ['empty filename* after filename', `attachment; filename="a.txt"; filename*=UTF-8''`, 'a.txt'],
    ['empty filename* before filename', `attachment; filename*=UTF-8''; filename="a.txt"`, 'a.txt'],
    [
      'filename* that decodes to nothing valid, and raw UTF-8',
      `attachment; filename*=UTF-8''%ff; filename="${raw('план.pdf')}"`,
      'план.pdf',
    ],
    ['filename* before filename', `attachment; filename*=UTF-8''%D0%BF; filename="a"`, 'п'],
    ['filename* decoded once only', `attachment; filename*=UTF-8''a%252Fb`, 'a%2Fb'],
    ['encoded words, base64', 'attachment; filename="=?utf-8?B?0L/Qu9Cw0L0ucGRm?="', 'план.pdf'],
    ['encoded words, quoted', 'attachment; filename="=?UTF-8?q?=D0=BF_a.pdf?="', 'п a.pdf'],
    [
      'encoded words, windows-1251',
      'attachment; filename="=?windows-1251?Q?=EF=EB=E0=ED.pdf?="',
      'план.pdf',
    ],
    [
      'a character cut between encoded words',
      'attachment; filename="=?utf-8?Q?=D0?= =?utf-8?Q?=BF.pdf?="',
      'п.pdf',
    ],
    [
      'encoded words in part only stay',
      'attachment; filename="a =?utf-8?B?0L8=?="',
      'a =?utf-8?B?0L8=?=',
    ],
    [
      'encoded words in an unknown charset stay',
      'attachment; filename="=?x-no?B?0L8=?="',
      '=?x-no?B?0L8=?=',
    ],
    [
      'encoded words with broken bytes stay',
      'attachment; filename="=?utf-8?Q?=D0?="',
      '=?utf-8?Q?=D0?=',
    ],
    ['a parameter named like a property', 'attachment; __proto__=x; constructor=y', undefined],
  ];
  for (const [what, header, expected] of cases) {
    it(`reads ${what}`, () => assert.equal(fileNameFrom(header), expected));
  }

  it('never throws, whatever bytes come', () => {
    const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
    const alphabet = [
      'filename',
      '*',
      '=',
      "UTF-8''",
      '"',
      ';',
      '\\',
      '%',
      '%E4',
      '=?',
      '?=',
      'utf-8',
      '?Q?',
      ' ',
      '\u00d0',
      '\u00bf',
      'a',
      '\t',
    ];
    let state = seed;
    for (let round = 0; round < 20_000; round++) {
      let header = '';
      for (let part = 0; part < 20; part++) {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
        header += alphabet[(state >>> 8) % alphabet.length] ?? '';
      }
      const name: unknown = fileNameFrom(header);
      assert.ok(
        name === undefined || (typeof name === 'string' && name !== ''),
        `seed ${seed}: ${header}`,
      );
    }
  });

  const long: readonly (readonly [string, (length: number) => string])[] = [
    ['spaces', length => `attachment;${' '.repeat(length)}`],
    ['parameters', length => `attachment; ${'p=v; '.repeat(length / 5)}filename=a`],
    [
      'distinct parameters',
      length =>
        `attachment; ${Array.from({ length: length / 8 }, (_, index) => `p${index}=v`).join('; ')}`,
    ],
    ['quoted pairs', length => `attachment; filename="${'\\"'.repeat(length / 2)}"`],
    ['unclosed quotes', length => `attachment; ${'filename="'.repeat(length / 10)}`],
    ['encoded words', length => `attachment; filename="${'=?utf-8?Q?a?= '.repeat(length / 14)}"`],
    [
      'broken encoded words',
      length => `attachment; filename="${'=?utf-8?Q?'.repeat(length / 10)}"`,
    ],
    ['equal signs', length => `attachment; filename="${'=?'.repeat(length / 2)}"`],
    ['raw UTF-8', length => `attachment; filename="${'\u00d0\u00bf'.repeat(length / 2)}"`],
    ['percents', length => `attachment; filename*=UTF-8''${'%41'.repeat(length / 3)}`],
  ];
  for (const [what, header] of long) {
    it(`takes time in proportion to the length: ${what}`, () =>
      assertProportional(fileNameFrom, header, 65_536));
  }
});
