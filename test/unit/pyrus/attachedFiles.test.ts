import assert from 'node:assert/strict';
import { matched } from '../../../src/pyrus/attachedFiles';
import type { FileToAttach } from '../../../src/pyrus/attachedFiles';
import type { FileAttachment } from '../../../src/pyrus/attachmentWire';

const one = '1'.repeat(32);
const two = '2'.repeat(32);

/** An upload; its GUID is a letter here. */
const up = (guid: string, more: Partial<FileToAttach> = {}): FileToAttach => ({
  guid,
  name: 'a.txt',
  size: 1,
  md5: one,
  ...more,
});
const file = (id: number, more: Partial<FileAttachment> = {}): FileAttachment => ({
  kind: 'file',
  id,
  name: 'a.txt',
  size: 1,
  md5: one,
  ...more,
});

/** Which upload is which file, `?` when it is there but nobody can tell; missing ones are left out. */
function ids(files: readonly FileToAttach[], brought: readonly FileAttachment[]): string {
  const { attached, missing } = matched(files, brought, 7);
  assert.equal(attached.length + missing.length, files.length);
  assert.ok(attached.every(({ commentId }) => commentId === 7));
  return attached.map(({ guid, fileId }) => `${guid}:${fileId ?? '?'}`).join(' ');
}

describe('which upload became which file', () => {
  const cases: readonly [string, FileToAttach[], FileAttachment[], string][] = [
    ['one of one', [up('a')], [file(1)], 'a:1'],
    ['in any order', [up('a'), up('b', { md5: two })], [file(2, { md5: two }), file(1)], 'a:1 b:2'],
    ['none of none', [up('a')], [], ''],
    ['other bytes', [up('a')], [file(1, { md5: two })], ''],
    ['another length', [up('a')], [file(1, { size: 2 })], ''],
    [
      'told by name only',
      [up('a'), up('b', { name: 'b.txt' })],
      [file(2, { name: 'b.txt' }), file(1)],
      'a:1 b:2',
    ],
    ['the same twice', [up('a'), up('b')], [file(1), file(2)], 'a:? b:?'],
    ['the same twice, one of them missing', [up('a'), up('b')], [file(1)], 'a:?'],
    ['one that could be two', [up('a')], [file(1), file(2)], 'a:?'],
    [
      'the same twice beside another',
      [up('a'), up('b'), up('c', { md5: two })],
      [file(1), file(3, { md5: two }), file(2)],
      'a:? b:? c:3',
    ],
    [
      'told by what it is a version of',
      [up('a'), up('b', { rootId: 9 })],
      [file(1, { rootId: 9 }), file(2)],
      'a:2 b:1',
    ],
    [
      'a first version that names itself',
      [up('a'), up('b', { rootId: 9 })],
      [file(1, { rootId: 1 }), file(2, { rootId: 9 })],
      'a:1 b:2',
    ],
    ['a version that became a file of its own', [up('a', { rootId: 9 })], [file(1)], 'a:1'],
    [
      'a name in another Unicode form',
      [up('a', { name: 'й.txt' })],
      [file(1, { name: 'й.txt' })],
      'a:1',
    ],
    [
      'a name that was stored otherwise',
      [up('a', { name: 'a"b.txt' })],
      [file(1, { name: 'a_b.txt' })],
      'a:1',
    ],
    [
      'a name stored otherwise beside the right one',
      [up('a', { name: 'x' }), up('b')],
      [file(2), file(1, { name: 'y' })],
      'a:1 b:2',
    ],
    ['a GUID of which nothing is known', [{ guid: 'a' }], [file(1)], 'a:1'],
    [
      'a GUID of which nothing is known beside one that is',
      [{ guid: 'a' }, up('b')],
      [file(2), file(1, { md5: two })],
      'a:1 b:2',
    ],
    [
      'two GUIDs of which nothing is known',
      [{ guid: 'a' }, { guid: 'b' }],
      [file(1), file(2, { md5: two })],
      'a:? b:?',
    ],
    ['a file that tells little', [up('a')], [{ kind: 'file', id: 1, name: 'a.txt' }], 'a:1'],
    [
      'a file that tells little, under another name',
      [up('a')],
      [{ kind: 'file', id: 1, name: 'b.txt' }],
      '',
    ],
    [
      'more than was sent',
      [up('a')],
      [file(3, { md5: two }), file(1), file(2, { name: 'z', size: 5 })],
      'a:1',
    ],
  ];
  for (const [what, files, brought, expected] of cases) {
    it(`${what}: ${expected || 'missing'}`, () => assert.equal(ids(files, brought), expected));
  }

  it('is told with its version and the first one', () => {
    const { attached } = matched([up('a', { rootId: 9 })], [file(1, { version: 3, rootId: 9 })]);
    assert.deepEqual(attached, [{ guid: 'a', fileId: 1, version: 3, rootId: 9 }]);
  });

  it('names the missing in their order', () => {
    const files = [up('a'), up('b', { md5: two }), up('c', { size: 3 })];
    const { missing } = matched(files, [file(1, { md5: two })]);
    assert.deepEqual(
      missing.map(({ guid }) => guid),
      ['a', 'c'],
    );
  });
});
