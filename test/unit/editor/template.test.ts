import assert from 'node:assert/strict';
import { parseTemplate } from '../../../src/editor/template';
import type { TemplatePart } from '../../../src/editor/template';

const text = (content: string): TemplatePart => ({ kind: 'text', text: content });

describe('templates', () => {
  it('have named placeholders', () => {
    assert.deepEqual(parseTemplate('a ${guid} b ${taskId}'), [
      text('a '),
      { kind: 'field', field: 'guid' },
      text(' b '),
      { kind: 'field', field: 'taskId' },
    ]);
  });

  it('have tab stops, with a text that may name placeholders', () => {
    assert.deepEqual(parseTemplate('$1${2}${3:a ${name}}$0'), [
      { kind: 'stop', number: 1, initial: [] },
      { kind: 'stop', number: 2, initial: [] },
      { kind: 'stop', number: 3, initial: [text('a '), { kind: 'field', field: 'name' }] },
      { kind: 'stop', number: 0, initial: [] },
    ]);
  });

  const literal: readonly [template: string, written?: string][] = [
    ['${CLIPBOARD}'],
    ['$TM_FILENAME and ${TM_FILENAME}'],
    ['${TM_FILENAME/(.*)/${1:/upcase}/}'],
    ['${CLIPBOARD:text}'],
    ['${1|one,two|}'],
    ['${1/a/b/}'],
    ['${process.env.TOKEN}'],
    ['${Guid} ${guid } ${ guid}'],
    ['${names} ${items}'],
    ['${constructor} ${__proto__}'],
    ['$ $$ $x {} } {{token}}'],
    ['${1:never closed'],
    ['${'],
    ['C:\\files'],
    ['costs \\$1', 'costs $1'],
    ['\\${guid\\}', '${guid}'],
    ['\\\\${'.slice(0, 2), '\\'],
  ];
  for (const [template, written = template] of literal) {
    it(`take ${template} for text`, () => {
      const parts = parseTemplate(template);
      // `${1:/upcase}` inside a transform is the one thing that may look like a tab stop.
      const all = parts.map(part => (part.kind === 'text' ? part.text : '${1:/upcase}')).join('');
      assert.equal(all, written);
    });
  }

  it('take what snippets would run for text, also in the text of a tab stop', () => {
    assert.deepEqual(parseTemplate('${1:${CLIPBOARD}}'), [
      { kind: 'stop', number: 1, initial: [text('${CLIPBOARD}')] },
    ]);
  });

  it('of ours may name the items and all names', () => {
    assert.deepEqual(parseTemplate('${items}${names}', true), [
      { kind: 'field', field: 'items' },
      { kind: 'field', field: 'names' },
    ]);
  });

  it('end, whatever they are', () => {
    const hostile = '${1:'.repeat(5000) + '${guid'.repeat(1000);
    assert.equal(parseTemplate(hostile).length, 1);
  });
});
