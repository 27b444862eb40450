import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { insertions } from '../../../src/editor/insertion';
import type { Insertion } from '../../../src/editor/insertion';
import { lex } from '../../../src/editor/lexer';
import type { Span } from '../../../src/editor/span';
import { syntaxOf } from '../../../src/editor/syntax';
import type { Token } from '../../../src/editor/tokens';
import { Random, rounds, seed } from '../../faults/campaigns/random';
import { insertionTable, withoutMarks } from './insertionTable';

const ROOT = join(__dirname, '../../../..');
const FILES = ['1', '2', '3'].map(digit => ({
  guid: `${digit.repeat(8)}-255b-4f18-b0eb-5c4d3b9bf1d2`,
  name: `${digit}.txt`,
}));

/** Real code and, from the table, code of every language. */
const documents = [
  ['json', 'package.json'],
  ['json', '.prettierrc.json'],
  ['typescript', 'src/editor/lexer.ts'],
  ['typescript', 'src/editor/template.ts'],
  ['javascript', 'eslint.config.mjs'],
  ['markdown', 'README.md'],
  ['shellscript', '.ci/run'],
]
  .map(([languageId = '', path = '']) => ({
    languageId,
    text: readFileSync(join(ROOT, path), 'utf8'),
  }))
  .concat(
    insertionTable().map(({ languageId, before }) => ({
      languageId,
      text: withoutMarks(before).text,
    })),
  );

/** JSON as people and programs write it, with attachments here and there. */
function json(random: Random, depth = 0): string {
  const some = (make: () => string): string[] =>
    Array.from({ length: random.below(4) }, () => make());
  const space = random.pick(['', ' ', '\n  ', '\n\t']);
  const text = (): string =>
    random.pick(['""', '"a\\"b"', '"attachments"', '"[{"', '"x, y:"', `"${FILES[2]?.guid}"`]);
  if (depth > 3 || random.chance(0.3)) {
    return random.chance(0.5) ? text() : random.pick(['1', '-1.5e3', 'true', 'null']);
  }
  const comma = `,${space}`;
  if (random.chance(0.5)) {
    return `[${space}${some(() => json(random, depth + 1)).join(comma)}${space}]`;
  }
  const key = (): string =>
    random.pick(['"attachments"', '"guid"', '"value"', '"text"', '"a\\\\"']);
  const keys = new Set(some(key));
  const members = Array.from(keys, one => `${one}:${space}${json(random, depth + 1)}`);
  return `{${space}${members.join(comma)}${space}}`;
}

function applied(text: string, made: readonly Insertion[]): string {
  return made.reduceRight(
    (all, { start, end, text: own }) => all.slice(0, start) + own + all.slice(end),
    text,
  );
}

/** In what a quote, a name or an operator is made of, or at the edge of a name. */
function isIn(offset: number, token: Token): boolean {
  const { start, end } = token;
  const isStrictlyIn = start < offset && offset < end;
  switch (token.kind) {
    case 'string':
      return isStrictlyIn && (offset < token.content.start || token.content.end < offset);
    case 'comment':
      return isStrictlyIn && (offset < start + 2 || end - 6 < offset);
    default:
      return start <= offset && offset <= end && (isStrictlyIn || end - start > 1);
  }
}

function assertInOrder(made: readonly Insertion[], length: number): void {
  let last = 0;
  for (const { start, end } of made) {
    assert.ok(last <= start && start <= end && end <= length);
    last = end;
  }
}

describe(`insertion at random cursors (SEED=${seed})`, function () {
  // Hundreds of thousands of rounds in a campaign.
  this.timeout(600_000);
  const random = new Random(seed);

  it('stays inside the document, in order, and puts every GUID in', () => {
    for (let round = 0; round < rounds(1000, 100_000); round++) {
      const { text, languageId } = random.pick(documents as [(typeof documents)[0]]);
      const selections = spans(text, 1 + random.below(3));
      const files = FILES.slice(0, 1 + random.below(3));
      const made = insertions({ text, languageId, selections, files });
      const about = JSON.stringify({ languageId, text, selections, files: files.length });
      try {
        assertInOrder(made, text.length);
        const all = made.map(one => one.text).join('');
        for (const { guid } of files) {
          assert.ok(all.includes(guid), guid);
        }
      } catch (error) {
        throw new Error(about, { cause: error });
      }
    }
  });

  it('leaves JSON that can be read, with every GUID once', () => {
    for (let round = 0; round < rounds(3000, 200_000); round++) {
      const value = json(random);
      const text = random.pick(['', '\n']) + (/^[[{]/.test(value) ? value : `[${value}]`) + '\n';
      const [cursor = { start: 0, end: 0 }] = spans(text, 1, 0);
      const files = FILES.slice(0, 1 + random.below(2));
      const made = insertions({ text, languageId: 'json', selections: [cursor], files });
      const after = applied(text, made);
      const about = `${JSON.stringify(text)} at ${cursor.start}: ${JSON.stringify(after)}`;
      assert.doesNotThrow(() => JSON.parse(after), about);
      for (const { guid } of files) {
        assert.equal(after.split(guid).length, 2, about);
      }
    }
  });

  it('changes nothing about the code behind it: strings stay strings, brackets brackets', () => {
    for (let round = 0; round < rounds(1000, 100_000); round++) {
      const { text, languageId } = random.pick(documents as [(typeof documents)[0]]);
      const syntax = syntaxOf(languageId);
      const [cursor = { start: 0, end: 0 }] = spans(text, 1, 0);
      const files = FILES.slice(0, 1);
      const [made] = insertions({ text, languageId, selections: [cursor], files });
      // In the middle of a name or an operator something breaks, whatever is put there; and behind a
      // value, a regular expression is a division.
      const isFair =
        syntax !== undefined &&
        !lex(text, syntax).some(one => isIn(cursor.start, one)) &&
        !/^\s*\//.test(text.slice(cursor.end));
      if (!isFair || made === undefined || made.isSnippet) {
        continue;
      }
      const by = made.text.length - (made.end - made.start);
      const before = lex(text, syntax).filter(({ start }) => start > made.end);
      const after = lex(applied(text, [made]), syntax).filter(({ start }) => start > made.end + by);
      assert.deepEqual(
        after.map(({ kind, start, end }) => [kind, start - by, end - by]),
        before.map(({ kind, start, end }) => [kind, start, end]),
        JSON.stringify({ languageId, text, made }),
      );
    }
  });

  /** Random selections that do not overlap. */
  function spans(text: string, count: number, longest = 20): Span[] {
    const places = Array.from({ length: count }, () => random.below(text.length + 1)).sort(
      (a, b) => a - b,
    );
    return Array.from(new Set(places), (start, index) => {
      const next = places[index + 1] ?? text.length;
      return { start, end: Math.min(next, text.length, start + random.below(longest + 1)) };
    });
  }
});
