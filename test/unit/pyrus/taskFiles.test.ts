import assert from 'node:assert/strict';
import { versionsNamed, versionsOf } from '../../../src/pyrus/fileVersions';
import { filesOf } from '../../../src/pyrus/taskFiles';
import { taskAnswer } from '../../../src/pyrus/taskWire';
import { cloud, filesIn, md5, taskOf } from './tasksOnTheWire';

describe('what is told of a file', () => {
  const person = (id: number): object => ({ id, first_name: 'P', last_name: String(id) });
  const comment = (id: number, more: object): object => ({
    id,
    author: person(id),
    create_date: `2026-01-0${id}T00:00:00Z`,
    ...more,
  });

  it('is the best of all places: where it is now, and how it first came', () => {
    const [file, ...rest] = filesIn({
      author: person(9),
      create_date: '2025-12-31T00:00:00Z',
      attachments: [{ id: 5, size: 3 }],
      comments: [
        comment(1, { text: 'here', attachments: [{ id: 5, name: 'a', md5 }] }),
        comment(2, { text: 'again', attachments: [{ id: 5, version: 4 }] }),
      ],
      fields: [{ id: 18, type: 'file', name: 'Docs', value: [{ id: 5, root_id: 2 }] }],
    });
    assert.deepEqual(rest, []);
    assert.deepEqual(file, {
      kind: 'file',
      id: 5,
      name: 'file-5',
      size: 3,
      md5,
      version: 4,
      rootId: 2,
      place: { kind: 'field', id: 18, name: 'Docs', inTable: false },
      author: { id: 1, name: 'P 1' },
      date: '2026-01-01T00:00:00Z',
      comment: { id: 1, text: 'here' },
      removed: false,
    });
  });

  it("is the task's own author and date for what came with it", () => {
    const [file] = filesIn({
      author: { email: 'bot@x' },
      create_date: '2025-12-31T00:00:00Z',
      attachments: [{ id: 5 }],
    });
    assert.deepEqual([file?.author, file?.date], [{ name: 'bot@x' }, '2025-12-31T00:00:00Z']);
  });

  it('is the comment that wrote it into a field', () => {
    const written = { id: 18, type: 'file', name: 'Docs', value: [{ id: 5 }] };
    const [file] = filesIn({
      comments: [comment(1, { field_updates: [written] })],
      fields: [{ ...written, value: [{ id: 5 }] }],
    });
    assert.deepEqual([file?.place.kind, file?.author?.id, file?.comment], ['field', 1, { id: 1 }]);
  });

  it('is nothing where nothing is told', () => {
    const [file] = filesIn({
      author: null,
      comments: [{ author: {}, create_date: 'yesterday', text: 7, attachments: [{ id: 5 }] }],
    });
    assert.deepEqual(file, {
      kind: 'file',
      id: 5,
      name: 'file-5',
      place: { kind: 'comment' },
      comment: {},
      removed: false,
    });
  });

  it('holds for comments whose ids have 64 bits', () => {
    const ids = [3_232_898_654, '9007199254740993', 9_223_372_036_854_775_000];
    const comments = ids.map(id => ({ id, attachments: [{ id: 5 }] }));
    assert.equal(taskOf({ comments }).lastCommentId, Number(ids[2]));
  });

  const removals: readonly [what: string, comments: readonly object[], removed: boolean][] = [
    [
      'removed by a later comment',
      [{ attachments: [{ id: 5 }] }, { removed_attachment_ids: [5] }],
      true,
    ],
    [
      'removed before it came again',
      [{ removed_attachment_ids: ['5'] }, { attachments: [{ id: 5 }] }],
      false,
    ],
    [
      'in a deleted comment',
      [{ id: 1, attachments: [{ id: 5 }] }, { delete_comment_id: '1' }],
      true,
    ],
    [
      'in a deleted comment and in another one',
      [{ id: 1, attachments: [{ id: 5 }] }, { delete_comment_id: 1 }, { attachments: [{ id: 5 }] }],
      false,
    ],
    [
      'in an edit of a deleted comment',
      [
        { id: 1 },
        { id: 2, edit_comment_id: 1, attachments: [{ id: 5 }] },
        { delete_comment_id: 1 },
      ],
      true,
    ],
    [
      'removed, and then in a deleted comment',
      [
        { removed_attachment_ids: [5] },
        { id: 2, attachments: [{ id: 5 }] },
        { delete_comment_id: 2 },
      ],
      true,
    ],
    [
      'in an edited comment',
      [
        { id: 1, attachments: [{ id: 5 }] },
        { edit_comment_id: 1, text: 'x' },
      ],
      false,
    ],
    [
      'deleted by somebody who deletes nothing',
      [{ attachments: [{ id: 5 }] }, { delete_comment_id: 'x' }],
      false,
    ],
  ];
  for (const [what, comments, removed] of removals) {
    it(`${what}: ${removed ? 'removed' : 'still there'}`, () =>
      assert.deepEqual(
        filesIn({ comments }).map(file => file.removed),
        [removed],
      ));
  }

  it('is a link once, however often it was attached', () => {
    const link = { name: 'Spec', url: 'https://docs.example/x' };
    const { links } = filesOf(
      taskOf({
        attachments: [{ id: 1, ...link }],
        comments: [
          comment(1, { attachments: [{ id: 2, ...link }] }),
          comment(2, { attachments: [link] }),
        ],
      }),
    );
    assert.deepEqual(
      links.map(({ name, author }) => [name, author?.id]),
      [['Spec', 1]],
    );
  });
});

