import assert from 'node:assert/strict';
import { insertions } from '../../../src/editor/insertion';
import { parseTemplate } from '../../../src/editor/template';
import { guidsIn } from '../../../src/editor/guids';

const FILES = [{ guid: '11111111-255b-4f18-b0eb-5c4d3b9bf1d2', name: '1.txt' }];
const LANGUAGES =
  'json javascript python csharp php go java bsl shellscript http markdown plaintext'.split(' ');
const PIECES = [
  '/[',
  '/a[',
  '`${',
  '${1:',
  '"',
  '"""',
  "'",
  '[',
  '{"a":[',
  ']',
  '\\',
  '\\"',
  '<<EOF\n',
  '<<<A\n',
  '/*',
  '//\n',
  '#',
  '\n#',
  '$"{',
  'f"{',
  '\n\t|"',
  '"\n//\n',
  ' ',
  '\t\n',
  '-a',
  '08923d83-',
  'attachments=[',
  '"attachments", ',
  '```\n',
  '~~~js\n',
  '\n###\n',
  'POST /\n\n{',
  '?>',
  '<?php ',
  'ж',
];

/** The least of several runs, so that what else the machine does is not counted. */
function cost(run: () => void): number {
  let least = Infinity;
  for (let time = 0; time < 2; time++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  return least;
}

function insertAtEnd(text: string, languageId: string): void {
  const selections = [{ start: text.length, end: text.length }];
  assert.equal(insertions({ text, languageId, selections, files: FILES }).length, 1);
}

describe('insertion costs', function () {
  this.timeout(120_000);

  it('no more than the code that is looked at, whatever it is', () => {
    for (const languageId of LANGUAGES) {
      for (const piece of PIECES) {
        const of = (size: number): string => piece.repeat(Math.ceil(size / piece.length));
        const [small, large] = [of(1_500), of(24_000)];
        const [less, more] = [small, large].map(text => cost(() => insertAtEnd(text, languageId)));
        // Sixteen times the code; 256 times the cost if it were squared. Nobody waits for 40 ms.
        const isFine =
          more !== undefined && less !== undefined && (more < 40_000 || more < less * 100);
        assert.ok(isFine, `${languageId} ${JSON.stringify(piece)}: ${less} and ${more} µs`);
      }
    }
  });

  it('the same in a small document and at any place of a line of megabytes', () => {
    const line = '{"text":"x","attachments":["a"]},'.repeat(100_000);
    for (const languageId of LANGUAGES) {
      const insertAt = (text: string, start: number): void => {
        const made = insertions({
          text,
          languageId,
          selections: [{ start, end: start }],
          files: FILES,
        });
        assert.equal(made.length, 1);
      };
      const inSmall = cost(() => insertAt(line.slice(0, 72_000), 64_000));
      const inLarge = cost(() => insertAt(line, 3_000_000));
      const isFine = inLarge < 40_000 || inLarge < inSmall * 20;
      assert.ok(isFine, `${languageId}: ${inSmall} and ${inLarge} µs`);
    }
  });

  it('nothing to speak of for templates and GUIDs', () => {
    for (const piece of PIECES) {
      const of = (size: number): string => piece.repeat(Math.ceil(size / piece.length));
      for (const run of [parseTemplate, guidsIn]) {
        const [less, more] = [of(1_500), of(24_000)].map(text => cost(() => void run(text)));
        const isFine =
          more !== undefined && less !== undefined && (more < 40_000 || more < less * 100);
        assert.ok(isFine, `${run.name} ${JSON.stringify(piece)}: ${less} and ${more} µs`);
      }
    }
  });
});
