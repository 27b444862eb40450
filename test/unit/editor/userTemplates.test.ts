import assert from 'node:assert/strict';
import { defaultFormat, formatsFor } from '../../../src/editor/formats';
import { render } from '../../../src/editor/render';
import { userTemplates } from '../../../src/editor/userTemplates';

const FILES = [
  { guid: '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2', name: 'a.txt', md5: 'd1', size: 12 },
  { guid: '18923d83-255b-4f18-b0eb-5c4d3b9bf1d2', name: 'b "c".txt' },
];

describe('templates of the user', () => {
  const one = (template: unknown, languageId = 'python'): unknown => ({
    [languageId]: [{ label: 'Ours', template }],
  });

  it('are the default of their language, with what is built in behind them', () => {
    const { formats, problems } = userTemplates(one('attach("${guid}")'));
    assert.deepEqual(problems, []);
    assert.equal(defaultFormat('python', formats).id, 'user:python:Ours');
    const ids = formatsFor('python', formats).map(({ id }) => id);
    assert.deepEqual(ids.slice(0, 4), ['user:python:Ours', 'python', 'python-requests', 'guid']);
    assert.equal(defaultFormat('go', formats).id, 'go');
  });

  it('for any language are offered everywhere, and the default where there is nothing else', () => {
    const { formats } = userTemplates(one('${guid}', '*'));
    assert.equal(defaultFormat('go', formats).id, 'go');
    assert.equal(defaultFormat('ruby', formats).id, 'user:*:Ours');
    assert.equal(formatsFor('go', formats)[1]?.id, 'user:*:Ours');
  });

  it('are repeated for each file, one per line', () => {
    const [format] = userTemplates(one('x("${guid}", "${name}", "${md5}", ${size}0)')).formats;
    assert.ok(format !== undefined);
    assert.equal(
      render(format, FILES, { as: 'plain' }),
      'x("08923d83-255b-4f18-b0eb-5c4d3b9bf1d2", "a.txt", "d1", 120)\n' +
        'x("18923d83-255b-4f18-b0eb-5c4d3b9bf1d2", "b \\"c\\".txt", "", 0)',
    );
  });

  it('may be a list of lines', () => {
    const [format] = userTemplates(one(['a', 'b ${taskId}'])).formats;
    assert.ok(format !== undefined);
    assert.equal(render(format, FILES.slice(0, 1), { as: 'plain', taskId: 11611 }), 'a\nb 11611');
  });

  it('get a tab stop for an unknown task that is not one of theirs', () => {
    const [format] = userTemplates(one('$1 ${2:x} ${taskId} ${taskId}')).formats;
    assert.ok(format !== undefined);
    const snippet = render(format, FILES.slice(0, 1), { as: 'snippet' });
    assert.equal(snippet, '${1} ${2:x} ${3:TASK_ID} ${3:TASK_ID}');
  });

  it('cannot pose as built-in ones', () => {
    const [format] = userTemplates({
      python: [{ label: 'L', template: '${items} ${names}' }],
    }).formats;
    assert.ok(format !== undefined);
    assert.equal(render(format, FILES.slice(0, 1), { as: 'plain' }), '${items} ${names}');
  });

  const bad: readonly [value: unknown, at: string, kind: string][] = [
    [[], '', 'notAnObject'],
    ['x', '', 'notAnObject'],
    [{ python: 'x' }, 'python', 'notAList'],
    [{ python: ['x'] }, 'python[0]', 'notAnObject'],
    [{ python: [null] }, 'python[0]', 'notAnObject'],
    [{ python: [{ template: 'x' }] }, 'python[0]', 'noLabel'],
    [{ python: [{ label: ' ', template: 'x' }] }, 'python[0]', 'noLabel'],
    [{ python: [{ label: 'x' }] }, 'python[0]', 'noTemplate'],
    [{ python: [{ label: 'x', template: 1 }] }, 'python[0]', 'noTemplate'],
    [{ python: [{ label: 'x', template: ['a', 1] }] }, 'python[0]', 'noTemplate'],
    [{ python: [{ label: 'x', template: [] }] }, 'python[0]', 'noTemplate'],
    [{ python: [{ label: 'x', template: 'y'.repeat(20_001) }] }, 'python[0]', 'tooLong'],
  ];
  for (const [value, at, kind] of bad) {
    it(`are told when they are wrong: ${JSON.stringify(value).slice(0, 60)}`, () => {
      assert.deepEqual(userTemplates(value), { formats: [], problems: [{ at, kind }] });
    });
  }

  it('that are good are used beside those that are not', () => {
    const value = { python: [1, { label: 'Ours', template: 'x' }], go: 2 };
    const { formats, problems } = userTemplates(value);
    assert.deepEqual(
      formats.map(({ id }) => id),
      ['user:python:Ours'],
    );
    assert.equal(problems.length, 2);
  });

  it('are none when nothing is set', () => {
    assert.deepEqual(userTemplates(undefined), { formats: [], problems: [] });
    assert.deepEqual(userTemplates({}), { formats: [], problems: [] });
  });

  it('are limited in number', () => {
    const entries = Array.from({ length: 300 }, () => ({ label: 'x', template: 'y' }));
    const { formats, problems } = userTemplates({ python: entries });
    assert.deepEqual([formats.length, problems], [200, [{ at: '', kind: 'tooMany' }]]);
  });
});
