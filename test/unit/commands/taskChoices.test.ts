import assert from 'node:assert/strict';
import { suggestedTask, taskChoices } from '../../../src/commands/taskChoices';
import type { Server } from '../../../src/pyrus/servers';

const cloud: Server = { kind: 'cloud' };
const onPremises: Server = { kind: 'onPremises', origin: 'https://pyrus.corp.example' };

describe('the tasks offered', () => {
  it('come once each, in the order of their sources', () => {
    const choices = taskChoices({
      suggested: { id: 1, source: 'clipboard' },
      branch: { id: 2, source: 'branch', detail: 'fix-2' },
      recent: [{ id: 3, title: 'three' }, { id: 1 }],
      inbox: [{ id: 2 }, { id: 4, title: 'four' }, { id: 3, title: 'three' }],
    });
    assert.deepEqual(
      choices.map(({ id, source }) => [id, source]),
      [
        [1, 'clipboard'],
        [2, 'branch'],
        [3, 'recent'],
        [4, 'inbox'],
      ],
    );
  });

  it('have the title that any source knows, the first one’s if they differ', () => {
    const [one, two] = taskChoices({
      suggested: { id: 1, source: 'clipboard' },
      recent: [{ id: 2, title: 'as read' }, { id: 1 }],
      inbox: [
        { id: 1, title: 'one' },
        { id: 2, title: 'first line' },
      ],
    });
    assert.equal(one?.title, 'one');
    assert.equal(two?.title, 'as read');
  });

  it('of the inbox say their group and their author', () => {
    const [task, other, third] = taskChoices({
      recent: [],
      inbox: [
        { id: 1, group: 'Формы', author: { name: 'Bob Smith' } },
        { id: 2, author: { id: 3, name: '' } },
        { id: 3, group: 'Формы' },
      ],
    });
    assert.equal(task?.detail, 'Формы · Bob Smith');
    assert.equal(other?.detail, undefined);
    assert.equal(third?.detail, 'Формы');
  });
});

describe('a task is suggested', () => {
  const from = (selection: string, clipboard: string, server: Server = cloud): unknown => {
    const choice = suggestedTask(selection, clipboard, server);
    return choice && [choice.id, choice.source];
  };

  for (const [text, id] of [
    ['11613', 11613],
    ['#11613', 11613],
    ['№ 11613', 11613],
    ['#7', 7],
    ['  https://pyrus.com/t#id11613\n', 11613],
    ['https://pyrus.com/t#id11613?tab=1', 11613],
    ['https://api.pyrus.com/v4/tasks/11613', 11613],
    ['pyrus.com/t#id11613', 11613],
    ['"https://pyrus.com/t#id11613"', 11613],
  ] as const) {
    it(`by ${JSON.stringify(text)} on the clipboard`, () => {
      assert.deepEqual(from('', text), [id, 'clipboard']);
      assert.deepEqual(from(text, ''), [id, 'selection']);
    });
  }

  for (const text of [
    '',
    '   ',
    '0',
    '2026',
    '99999999999',
    'see https://pyrus.com/t#id11613',
    'https://pyrus.com/t#id11613 and more',
    '11613 11614',
    '11613\n11614',
    'https://evil.example/t#id11613',
    'https://pyrus.com.evil.example/t#id11613',
    'https://pyrus.com/services/attachment?id=424060439',
    'https://pyrus.com/t#rg1330902',
    'https://pyrus.com/form/321',
    '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2',
    'task 11613',
    `https://pyrus.com/t#id11613?${'x'.repeat(2000)}`,
  ]) {
    it(`not by ${JSON.stringify(text.slice(0, 60))}`, () => {
      assert.equal(from('', text), undefined);
    });
  }

  it('by a short number only if that is selected', () => {
    assert.deepEqual(from('2026', '2025'), [2026, 'selection']);
  });

  it('by the selection rather than the clipboard', () => {
    assert.deepEqual(from('#1', '#2'), [1, 'selection']);
    assert.deepEqual(from('words', '#2'), [2, 'clipboard']);
  });

  it('by links of the account’s own Pyrus only', () => {
    const own = 'https://pyrus.corp.example/t#id11613';
    assert.deepEqual(from('', own, onPremises), [11613, 'clipboard']);
    assert.equal(from('', own, cloud), undefined);
    assert.equal(from('', 'https://pyrus.com/t#id11613', onPremises), undefined);
  });
});
