import assert from 'node:assert/strict';
import { indentBefore, indentedSnippet, withoutTabStops } from '../../../src/editor/snippetText';

describe('a snippet', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['plain', 'plain'],
    ['a $1 b ${2} c', 'a  b  c'],
    ['${1:TASK_ID}/${2:x}', 'TASK_ID/x'],
    ['${2:task ${1:TASK_ID}!}', 'task TASK_ID!'],
    ['\\$1 \\${1:no\\} \\\\', '$1 ${1:no} \\'],
    ['${1:a\\}b\\$c}', 'a}b$c'],
    ['\\${CLIPBOARD\\} \\\\${1:x}', '${CLIPBOARD} \\x'],
  ];
  for (const [snippet, text] of cases) {
    it(`${snippet} leaves ${text}`, () => assert.equal(withoutTabStops(snippet), text));
  }

  it('is indented as the line it is put in, by the unit of the editor', () => {
    assert.equal(
      indentedSnippet('{\n\t"a": [\n\t\t1\n\t]\n}', '  ', '    '),
      '{\n      "a": [\n          1\n      ]\n  }',
    );
    assert.equal(indentBefore('a\n  \tb', 5), '  \t');
    assert.equal(indentBefore('a\n  \tb', 3), ' ');
    assert.equal(indentBefore('abc', 2), '');
  });
});
