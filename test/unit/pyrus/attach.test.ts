import assert from 'node:assert/strict';
import type { AttachRequest, Attached } from '../../../src/pyrus/attach';
import type { FileToAttach } from '../../../src/pyrus/attachedFiles';
import type { PyrusFailure } from '../../../src/pyrus/errors';
import { filesOf } from '../../../src/pyrus/taskFiles';
import { fileIds } from '../../pyrus-server/fixtures';
import { startPyrus } from '../../pyrus-server/pyrus';
import type { PyrusServer } from '../../pyrus-server/pyrus';
import {
  pyrusError,
  withComments,
  withLastComment,
  withoutGuids,
} from '../../pyrus-server/scripted';
import { taskIds } from '../../pyrus-server/taskParts';
import { failure } from './failure';
import { signedInClient } from './signedInClient';
import type { SignedInClient } from './signedInClient';
import { uploadText } from './uploads';

describe('attaching to a task', () => {
  let pyrus: PyrusServer;
  let me: SignedInClient;

  beforeEach(async () => {
    pyrus = await startPyrus();
    me = await signedInClient(pyrus);
  });
  afterEach(async () => {
    assert.deepEqual(pyrus.foreignRequests, []);
    await pyrus.close();
  });

  const uploaded = (name: string, text = name): Promise<FileToAttach> => uploadText(me, name, text);
  const attach = async (
    id: number,
    files: readonly FileToAttach[],
    more: Partial<AttachRequest> = {},
  ): Promise<Attached> => {
    const task = more.task ?? (await me.client.task(id, { signal: me.signal }));
    return me.client.attach({ files, ...more, task }, { signal: me.signal });
  };
  const comments = (): unknown[] =>
    pyrus.requests
      .filter(({ method, path }) => method === 'POST' && path.endsWith('/comments'))
      .map(({ body }): unknown => JSON.parse(body ?? ''));
  const COMMENT = /^POST \S*\/comments$/;

  it('E41 tells which file each GUID has become, and leaves a closed task closed', async () => {
    const files = [await uploaded('Отчёт.txt'), await uploaded('b.txt')];
    const done = await attach(taskIds.closed, files, { text: 'Файлы из VS Code' });
    assert.deepEqual(done.files, [
      { guid: files[0]?.guid, fileId: 424_060_439, version: 1, commentId: 3_232_898_655 },
      { guid: files[1]?.guid, fileId: 424_060_440, version: 1, commentId: 3_232_898_655 },
    ]);
    assert.deepEqual([done.commentId, done.task.isClosed], [3_232_898_655, true]);
    assert.deepEqual(comments(), [
      {
        text: 'Файлы из VS Code',
        attachments: files.map(({ guid }) => ({ guid })),
        skip_auto_reopen: true,
      },
    ]);
  });

  it('says no words that are none, and notifies nobody when asked', async () => {
    await attach(taskIds.simple, [await uploaded('a')], { text: ' \n', skipNotification: true });
    const [{ guid } = { guid: '' }] = pyrus.uploads;
    assert.deepEqual(comments(), [
      { attachments: [{ guid }], skip_notification: true, skip_auto_reopen: true },
    ]);
  });

  it('E48 reopens a closed task when asked', async () => {
    const done = await attach(taskIds.closed, [await uploaded('a')], { skipAutoReopen: false });
    assert.equal(done.task.isClosed, false);
  });

  it('E43 makes a new version of a file', async () => {
    const file = await uploaded('S15294-16.pdf');
    const { files } = await attach(taskIds.form, [{ ...file, rootId: fileIds.firstVersion }]);
    assert.deepEqual([files[0]?.version, files[0]?.rootId], [3, fileIds.firstVersion]);
  });

  it('E47 puts files into a field, and into one inside a section', async () => {
    for (const fieldId of [18, 21]) {
      const file = await uploaded(`for ${fieldId}`);
      const done = await attach(taskIds.form, [file], { fieldId });
      const [{ fileId } = { fileId: 0 }] = done.files;
      const place = filesOf(done.task).files.find(({ id }) => id === fileId)?.place;
      assert.ok(place?.kind === 'field' && place.id === fieldId);
    }
    assert.ok(!JSON.stringify(comments()).includes('attachments'));
  });

  it('finds files in a field when the comment does not tell what it wrote', async () => {
    pyrus.script({ match: COMMENT, reshape: withLastComment(() => ({ field_updates: null })) });
    const { files } = await attach(taskIds.form, [await uploaded('a')], { fieldId: 18 });
    assert.equal(files[0]?.fileId, 424_060_439);
  });

  it('cannot tell files apart that are the same, and says nothing wrong', async () => {
    const files = [await uploaded('a'), await uploaded('a'), await uploaded('b')];
    const done = await attach(taskIds.simple, files);
    assert.deepEqual(
      done.files.map(({ fileId }) => fileId),
      [undefined, undefined, 424_060_441],
    );
  });

  it('takes a GUID of which nothing is known', async () => {
    const { guid } = await uploaded('a');
    const { files } = await attach(taskIds.simple, [{ guid: guid.toUpperCase() }]);
    assert.equal(files[0]?.fileId, 424_060_439);
  });

  it('E45 is a failure when Pyrus leaves the files out and says 200', async () => {
    for (const text of ['x', undefined]) {
      pyrus.script({ match: COMMENT, receive: { misread: withoutGuids } });
      const files = [await uploaded('a'), await uploaded('b')];
      assert.deepEqual(await failure(attach(taskIds.simple, files, { text })), {
        kind: 'notAttached',
        names: ['a', 'b'],
        attached: [],
      });
    }
    assert.equal(comments().length, 2);
  });

  it('E45 is a failure when files are left out of a field', async () => {
    pyrus.script({ match: COMMENT, receive: { misread: withoutGuids } });
    const failed = failure(attach(taskIds.form, [await uploaded('a')], { fieldId: 18 }));
    assert.equal((await failed).kind, 'notAttached');
  });

  it('says what is there when only some are', async () => {
    const files = [await uploaded('a'), await uploaded('b')];
    pyrus.script({
      match: COMMENT,
      reshape: withLastComment(({ attachments }) => ({
        attachments: Array.isArray(attachments) ? attachments.slice(1) : [],
      })),
    });
    assert.deepEqual(await failure(attach(taskIds.simple, files)), {
      kind: 'notAttached',
      names: ['a'],
      attached: [
        { guid: files[1]?.guid, fileId: 424_060_440, version: 1, commentId: 3_232_898_655 },
      ],
    });
  });

  it('is a failure when the bytes in the task are others', async () => {
    const file = { ...(await uploaded('a')), md5: 'f'.repeat(32) };
    const failed = failure(attach(taskIds.simple, [file]));
    assert.equal((await failed).kind, 'notAttached');
  });

  it('does not take an older file for its own', async () => {
    const first = await uploaded('a');
    const before = await attach(taskIds.simple, [first]);
    pyrus.script({
      match: COMMENT,
      reshape: withLastComment(() => ({
        attachments: before.files.map(({ fileId }) => ({ id: fileId, name: 'a' })),
      })),
    });
    const again = failure(attach(taskIds.simple, [await uploaded('a')]));
    assert.equal((await again).kind, 'notAttached');
  });

  it('finds its comment among those that came meanwhile', async () => {
    const task = await me.client.task(taskIds.simple, { signal: me.signal });
    const other = await attach(taskIds.simple, [await uploaded('other')]);
    pyrus.script({
      match: COMMENT,
      reshape: withComments(all => [
        ...all,
        { id: 3_232_999_999, text: 'later', author: { id: 5 } },
      ]),
    });
    const done = await attach(taskIds.simple, [await uploaded('a')], { task });
    assert.ok(done.commentId === 3_232_898_656 && other.commentId === 3_232_898_655);
  });

  it('E46 knows a GUID that is used, dropped or none', async () => {
    const used = await uploaded('a');
    await attach(taskIds.simple, [used]);
    const dropped = await uploaded('b');
    pyrus.expireGuids();
    const none = { ...dropped, guid: '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2' };
    for (const file of [used, dropped, none]) {
      assert.deepEqual(await failure(attach(taskIds.simple, [file])), { kind: 'guidSpent' });
    }
    assert.equal(comments().length, 4, 'none was tried twice');
  });

  it('finds out that a GUID is used because the files are there already', async () => {
    const task = await me.client.task(taskIds.simple, { signal: me.signal });
    const file = await uploaded('a');
    const first = await attach(taskIds.simple, [file], { task });
    const again = await attach(taskIds.simple, [file], { task });
    assert.deepEqual(again.files, first.files);
  });

  const refusals: readonly [Parameters<typeof pyrusError>[0], PyrusFailure][] = [
    ['unrecognized_task_id', { kind: 'taskUnknown', id: 11611 }],
    ['access_denied_task', { kind: 'taskForbidden', id: 11611 }],
    ['task_migrated', { kind: 'taskMigrated', id: 11611 }],
    ['access_denied_reopen_task', { kind: 'reopenForbidden', id: 11611 }],
    ['too_many_attachments', { kind: 'tooManyAttachments', id: 11611 }],
    ['file_limit_exceeded', { kind: 'tooManyAttachments', id: 11611 }],
    ['too_many_comments', { kind: 'tooManyComments', id: 11611 }],
    ['attachments_forbidden', { kind: 'attachmentsForbidden', id: 11611 }],
    ['max_text_length_exceeded', { kind: 'commentTooLong' }],
    ['required_field_missing', { kind: 'fieldRefused', reason: 'otherRequired' }],
    ['field_is_in_table', { kind: 'fieldRefused', reason: 'inTable' }],
    ['invalid_field_id', { kind: 'fieldRefused', reason: 'gone' }],
    ['deleted_field', { kind: 'fieldRefused', reason: 'gone' }],
    ['unable_to_edit_field', { kind: 'fieldRefused', reason: 'locked' }],
    ['access_denied_field', { kind: 'fieldRefused', reason: 'locked' }],
    ['access_denied_file', { kind: 'accessDenied' }],
    [
      'empty_body',
      { kind: 'refused', status: 400, code: 'empty_body', said: 'Пустое тело запроса.' },
    ],
  ];
  it('reads every refusal, and repeats none', async () => {
    const task = await me.client.task(taskIds.simple, { signal: me.signal });
    const files = [await uploaded('a')];
    for (const [code, expected] of refusals) {
      const script = pyrus.script({ match: COMMENT, times: 2, answer: pyrusError(code) });
      assert.deepEqual(await failure(attach(taskIds.simple, files, { task })), expected);
      assert.equal(script.hits.length, 1, code);
      pyrus.clearFaults();
    }
  });

  it('E50 meets the limits of a task', async () => {
    const full = pyrus.addBigTask({ id: 2, files: 3000, comments: 3000 });
    const file = await uploaded('a');
    assert.deepEqual(await failure(attach(full, [file])), { kind: 'tooManyAttachments', id: 2 });
    const long = pyrus.addBigTask({ id: 3, files: 1, comments: 10_000 });
    assert.deepEqual(await failure(attach(long, [file])), { kind: 'tooManyComments', id: 3 });
    assert.equal((await attach(taskIds.simple, [file])).files.length, 1);
  });

  it('tells fields that take no files', async () => {
    const file = await uploaded('a');
    const refused = (fieldId: number): Promise<PyrusFailure> =>
      failure(attach(taskIds.form, [file], { fieldId }));
    assert.deepEqual(await refused(31), { kind: 'fieldRefused', reason: 'inTable' });
    assert.deepEqual(await refused(99), { kind: 'fieldRefused', reason: 'gone' });
  });

  it('attaches nothing without a file', async () => {
    await assert.rejects(attach(taskIds.simple, []), { message: 'nothing to attach' });
    assert.deepEqual(comments(), []);
  });

  it('goes to the one origin of an on-premises server', async () => {
    me = await signedInClient(pyrus, 'onPremises');
    const { files } = await attach(taskIds.simple, [await uploaded('a')]);
    assert.equal(files.length, 1);
    assert.equal(pyrus.requests.at(-1)?.path, '/api/v4/tasks/11611/comments');
  });
});
