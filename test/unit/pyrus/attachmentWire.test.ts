import assert from 'node:assert/strict';
import { filesOf } from '../../../src/pyrus/taskFiles';
import { filesIn, md5, taskOf } from './tasksOnTheWire';

describe('what counts as a file of a task', () => {
  const attachment = 'https://pyrus.com/services/attachment?id=5';
  const cases: readonly [what: string, item: unknown, expected: 'file' | 'link' | undefined][] = [
    ['size and MD5', { id: 5, name: 'a', size: 1, md5 }, 'file'],
    ['a size, wherever its url leads', { id: 5, size: 0, url: 'https://evil.example/5' }, 'file'],
    ['an MD5 in capitals', { id: 5, md5: md5.toUpperCase() }, 'file'],
    ['an id alone', { id: '5' }, 'file'],
    ["Pyrus's own url", { id: 5, url: attachment }, 'file'],
    [
      "Pyrus's own url on another of its hosts",
      { id: 5, url: 'https://files.pyrus.com/files/5' },
      'file',
    ],
    ["Pyrus's own url of another file", { id: 6, url: attachment }, 'link'],
    ['a link to a task', { id: 5, name: 'a', url: 'https://pyrus.com/t#id5' }, 'link'],
    [
      'a url like that of a file elsewhere',
      { id: 5, url: 'https://evil.example/services/attachment?id=5' },
      'link',
    ],
    [
      'a url on a host that looks like ours',
      { id: 5, url: 'https://pyrus.com.evil.example/files/5' },
      'link',
    ],
    ['a link without an id', { name: 'a', url: 'https://docs.example/x' }, 'link'],
    ['a link that is none', { id: 5, url: 'javascript:alert(1)' }, 'link'],
    ['a GUID for an id', { id: '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2', size: 1 }, undefined],
    ['a wrong MD5 and a link', { id: 5, md5: 'x', size: -1, url: 'https://docs.example/' }, 'link'],
    ['nothing', {}, undefined],
    ['null', null, undefined],
    ['a text', 'x', undefined],
    ['a list', [1], undefined],
  ];
  for (const [what, item, expected] of cases) {
    it(`${what}: ${expected ?? 'neither a file nor a link'}`, () => {
      const [found] = taskOf({ attachments: [item] }).attachments;
      assert.equal(found?.kind, expected);
    });
  }

  it('on premises: only what is at its own address, port and all', () => {
    const own = 'http://127.0.0.1:5000/';
    const corp = { apiUrl: `${own}api/v4/`, filesUrl: own };
    const urls = [
      `${own}services/attachment?id=5`,
      'http://127.0.0.1:5001/services/attachment?id=5',
      attachment,
    ];
    const items = urls.map(url => ({ id: 5, url }));
    assert.deepEqual(
      taskOf({ attachments: items }, corp).attachments.map(({ kind }) => kind),
      ['file', 'link', 'link'],
    );
  });

  it('is read leniently, and what makes no sense counts as absent', () => {
    const item = {
      id: '7',
      size: '12',
      md5: md5.toUpperCase(),
      version: '2',
      root_id: '6',
      more: 1,
    };
    const { place, removed, ...file } =
      filesIn({ attachments: [item] })[0] ?? assert.fail('no file');
    assert.deepEqual([place, removed], [{ kind: 'task' }, false]);
    assert.deepEqual(file, {
      kind: 'file',
      id: 7,
      name: 'file-7',
      size: 12,
      md5,
      version: 2,
      rootId: 6,
    });
    const nonsense = { id: 7, name: 7, size: 1.5, md5: 'zz', version: -1, root_id: null };
    const [bare] = taskOf({ attachments: [nonsense] }).attachments;
    assert.deepEqual(bare, { kind: 'file', id: 7, name: 'file-7' });
  });

  it('never opens anything but the web', () => {
    const urls = [
      'command:x',
      'file:///etc/passwd',
      'javascript:1',
      'vscode://x',
      'https://a.example/b c',
    ];
    const { links } = filesOf(taskOf({ attachments: urls.map(url => ({ name: 'n', url })) }));
    assert.deepEqual(
      links.flatMap(({ url }) => url ?? []),
      ['https://a.example/b%20c'],
    );
  });
});
