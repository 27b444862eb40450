import assert from 'node:assert/strict';
import type { AttachRequest } from '../../../src/pyrus/attach';
import { arrivalIn } from '../../../src/pyrus/attachArrival';
import { md5, taskOf } from './tasksOnTheWire';

const before = { comments: [{ id: 10, attachments: [{ id: 1, name: 'old', size: 3, md5 }] }] };
const file = { guid: 'g', name: 'a', size: 3, md5 };
const me = 1731;
const other = 'f'.repeat(32);

const request = (more: Partial<AttachRequest> = {}): AttachRequest => ({
  task: taskOf(before),
  files: [file],
  ...more,
});
const attachment = (id: number, more: object = {}): object => ({
  id,
  name: 'a',
  size: 3,
  md5,
  ...more,
});
const comment = (id: number, more: object = {}): object => ({ id, author: { id: me }, ...more });
const field = (id: number, ...value: readonly object[]): object => ({ id, type: 'file', value });

/** Comment and file in which a request is found; `?` for a file that is missing. */
function found(task: object, asked: AttachRequest, author?: number): string | undefined {
  const arrived = arrivalIn(taskOf(task), asked, author);
  return arrived && `${arrived.commentId}: ${arrived.attached[0]?.fileId ?? '?'}`;
}
const after = (...comments: readonly object[]): object => ({
  comments: [...before.comments, ...comments],
});

describe('the comment that a request has made', () => {
  const cases: readonly [string, object, AttachRequest, expected: string | undefined][] = [
    ['is there', after(comment(11, { attachments: [attachment(2)] })), request(), '11: 2'],
    ['is not there', after(), request(), undefined],
    ['is an older one', after(comment(9, { attachments: [attachment(2)] })), request(), undefined],
    ['has no id', after({ attachments: [attachment(2)] }), request(), undefined],
    [
      "is somebody else's",
      after(comment(11, { author: { id: 5 }, attachments: [attachment(2)] })),
      request(),
      undefined,
    ],
    [
      'is of nobody that is named',
      after(comment(11, { author: { first_name: 'Bob' }, attachments: [attachment(2)] })),
      request(),
      '11: 2',
    ],
    ['has no author', after({ id: 11, attachments: [attachment(2)] }), request(), '11: 2'],
    [
      'names a file that was there before',
      after(comment(11, { attachments: [attachment(1)] })),
      request(),
      undefined,
    ],
    [
      'has a link for a file',
      after(comment(11, { attachments: [{ name: 'a', url: 'https://a.example/' }] })),
      request(),
      undefined,
    ],
    [
      'is the newest of two that have it, in any order',
      after(
        comment(12, { attachments: [attachment(3)] }),
        comment(11, { attachments: [attachment(2)] }),
      ),
      request(),
      '12: 3',
    ],
    [
      'is the one that has it, not the newest',
      after(comment(11, { attachments: [attachment(2)] }), comment(12, { text: 'later' })),
      request(),
      '11: 2',
    ],
    [
      'is the one that has it, not the one with the words',
      after(comment(11, { attachments: [attachment(2)] }), comment(12, { text: 'x' })),
      request({ text: 'x' }),
      '11: 2',
    ],
    [
      'has lost its files, but not its words',
      after(comment(11, { text: 'Слова\n и ещё' }), comment(12, { text: 'x' })),
      request({ text: ' Слова  и \r\n\r\nещё ' }),
      '11: ?',
    ],
    [
      'has other words',
      after(comment(11, { text: 'Словаиещё' })),
      request({ text: 'Слова и ещё' }),
      undefined,
    ],
    ['has no words', after(comment(11)), request({ text: 'Слова' }), undefined],
    ['has no words, nor had the request', after(comment(11)), request(), undefined],
    [
      'has blank words, and so had the request',
      after(comment(11, { text: ' ' })),
      request({ text: ' ' }),
      undefined,
    ],
    [
      'wrote to the field',
      after(comment(11, { field_updates: [field(17, attachment(2)), field(18, attachment(3))] })),
      request({ fieldId: 18 }),
      '11: 3',
    ],
    [
      'wrote to another field',
      {
        ...after(comment(11, { field_updates: [field(17, attachment(2))] })),
        fields: [field(18, attachment(3))],
      },
      request({ fieldId: 18 }),
      undefined,
    ],
    [
      'does not tell what it wrote to the field',
      {
        ...after(comment(11)),
        fields: [field(17, attachment(2)), field(18, attachment(1), attachment(3))],
      },
      request({ fieldId: 18 }),
      '11: 3',
    ],
    [
      'put into the comment what was for the field',
      after(comment(11, { attachments: [attachment(2)] })),
      request({ fieldId: 18 }),
      undefined,
    ],
  ];
  const unknown = [{ guid: 'u' }];
  const strangers = (count: number, more: object = {}): object =>
    comment(11, {
      ...more,
      attachments: Array.from({ length: count }, (_, at) => attachment(2 + at, { md5: other })),
    });
  const guessed: typeof cases = [
    [
      'of a GUID of which nothing is known has its words and as many files',
      after(strangers(1, { text: 'Слова\nи ещё' })),
      request({ files: unknown, text: 'Слова и ещё ' }),
      '11: 2',
    ],
    [
      'of a GUID of which nothing is known has other words',
      after(strangers(1, { text: 'другое' })),
      request({ files: unknown, text: 'Слова' }),
      undefined,
    ],
    [
      'of a GUID of which nothing is known has words, and the request had none',
      after(strangers(1, { text: 'другое' })),
      request({ files: unknown }),
      undefined,
    ],
    [
      'of a GUID of which nothing is known has no words, like the request',
      after(strangers(1)),
      request({ files: unknown, text: ' ' }),
      '11: 2',
    ],
    [
      'of a GUID of which nothing is known has its words, and more files',
      after(strangers(2, { text: 'Слова' })),
      request({ files: unknown, text: 'Слова' }),
      undefined,
    ],
    [
      'of a GUID of which nothing is known has its words, and fewer files',
      after(strangers(1, { text: 'Слова' })),
      request({ files: [...unknown, { guid: 'v' }], text: 'Слова' }),
      undefined,
    ],
    [
      'of a GUID of which nothing is known is the one with the words, not the newest',
      after(
        strangers(1, { text: 'Слова' }),
        comment(12, { attachments: [attachment(5, { md5: other })] }),
      ),
      request({ files: unknown, text: 'Слова' }),
      '11: 2',
    ],
    [
      'of a GUID of which nothing is known has lost its files, but not its words',
      after(strangers(1, { text: 'другое' }), comment(12, { text: 'Слова' })),
      request({ files: unknown, text: 'Слова' }),
      '12: ?',
    ],
    [
      'is not known by a GUID of which nothing is known when its other file is not there',
      after(strangers(2)),
      request({ files: [file, ...unknown] }),
      undefined,
    ],
    [
      'is known by one file, whatever is known of the other',
      after(comment(11, { attachments: [attachment(2), attachment(3, { md5: other })] })),
      request({ files: [file, ...unknown], text: 'Слова' }),
      '11: 2',
    ],
  ];
  for (const [what, task, asked, expected] of [...cases, ...guessed]) {
    it(`${what}: ${expected ?? 'none'}`, () => assert.equal(found(task, asked, me), expected));
  }

  it('is certainly one of those in the answer to it, whoever is said to have made it', () => {
    const others = after(comment(11, { author: { id: 5 }, attachments: [attachment(2)] }));
    assert.equal(found(others, request()), '11: 2');
    assert.equal(found(after(comment(11)), request()), '11: ?');
    assert.equal(found(after(), request()), undefined);
  });
});
