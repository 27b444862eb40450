import assert from 'node:assert/strict';
import type { Format } from '../../src/editor/format';
import { render } from '../../src/editor/render';
import { TempFolder } from '../unit/transfer/filesOnDisk';
import { runProgram, skipWithout } from './interpreters';
import { PRINTERS } from './printers';

/** What ends strings and comments, begins code in them, or is run, in one language or another. */
const NAMES = [
  'Отчёт за март.txt',
  `it's "quoted" \`so\`.txt`,
  '$1 ${CLIPBOARD} $(exit 7) `exit 7` $HOME {$x} {y} }} {{.txt',
  '\\ \\n \\u0041 \\u000a \\.txt',
  '%s %d %% #{x} #x // x /* x */ x.txt',
  '?> <?php exit(7);.txt',
  `""" ''' \`\`\`.txt`,
  '!x *.txt ~ & | ; < >',
];
const GUID = '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2';

describe('a file name in a string of a real language is that name', () => {
  let temp: TempFolder;

  before(async () => (temp = await TempFolder.create()));
  after(() => temp.remove());

  for (const [language, { interpreter, template, times, around }] of Object.entries(PRINTERS)) {
    it(`${language} as ${interpreter.file}`, async function () {
      await skipWithout(this, interpreter);
      const format: Format = { id: 'user:x', label: 'x', languages: [], language, template };
      const files = NAMES.map(name => ({ guid: GUID, name }));
      const code = render(format, files, { as: 'plain' });
      const printed = await runProgram(interpreter, around(code), temp.path);
      const expected = NAMES.flatMap(name => Array.from({ length: times }, () => name));
      assert.deepEqual(printed.split('\0').slice(0, -1), expected);
    });
  }
});
