import assert from 'node:assert/strict';

import { numbered, safeFileName } from '../../../src/transfer/fileName';
import { assertCheaper, assertProportional } from '../cost';
import { NamePredicates } from './namePredicates';

/** A generator of repeatable numbers in [0, 1). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pieces = [
  ...Array.from("abcZ019 .-_~()[]{}$%#;,!&@+='`^"),
  ...Array.from('<>:"/\\|?*\0\t\n\r\u001b\u007f\u0085\u009f\u00a0\u00ad'),
  ...Array.from('жйЁ漢字é\u0301\u0338\u0308\u034f\ufe0f\u{1f468}\u{1f600}\u{1f3fb}'),
  ...Array.from(
    '\u200b\u200c\u200d\u200e\u202e\u2028\u2029\u2060\u2066\u2069\ufeff\u180e\u061c\u{e0041}',
  ),
  ...Array.from(
    '\u2800\u3164\u115f\u3000\u2003\u212a\u017f\u0131\u037e\u226e\ufdd0\ufffe\u{1ffff}\ufff9',
  ),
  '\ud800',
  '\udc00',
  'con',
  'NUL',
  'com1',
  'lpt\u00b9',
  'conin$',
  'clock$',
  '.git',
  '.GIT',
  'git~1',
  '.vscode',
  '.env',
  '.env.local',
  '.npmrc',
  '.yarnrc.yml',
  '.husky',
  '.idea',
  'desktop.ini',
  'Thumbs.db',
  '.lnk',
  '.url',
  '.scf',
  '.local',
  '.desktop',
  '.{20D04FE0-3AEA-1069-A2D8-08002B30309D}',
  '.txt',
  '.tar.gz',
  '..',
  '../',
  '%2e%2e',
  '::$DATA',
  ' . .',
  'ж'.repeat(97),
  'a'.repeat(190),
  'e\u0301'.repeat(60),
  '\u0301'.repeat(120),
  ' '.repeat(150),
  '.'.repeat(120),
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}',
  '\u200d'.repeat(5),
  'x'.repeat(4200),
];

function randomName(random: () => number, round: number): string {
  let name = '';
  const length = 1 + Math.floor(random() * 9);
  for (let index = 0; index < length; index++) {
    name +=
      random() < 0.8
        ? (pieces[Math.floor(random() * pieces.length)] ?? '')
        : String.fromCodePoint(Math.floor(random() * (round % 2 === 0 ? 0x10000 : 0x110000)));
  }
  return name;
}

describe('a safe file name, whatever it is made of', () => {
  const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 32);
  const full = process.env['CAMPAIGN'] === 'full' ? 1_000_000 : 100_000;
  const rounds = Number(process.env['NAMES'] ?? full);
  it(`holds for ${rounds} random names (SEED=${seed})`, async function () {
    this.timeout(rounds);
    const predicates = await NamePredicates.load();
    const random = randomFrom(seed);
    for (let round = 0; round < rounds; round++) {
      const name = randomName(random, round);
      const safe = safeFileName(name, 'file-17');
      predicates.assertSafe(safe, name);
      assert.equal(safeFileName(safe, 'another'), safe, `not stable: ${JSON.stringify(name)}`);
      predicates.assertSafe(numbered(safe, 1 + (round % 1000)), safe);
    }
  });

  const long: readonly (readonly [string, (length: number) => string])[] = [
    ['letters', length => 'a'.repeat(length)],
    ['spaces', length => ' '.repeat(length)],
    ['spaces inside', length => `a${' '.repeat(length)}a`],
    ['dots', length => '.'.repeat(length)],
    ['dots and spaces', length => '. '.repeat(length / 2)],
    ['combining marks in the wrong order', length => `a${'\u0301\u0323'.repeat(length / 2)}`],
    ['joiners', length => '\u200d'.repeat(length)],
    ['lone surrogates', length => '\ud800'.repeat(length)],
    ['families', length => '👨‍👩‍👧'.repeat(length / 8)],
  ];
  for (const [what, name] of long) {
    // To bring marks into order costs ICU their square: one reason why long names are cut first.
    if (!what.startsWith('combining marks')) {
      it(`takes no longer than in proportion to the length: ${what}`, () =>
        assertProportional(text => safeFileName(text, 'file'), name, 4096));
    }

    it(`takes no longer for a name that is too long to be looked at whole: ${what}`, () => {
      const [longest, tooLong] = [name(4096), name(262_144)];
      assertCheaper(
        () => safeFileName(tooLong, 'file'),
        8,
        () => safeFileName(longest, 'file'),
      );
    });
  }
});
