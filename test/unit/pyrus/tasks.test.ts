import assert from 'node:assert/strict';
import type { PyrusFailure } from '../../../src/pyrus/errors';
import { fileFields, versionsOf } from '../../../src/pyrus/fileVersions';
import { filesOf } from '../../../src/pyrus/taskFiles';
import type { Task } from '../../../src/pyrus/taskWire';
import { fileIds } from '../../pyrus-server/fixtures';
import { startPyrus } from '../../pyrus-server/pyrus';
import type { PyrusServer } from '../../pyrus-server/pyrus';
import { json } from '../../pyrus-server/replies';
import { proxyPage, pyrusError, withJson } from '../../pyrus-server/scripted';
import { taskIds } from '../../pyrus-server/taskParts';
import { failure } from './failure';
import { signedInClient } from './signedInClient';
import type { SignedInClient } from './signedInClient';

const bob = { id: 1731, name: 'Bob Smith' };

describe('reading a task', () => {
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

  const read = (id: number): Promise<Task> => me.client.task(id, { signal: me.signal });
  const filesIn = async (id: number): Promise<ReturnType<typeof filesOf>['files']> =>
    filesOf(await read(id)).files;
  const answerWith = (task: object): void => {
    pyrus.script({ match: /^GET \S*\/tasks\//, answer: json({ task }) });
  };

  it('E38 finds each file once, wherever it is, with the best that is told of it', async () => {
    const task = await read(taskIds.form);
    assert.deepEqual(
      [task.id, task.title, task.formId, task.isClosed, task.lastCommentId],
      [11613, 'Оплата счёта', 1345, false, 3_232_898_654],
    );
    const { files, links } = filesOf(task);
    assert.deepEqual(links, []);
    assert.deepEqual(
      files.map(({ id }) => id),
      [1334, 17563, 17570, 17571],
    );
    const [plain, second, , inTable] = files;
    assert.deepEqual(plain, {
      kind: 'file',
      id: 1334,
      name: 'test.txt',
      size: 12,
      md5: 'd10b4c3ff123b26dc068d43a8bef2d23',
      version: 1,
      place: { kind: 'comment' },
      author: bob,
      date: '2017-08-17T14:31:18Z',
      comment: { id: 3_232_898_654, text: 'see file' },
      removed: false,
    });
    assert.deepEqual([second?.version, second?.rootId], [2, 17562]);
    assert.deepEqual(inTable?.place, {
      kind: 'field',
      id: 31,
      name: 'Receipt',
      section: 'Rows',
      inTable: true,
    });
  });

  it('E39 is content with a task that has neither files nor fields', async () => {
    const task = await read(taskIds.simple);
    assert.deepEqual(filesOf(task), { files: [], links: [] });
    assert.deepEqual([task.title, task.formId, task.author], ['Help with printer', undefined, bob]);
    assert.deepEqual(fileFields(task), []);
  });

  it('E40 tells no access from no such task', async () => {
    assert.deepEqual(await failure(read(11800)), { kind: 'taskForbidden', id: 11800 });
    assert.deepEqual(await failure(read(999)), { kind: 'taskUnknown', id: 999 });
  });

  it('takes ids that are strings', async () => {
    const task = await read(taskIds.stringIds);
    assert.deepEqual([task.id, task.lastCommentId], [taskIds.stringIds, 14]);
    const [file, ...rest] = filesOf(task).files;
    assert.deepEqual([file?.id, file?.comment, rest], [1334, { id: 14, text: 'see' }, []]);
  });

  it('keeps links apart from files', async () => {
    const { files, links } = filesOf(await read(taskIds.foreignLink));
    assert.deepEqual(files, []);
    assert.deepEqual(
      links.map(({ name, url, author }) => [name, url, author]),
      [['Spec', `${pyrus.origins.foreign}/spec.pdf`, bob]],
    );
  });

  it('marks what somebody removed, with its comment or by itself, unless it came back', async () => {
    const { plain, jsonContent, inTitle, inTable, firstVersion } = fileIds;
    assert.deepEqual(
      (await filesIn(taskIds.removals)).map(({ id, removed }) => [id, removed]),
      [
        [plain, false],
        [jsonContent, true],
        [inTitle, true],
        [inTable, true],
        [firstVersion, false],
      ],
    );
  });

  it('finds a file in a section in a table in a choice in a section, and what can be written to', async () => {
    const task = await read(taskIds.nested);
    assert.equal(task.title, 'Fields within fields');
    assert.deepEqual(
      filesOf(task).files.map(({ id, place }) => [id, place]),
      [[fileIds.inTable, { kind: 'field', id: 55, name: 'Deep', section: 'Cell', inTable: true }]],
    );
    assert.deepEqual(fileFields(task), [
      { id: 56, name: 'Beside', section: 'Way' },
      { id: 58, name: 'Inside a new type', section: 'New' },
      { id: 59, name: 'Without a value' },
    ]);
  });

  it('offers the file fields of a form, without those of tables', async () => {
    assert.deepEqual(fileFields(await read(taskIds.form)), [
      { id: 18, name: 'Documents' },
      { id: 21, name: 'Scan', section: 'Section' },
    ]);
  });

  it('finds the 3,000 files of the largest task, and which are versions of which', async () => {
    const files = await filesIn(pyrus.addBigTask());
    assert.equal(files.length, 3000);
    const groups = versionsOf(files);
    assert.equal(groups.length, 2000);
    const [, second] = groups;
    assert.deepEqual(
      second?.versions.map(({ version }) => version),
      [2, 1],
    );
    assert.equal(second.rootId, second.versions[1]?.id);
  });

  it('is not brought down by fields nested 100,000 deep', async () => {
    const depth = 100_000;
    const file = `{"id":9,"type":"file","name":"f","value":[{"id":5,"name":"a","size":1}]}`;
    const open = '{"id":1,"type":"title","name":"s","value":{"fields":[';
    const fields = `${open.repeat(depth)}${file}${']}}'.repeat(depth)}`;
    const body = `{"task":{"id":1,"fields":[${fields}]}}`;
    pyrus.script({ match: 'GET /v4/tasks/1', answer: { status: 200, body } });
    assert.deepEqual(
      (await filesIn(1)).map(({ id }) => id),
      [5],
    );
  });

  it('does not take the task for another one', async () => {
    answerWith({ id: 2 });
    const { kind } = await failure(read(1));
    assert.equal(kind, 'unexpectedAnswer');
  });

  for (const [what, task, closed] of [
    ['says so', { id: 1, is_closed: true }, true],
    ['has a date of it', { id: 1, close_date: '2017-08-19T09:00:00Z' }, true],
    ['says no', { id: 1, is_closed: false }, false],
    ['is silent', { id: 1 }, false],
  ] as const) {
    it(`${closed ? 'is' : 'is not'} told that it is closed when it ${what}`, async () => {
      answerWith(task);
      assert.equal((await read(1)).isClosed, closed);
    });
  }

  for (const answer of [
    '[]',
    '{}',
    'null',
    '{"task":null}',
    '{"task":{}}',
    '{"task":{"id":"x"}}',
  ]) {
    it(`reads no task out of ${answer}`, async () => {
      pyrus.script({ match: 'GET /v4/tasks/1', answer: { status: 200, body: answer } });
      assert.equal((await failure(read(1))).kind, 'unexpectedAnswer');
    });
  }

  const refusals: readonly [Parameters<typeof pyrusError>[0], PyrusFailure][] = [
    ['task_migrated', { kind: 'taskMigrated', id: 1 }],
    ['access_denied_task', { kind: 'taskForbidden', id: 1 }],
    [
      'validation_error',
      {
        kind: 'refused',
        status: 400,
        code: 'validation_error',
        said: 'Запрос не прошёл проверку.',
      },
    ],
  ];
  for (const [code, expected] of refusals) {
    it(`reads ${code} as ${expected.kind}`, async () => {
      pyrus.script({ match: 'GET /v4/tasks/1', answer: pyrusError(code) });
      assert.deepEqual(await failure(read(1)), expected);
    });
  }

  it('takes a server without the route for none of Pyrus', async () => {
    pyrus.script({
      match: 'GET /v4/tasks/1',
      answer: json({ Message: 'No HTTP resource was found' }, 404),
    });
    assert.equal((await failure(read(1))).kind, 'notPyrus');
  });

  it('tries again after a fault of a proxy', async () => {
    const script = pyrus.script({ match: 'GET /v4/tasks/11611', answer: proxyPage(502) });
    assert.equal((await read(taskIds.simple)).id, taskIds.simple);
    assert.equal(script.hits.length, 1);
  });

  it('renews a token that has expired', async () => {
    pyrus.setTokens('expired');
    assert.equal((await read(taskIds.simple)).id, taskIds.simple);
    assert.equal(pyrus.authCount, 2);
  });

  it('works on premises, where all is at one address', async () => {
    me = await signedInClient(pyrus, 'onPremises');
    assert.equal(filesOf(await read(taskIds.form)).files.length, 4);
    assert.equal(pyrus.requests.at(-1)?.path, '/api/v4/tasks/11613');
  });
});

describe('reading the inbox', () => {
  let pyrus: PyrusServer;
  let me: SignedInClient;

  beforeEach(async () => {
    pyrus = await startPyrus();
    me = await signedInClient(pyrus);
  });
  afterEach(() => pyrus.close());

  it('E51 puts the tasks that stand alone before those in groups', async () => {
    const tasks = await me.client.inbox({ signal: me.signal });
    assert.deepEqual(tasks, [
      {
        id: 11611,
        title: 'Help with printer',
        author: bob,
        responsible: bob,
        changed: '2017-08-17T15:32:11Z',
      },
      {
        id: 11613,
        title: 'Payments',
        author: bob,
        changed: '2017-08-18T10:00:11Z',
        group: 'Формы',
      },
    ]);
  });

  it('names each task once, and survives what is none', async () => {
    const tasks = [{ id: 3 }, 'x', { id: 'y' }, { id: '2', text: '\n\n  two \nmore' }, null];
    const groups = [
      { name: 'g', tasks: [{ id: 2 }, { id: 1 }] },
      7,
      { name: 'h', tasks: [{ id: 3 }] },
    ];
    pyrus.script({
      match: 'GET /v4/inbox',
      reshape: real => withJson(real, { tasks, task_groups: groups }),
    });
    assert.deepEqual(await me.client.inbox({ signal: me.signal }), [
      { id: 3 },
      { id: 2, title: 'two' },
      { id: 1, group: 'g' },
    ]);
  });

  it('may be empty', async () => {
    pyrus.script({ match: 'GET /v4/inbox', answer: json({ has_more: false }) });
    assert.deepEqual(await me.client.inbox({ signal: me.signal }), []);
  });

  it('is not read out of anything else', async () => {
    pyrus.script({ match: 'GET /v4/inbox', answer: { status: 200, body: '[1]' } });
    const { kind } = await failure(me.client.inbox({ signal: me.signal }));
    assert.equal(kind, 'unexpectedAnswer');
  });
});