describe('versions of a file', () => {
  const files = filesIn({
    attachments: [
      { id: 1, name: 'a.txt' },
      { id: 2, name: 'b.txt', version: 1 },
      { id: 4, name: 'b.txt', version: 3, root_id: 2 },
      { id: 3, name: 'b.txt', version: 2, root_id: 2 },
      { id: 6, name: 'c.txt', root_id: 5 },
      { id: 8, name: 'й.txt', root_id: 5 },
    ],
    comments: [{ removed_attachment_ids: [1] }],
  });

  it('are together, newest first, also when the first one is gone', () => {
    assert.deepEqual(
      versionsOf(files).map(({ rootId, versions }) => [rootId, versions.map(({ id }) => id)]),
      [
        [1, [1]],
        [2, [4, 3, 2]],
        [5, [8, 6]],
      ],
    );
  });

  it('can be continued under the name of the newest one that is there', () => {
    const named = (name: string): number[] =>
      versionsNamed(versionsOf(files), name).map(({ rootId }) => rootId);
    assert.deepEqual([named('b.txt'), named('й.txt'), named('й.txt')], [[2], [5], [5]]);
    assert.deepEqual([named('a.txt'), named('c.txt'), named('B.txt')], [[], [], []]);
  });
});

describe('a large task', () => {
  /** Every comment brings a file, writes another one into a table, and removes one. */
  const largeTask = (size: number): unknown => ({
    task: {
      id: 1,
      comments: Array.from({ length: size }, (_, index) => ({
        id: index + 1,
        attachments: [{ id: index * 2 + 1, name: 'a', size: 1, root_id: 1 }],
        removed_attachment_ids: [index],
        field_updates: [
          {
            type: 'table',
            value: [{ cells: [{ type: 'file', id: 2, value: [{ id: index * 2 + 2 }] }] }],
          },
        ],
      })),
    },
  });

  const cost = (body: unknown): number => {
    const rounds = Array.from({ length: 5 }, () => {
      const before = process.cpuUsage();
      const task = taskAnswer(body, cloud) ?? assert.fail('it is no task');
      versionsOf(filesOf(task).files);
      return process.cpuUsage(before).user;
    });
    return Math.min(...rounds);
  };

  it('takes time in proportion to its size', function () {
    this.timeout(30_000);
    const small = cost(largeTask(500));
    const large = cost(largeTask(5000));
    assert.ok(large / small < 40, `${small} µs, then ${large} µs for ten times as much`);
  });

  it('may have more cells in a row than a call has arguments', function () {
    this.timeout(30_000);
    const cells = Array.from({ length: 130_000 }, (_, index) => ({
      type: 'file',
      value: [{ id: index + 1 }],
    }));
    assert.equal(filesIn({ fields: [{ type: 'table', value: [{ cells }] }] }).length, 130_000);
  });
});
