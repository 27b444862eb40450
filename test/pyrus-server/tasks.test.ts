import assert from 'node:assert/strict';
import { isObject } from './call';
import { fileIds } from './fixtures';
import { startPyrus, type PyrusServer } from './pyrus';
import { errorCodeOf, get, jsonOf, postJson, type RawAnswer } from './raw';
import { taskIds } from './taskParts';

/** Every attachment in a JSON value, wherever it is. */
function attachmentsIn(value: unknown): Record<string, unknown>[] {
  if (Array.isArray(value)) {
    return value.flatMap(attachmentsIn);
  }
  if (!isObject(value)) {
    return [];
  }
  return 'url' in value && 'name' in value ? [value] : Object.values(value).flatMap(attachmentsIn);
}

describe('stand-in Pyrus: tasks', () => {
  let pyrus: PyrusServer;
  let token: string;

  beforeEach(async () => {
    pyrus = await startPyrus();
    token = pyrus.issueToken();
  });
  afterEach(() => pyrus.close());

  const api = (path: string): Promise<RawAnswer> => get(`${pyrus.origins.api}/v4${path}`, token);
  const task = async (id: number): Promise<Record<string, unknown>> => {
    const body = jsonOf(await api(`/tasks/${id}`));
    assert.ok(isObject(body) && isObject(body['task']));
    return body['task'];
  };

  it('E38 a task with files everywhere: five of them', async () => {
    const form = await task(taskIds.form);
    assert.deepEqual(
      [form['subject'], form['form_id'], form['current_step']],
      ['Оплата счёта', 1345, 1],
    );
    const found = attachmentsIn(form);
    assert.deepEqual(
      found.map(({ id }) => id),
      [1334, 17563, 17570, '17571', 1334],
    );
    assert.deepEqual(found[0], {
      id: 1334,
      name: 'test.txt',
      size: 12,
      md5: 'D10B4C3FF123B26DC068D43A8BEF2D23',
      url: `${pyrus.origins.files}/services/attachment?id=1334`,
      version: 1,
    });
    assert.deepEqual([found[1]?.['version'], found[1]?.['root_id']], [2, 17562]);
    assert.equal(found[3]?.['md5'], '202cb962ac59075b964b07152d234b70');
    assert.match(JSON.stringify(form), /"type":"brand_new_type"/);
    assert.match(JSON.stringify(form), /"id":3232898654/);
  });

  it('E38 what a task tells of a file is what downloads', async () => {
    for (const { id, size } of attachmentsIn(await task(taskIds.form))) {
      const answer = await get(`${pyrus.origins.files}/v4/files/download/${String(id)}`, token);
      assert.equal(answer.body.length, size);
    }
  });

  it('E39 a task without files has no such key', async () => {
    const simple = await task(taskIds.simple);
    assert.equal('attachments' in simple, false);
    assert.equal('fields' in simple, false);
    assert.ok(isObject(simple['responsible']) && Array.isArray(simple['participants']));
    assert.ok(Array.isArray(simple['comments']));
    assert.equal(simple['comments'].length, 1);
  });

  it('E40 no access, no such task, no number', async () => {
    const denied = await api('/tasks/11800');
    assert.equal(denied.status, 403);
    assert.deepEqual(jsonOf(denied), {
      error: 'Нет доступа к задаче.',
      error_code: 'access_denied_task',
    });
    assert.equal(errorCodeOf(await api('/tasks/999')), 'unrecognized_task_id');
    const none = await api('/tasks/abc');
    assert.equal(none.status, 404);
    assert.match(none.body.toString(), /^\{"Message":/);
  });

  it('has a task whose ids are strings, and one with a foreign link', async () => {
    const strings = await task(taskIds.stringIds);
    assert.equal(strings['id'], '11615');
    assert.equal(attachmentsIn(strings)[0]?.['id'], '1334');
    const [link] = attachmentsIn(await task(taskIds.foreignLink));
    assert.deepEqual(link, { id: 1440, name: 'Spec', url: `${pyrus.origins.foreign}/spec.pdf` });
  });

  it('has a task from which files were removed, in three ways', async () => {
    const text = JSON.stringify(await task(taskIds.removals));
    assert.match(text, /"removed_attachment_ids":\[1330,"17562"\]/);
    assert.match(text, /"edit_comment_id":103/);
    assert.match(text, /"delete_comment_id":103/);
  });

  it('has a task with a file four fields deep', async () => {
    const nested = await task(taskIds.nested);
    assert.deepEqual(
      attachmentsIn(nested).map(({ id }) => id),
      [fileIds.inTable],
    );
    assert.match(JSON.stringify(nested), /"type":"hologram"/);
  });

  it('makes a task as large as Pyrus allows on demand, whose files download', async () => {
    const big = await task(pyrus.addBigTask());
    assert.ok(Array.isArray(big['comments']));
    assert.equal(big['comments'].length, 10_000);
    const files = attachmentsIn(big);
    assert.equal(files.length, 3000);
    assert.equal(new Set(files.map(({ id }) => id)).size, 3000);
    const [, second, third] = files;
    assert.deepEqual([third?.['version'], third?.['root_id']], [2, second?.['id']]);
    const answer = await get(String(third?.['url']), token);
    assert.equal(answer.body.toString(), 'file 2');
  });

  it('shows a task that a test has added', async () => {
    const { text } = await task(taskIds.closed);
    const known = pyrus.task(taskIds.closed) ?? assert.fail('there is no such task');
    assert.equal(known.text, text);
    pyrus.addTask({ ...known, id: 1, text: 'Mine' });
    assert.equal((await task(1))['text'], 'Mine');
  });

  it('has a task with a file for each way a download is named', async () => {
    const ids = attachmentsIn(await task(taskIds.names)).map(({ id }) => id);
    const { extendedName, rawUtf8Name, unnamedChunked, removed } = fileIds;
    for (const id of [extendedName, rawUtf8Name, unnamedChunked, removed]) {
      assert.ok(ids.includes(id));
    }
  });

  it('E51 the inbox, one task alone and one in a group', async () => {
    const answer = jsonOf(await api('/inbox?item_count=50&group_item_count=50'));
    assert.ok(isObject(answer) && Array.isArray(answer['tasks']));
    assert.ok(Array.isArray(answer['task_groups']));
    const [alone] = answer['tasks'] as unknown[];
    const [group] = answer['task_groups'] as unknown[];
    assert.ok(isObject(alone) && isObject(group) && Array.isArray(group['tasks']));
    const [grouped] = group['tasks'] as unknown[];
    assert.ok(isObject(grouped));
    assert.deepEqual([alone['id'], grouped['id']], [11611, 11613]);
    assert.deepEqual(
      [group['name'], group['has_more'], answer['has_more']],
      ['Формы', false, false],
    );
    for (const key of ['subject', 'form_id', 'fields', 'comments']) {
      assert.equal(key in grouped, false, key);
    }
  });

  it('E52 lists', async () => {
    assert.deepEqual(jsonOf(await api('/lists')), {
      lists: [
        {
          id: 1352,
          name: 'Branch offices',
          children: [
            { id: 1465, name: 'Moscow' },
            { id: 3763, name: 'San Francisco' },
          ],
        },
        { id: 2144, name: 'Personal' },
      ],
    });
    assert.deepEqual(jsonOf(await api('/lists/1465')), { id: 1465, name: 'Moscow' });
  });

  it('E53 tasks of a list', async () => {
    const answer = jsonOf(await api('/lists/2144/tasks?item_count=100&include_archived=y'));
    assert.ok(isObject(answer) && Array.isArray(answer['tasks']));
    const [listed] = answer['tasks'] as unknown[];
    assert.ok(isObject(listed));
    assert.deepEqual([listed['id'], listed['due_date']], [7991, '2022-04-13']);
    assert.equal(answer['has_more'], false);
    assert.deepEqual(jsonOf(await api('/lists/1465/tasks')), { has_more: false });
  });

  it('E54 a register, closed tasks by request only', async () => {
    const ids = async (query: string): Promise<unknown[]> => {
      const answer = jsonOf(await api(`/forms/1345/register?${query}`));
      assert.ok(isObject(answer) && Array.isArray(answer['tasks']));
      return answer['tasks'].map((row: unknown) => (isObject(row) ? row['id'] : row));
    };
    assert.deepEqual(await ids('item_count=50'), [11613]);
    assert.deepEqual(await ids('include_archived=y'), [11613, 11701]);
    assert.equal(errorCodeOf(await api('/forms/1/register')), 'access_denied_form');
    const none = await api('/forms/1345/register?item_count=0');
    assert.equal(errorCodeOf(none), 'items_count_out_of_range');
  });

  it('wants a token for comments too', async () => {
    const answer = await postJson(`${pyrus.origins.api}/v4/tasks/11611/comments`, { text: 'x' });
    assert.equal(errorCodeOf(answer), 'token_not_specified');
  });
});
