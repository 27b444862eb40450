import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { fileIds } from '../pyrus-server/fixtures';
import { taskIds } from '../pyrus-server/taskParts';
import { fieldsOf, type Field } from '../pyrus-server/tasks';
import { AttachScene } from './attachScene';
import type { Box } from './boxes';
import { md5 } from './uploading';

const CLOSED = 'The task is closed and stays closed';
const REOPENED = 'The task is closed and will be reopened';
const NOTIFIED = 'The participants are notified';
const COMMENT = 'Attach with a Comment…';
const DOCUMENTS = 18;

describe('pyrus.attach attaches', () => {
  let attaching: AttachScene;
  let file: [vscode.Uri, vscode.Uri[]];
  beforeEach(async () => {
    attaching = await AttachScene.open();
    file = await attaching.selected('a.txt', 'first');
  });
  afterEach(() => attaching.close());

  /** Answers the confirmation, and what comes after it, as told. @returns what was sent */
  const agreed = async (
    task: number,
    answer: (confirm: Box) => Promise<void>,
  ): Promise<unknown> => {
    const running = attaching.attach(...file);
    await answer(await attaching.toTask(task));
    assert.ok(await running, 'nothing was attached');
    assert.equal(attaching.commentRequests.length, 1);
    return attaching.lastBody;
  };
  const guid = (): string => attaching.scene.pyrus.uploads.at(-1)?.guid ?? '';
  const told = async (): Promise<string> => (await attaching.messages.next()).text;
  const documents = (): Field => {
    const { fields = [] } = attaching.scene.pyrus.task(taskIds.form) ?? {};
    const field = [...fieldsOf(fields)].find(({ id }) => id === DOCUMENTS);
    assert.ok(field);
    return field;
  };

  it('with the task, the files and the account named in the question', async () => {
    const body = await agreed(taskIds.form, async confirm => {
      assert.equal(confirm.title, 'Attach “a.txt” to “Оплата счёта” (#11613)?');
      assert.deepEqual(confirm.rows()[0], [
        'Attach',
        'a.txt',
        `as ${attaching.scene.account.label}`,
      ]);
      await confirm.choose('Attach');
    });
    assert.deepEqual(body, { attachments: [{ guid: guid() }], skip_auto_reopen: true });
    assert.equal(await told(), '“a.txt” is attached to “Оплата счёта” (#11613).');
  });

  it('and notes in the history in which task each upload is, and under which id', async () => {
    await attaching.attachTo(taskIds.form, ...file);
    const [attached] = attaching.attachments(taskIds.form);
    assert.equal(attached?.md5?.toLowerCase(), md5('first'));
    const record = await attaching.noted(guid());
    assert.deepEqual(record?.state, {
      kind: 'attached',
      taskId: taskIds.form,
      fileId: attached.id,
      taskTitle: 'Оплата счёта',
    });
    assert.equal(record.name, 'a.txt');
  });

  it('files that are the same to the byte, which nobody can tell apart afterwards', async () => {
    await vscode.workspace.fs.createDirectory(
      vscode.Uri.joinPath(attaching.scene.folderUri, 'other'),
    );
    const twin = await attaching.scene.file('other/a.txt', 'first');
    const answer = await attaching.attachTo(taskIds.simple, file[0], [file[0], twin]);
    const guids = attaching.scene.pyrus.uploads.map(upload => upload.guid);
    // They are sent at the same time, and either may be there first: the history knows which is which.
    const records = await Promise.all(guids.map(one => attaching.noted(one)));
    const inOrder = [file[0], twin].map(
      uri => records.find(record => record?.uri === uri.toString())?.guid,
    );
    assert.deepEqual([...inOrder].sort(), [...guids].sort());
    assert.deepEqual(
      answer?.files,
      inOrder.map(one => ({ guid: one })),
    );
    assert.equal(attaching.attachments(taskIds.simple).length, 2);
    for (const one of guids) {
      const { state } = (await attaching.noted(one)) ?? {};
      assert.deepEqual(state, {
        kind: 'attached',
        taskId: taskIds.simple,
        taskTitle: 'Help with printer',
      });
    }
  });

  describe('to a closed task', () => {
    it('which stays closed', async () => {
      const body = await agreed(taskIds.closed, async confirm => {
        await confirm.has(CLOSED);
        await confirm.choose('Attach');
      });
      assert.deepEqual(body, { attachments: [{ guid: guid() }], skip_auto_reopen: true });
      assert.equal(attaching.scene.pyrus.task(taskIds.closed)?.is_closed, true);
      assert.doesNotMatch(await told(), /open/);
    });

    it('which is reopened when the user says so', async () => {
      const body = await agreed(taskIds.closed, async confirm => {
        await confirm.choose(CLOSED);
        await confirm.has(REOPENED);
        await confirm.choose('Attach');
      });
      assert.deepEqual(body, { attachments: [{ guid: guid() }] });
      assert.equal(attaching.scene.pyrus.task(taskIds.closed)?.is_closed, false);
      assert.match(await told(), /is attached to .* The task is open again\.$/);
    });

    it('which stays closed after a second thought', async () => {
      await agreed(taskIds.closed, async confirm => {
        await confirm.choose(CLOSED);
        await confirm.choose(REOPENED);
        await confirm.has(CLOSED);
        await confirm.choose('Attach');
      });
      assert.equal(attaching.scene.pyrus.task(taskIds.closed)?.is_closed, true);
    });

    it('but says nothing of that about one that is open', async () => {
      const running = attaching.attach(...file);
      const confirm = await attaching.toTask(taskIds.simple);
      assert.deepEqual(confirm.labels(), ['Attach', COMMENT, 'choose one to change it', NOTIFIED]);
      await confirm.leave();
      assert.equal(await running, undefined);
    });
  });

  it('without notifying anybody', async () => {
    const body = await agreed(taskIds.simple, async confirm => {
      await confirm.choose(NOTIFIED);
      await confirm.has('Nobody is notified');
      await confirm.choose('Attach');
    });
    assert.deepEqual(body, {
      attachments: [{ guid: guid() }],
      skip_notification: true,
      skip_auto_reopen: true,
    });
  });

  describe('with a comment', () => {
    it('written last: Enter sends it', async () => {
      await agreed(taskIds.simple, async confirm => {
        await confirm.choose(COMMENT);
        const words = await attaching.boxes.next(confirm.title);
        await words.type('  Смета, <b>черновик</b>  ');
        assert.deepEqual(attaching.scene.uploadRequests, []);
        await words.enter();
      });
      const { text, attachments = [] } = attaching.lastComment(taskIds.simple);
      assert.equal(text, 'Смета, <b>черновик</b>');
      assert.deepEqual(
        attachments.map(({ name }) => name),
        ['a.txt'],
      );
    });

    it('that is left empty', async () => {
      const body = await agreed(taskIds.simple, async confirm => {
        await confirm.choose(COMMENT);
        const words = await attaching.boxes.next(confirm.title);
        await words.type('   ');
        await words.enter();
      });
      assert.deepEqual(body, { attachments: [{ guid: guid() }], skip_auto_reopen: true });
    });

    it('or without it, when the user goes back from it; what was changed before holds', async () => {
      const body = await agreed(taskIds.simple, async confirm => {
        await confirm.choose(NOTIFIED);
        await confirm.choose(COMMENT);
        await (await attaching.boxes.next(confirm.title)).back();
        const again = await attaching.boxes.next(confirm.title);
        await again.has('Nobody is notified');
        await again.choose('Attach');
      });
      assert.deepEqual(body, {
        attachments: [{ guid: guid() }],
        skip_notification: true,
        skip_auto_reopen: true,
      });
    });
  });

  it('into a file field of the form, in place of the comment', async () => {
    const body = await agreed(taskIds.form, async confirm => {
      await confirm.choose('To the comment');
      assert.deepEqual(confirm.rows(), [
        ['To the comment'],
        ['Into the field “Documents”'],
        ['Into the field “Scan”', 'Section'],
      ]);
      await confirm.choose('Into the field “Documents”');
      await confirm.choose('Attach');
    });
    assert.deepEqual(body, {
      field_updates: [{ id: DOCUMENTS, value: [{ guid: guid() }] }],
      skip_auto_reopen: true,
    });
    assert.deepEqual(attaching.attachments(taskIds.form), []);
    const files = documents().value as { readonly id: number; readonly name: string }[];
    assert.deepEqual(
      files.map(({ name }) => name),
      ['S15294-16.pdf', 'a.txt'],
    );
    const { state } = (await attaching.noted(guid())) ?? {};
    assert.equal(state?.kind === 'attached' && state.fileId, files[1]?.id);
  });

  it('to another task, when the user goes back from the question', async () => {
    const running = attaching.attach(...file);
    await (await attaching.toTask(taskIds.form)).back();
    await (await attaching.toTask(taskIds.simple)).choose('Attach');
    assert.equal((await running)?.taskId, taskIds.simple);
    assert.deepEqual(
      attaching.commentRequests.map(({ path }) => path),
      [`/v4/tasks/${taskIds.simple}/comments`],
    );
  });

  describe('a file whose name is in the task already', () => {
    const PDF = 'S15294-16.pdf';
    beforeEach(async () => {
      file = await attaching.selected(PDF, 'third');
    });

    it('as a new version, by the id of the first one', async () => {
      const body = await agreed(taskIds.form, async versions => {
        assert.equal(versions.title, `“${PDF}” is in the task already`);
        assert.equal(versions.rows()[0]?.[1], `${PDF}: version 3`);
        await versions.choose('As a New Version');
        await (await attaching.boxes.next(/^Attach /)).choose('Attach');
      });
      assert.deepEqual(body, {
        attachments: [{ guid: guid(), root_id: fileIds.firstVersion }],
        skip_auto_reopen: true,
      });
      const [stored] = attaching.attachments(taskIds.form);
      assert.deepEqual([stored?.version, stored?.root_id], [3, fileIds.firstVersion]);
      assert.equal(await told(), `“${PDF}” is attached to “Оплата счёта” (#11613) as version 3.`);
    });

    it('as a separate file', async () => {
      const body = await agreed(taskIds.form, async versions => {
        await versions.choose('As a Separate File');
        await (await attaching.boxes.next(/^Attach /)).choose('Attach');
      });
      assert.deepEqual(body, { attachments: [{ guid: guid() }], skip_auto_reopen: true });
      const [stored] = attaching.attachments(taskIds.form);
      assert.equal(stored?.name, PDF);
      assert.notEqual(stored.root_id, fileIds.firstVersion);
      assert.equal(await told(), `“${PDF}” is attached to “Оплата счёта” (#11613).`);
    });

    it('beside another one, which is none', async () => {
      const other = await attaching.scene.file('a.txt', 'first');
      file = [other, [other, file[0]]];
      const body = await agreed(taskIds.form, async versions => {
        assert.equal(versions.title, `“${PDF}” is in the task already`);
        await versions.choose('As a New Version');
        await (await attaching.boxes.next(/^Attach 2 files to /)).choose('Attach');
      });
      const { uploads } = attaching.scene.pyrus;
      const guidOf = (name: string): unknown => uploads.find(upload => upload.name === name)?.guid;
      assert.deepEqual(body, {
        attachments: [
          { guid: guidOf('a.txt') },
          { guid: guidOf(PDF), root_id: fileIds.firstVersion },
        ],
        skip_auto_reopen: true,
      });
    });
  });
});
