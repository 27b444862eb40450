import assert from 'node:assert/strict';
import { isObject } from './call';
import { TestClient } from './client';
import { withoutGuids } from './scripted';
import { errorCodeOf, get, jsonOf, postJson, type RawAnswer } from './raw';

describe('stand-in Pyrus: comments', () => {
  let client: TestClient;

  beforeEach(async () => {
    client = await TestClient.start();
  });
  afterEach(() => client.pyrus.close());

  const comment = (task: number, body: unknown): Promise<RawAnswer> =>
    postJson(`${client.pyrus.origins.api}/v4/tasks/${task}/comments`, body, client.token);
  /** Uploads ten bytes. */
  const guid = async (): Promise<string> => {
    await client.upload(10);
    const upload = client.pyrus.uploads.at(-1);
    assert.ok(upload !== undefined);
    return upload.guid;
  };
  const taskIn = (answer: RawAnswer): Record<string, unknown> => {
    assert.equal(answer.status, 200, answer.body.toString());
    const body = jsonOf(answer);
    assert.ok(isObject(body) && isObject(body['task']));
    return body['task'];
  };
  const lastComment = (answer: RawAnswer): Record<string, unknown> => {
    const { comments } = taskIn(answer);
    assert.ok(Array.isArray(comments));
    const last: unknown = comments.at(-1);
    assert.ok(isObject(last));
    return last;
  };
  const attached = (answer: RawAnswer): Record<string, unknown>[] => {
    const { attachments } = lastComment(answer);
    return Array.isArray(attachments) ? attachments.filter(isObject) : [];
  };

  it('E41 attaches an upload: the whole task comes back, the file has an id and downloads', async () => {
    const answer = await comment(11611, {
      text: 'Файл из VS Code',
      attachments: [{ guid: await guid() }],
    });
    const last = lastComment(answer);
    assert.deepEqual([last['id'], last['text']], [3_232_898_655, 'Файл из VS Code']);
    assert.match(String(last['create_date']), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const { files } = client.pyrus.origins;
    assert.deepEqual(attached(answer), [
      {
        id: 424_060_439,
        name: 'a.bin',
        size: 10,
        md5: client.pyrus.uploads[0]?.md5?.toUpperCase(),
        url: `${files}/services/attachment?id=424060439`,
        version: 1,
      },
    ]);
    const content = await get(`${files}/v4/files/download/424060439`, client.token);
    assert.equal(content.body.toString(), 'x'.repeat(10));
    assert.equal(client.pyrus.uploads[0]?.state, 'attached');
  });

  it('E42 takes GUIDs as strings, in upper case, without text', async () => {
    const answer = await comment(11611, { attachments: [(await guid()).toUpperCase()] });
    assert.equal(attached(answer).length, 1);
    assert.equal('text' in lastComment(answer), false);
  });

  it('E43 a new version of the first version, not of a later one', async () => {
    const answer = await comment(11613, { attachments: [{ guid: await guid(), root_id: 17562 }] });
    const [file] = attached(answer);
    assert.deepEqual([file?.['version'], file?.['root_id']], [3, 17562]);
    const later = await comment(11613, { attachments: [{ guid: await guid(), root_id: 17563 }] });
    assert.equal(errorCodeOf(later), 'unrecognized_attachment_id');
  });

  it('E44 an existing file and a link', async () => {
    const url = 'https://docs.example/x';
    const answer = await comment(11611, {
      attachments: [{ attachment_id: 1334 }, { url, name: 'Spec' }],
    });
    const [file, link] = attached(answer);
    assert.equal(file?.['id'], 1334);
    assert.deepEqual([link?.['url'], link?.['name']], [url, 'Spec']);
    assert.equal(link !== undefined && 'size' in link, false);
  });

  it('E45 leaves {"id": guid} out without a word', async () => {
    const answer = await comment(11611, { text: 'x', attachments: [{ id: await guid() }] });
    assert.equal('attachments' in lastComment(answer), false);
    assert.equal(client.pyrus.uploads[0]?.state, 'fresh');
  });

  it('E46 refuses a GUID that is used, unknown, expired, doubled or from elsewhere', async () => {
    const used = await guid();
    await comment(11611, { attachments: [used] });
    const expired = await guid();
    client.pyrus.expireGuids();
    const twice = await guid();
    const elements = [
      [used],
      [{ guid: '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2' }],
      [expired],
      [twice, { guid: twice }],
      [{ guid: 7 }],
      [{ attachment_id: 999_999 }],
    ];
    for (const attachments of elements) {
      const answer = await comment(11611, { text: 'x', attachments });
      assert.deepEqual(
        [answer.status, errorCodeOf(answer)],
        [400, 'unrecognized_attachment_id'],
        JSON.stringify(attachments),
      );
    }
    const token = client.pyrus.issueToken('onPremises');
    const url = `${client.pyrus.origins.onPremises}/api/v4/tasks/11611/comments`;
    const elsewhere = await postJson(url, { attachments: [twice] }, token);
    assert.equal(errorCodeOf(elsewhere), 'unrecognized_attachment_id');
    assert.equal(attached(await comment(11611, { attachments: [twice] })).length, 1);
  });

  it('E46 a refused comment changes nothing', async () => {
    const good = await guid();
    await comment(11611, { text: 'x', attachments: [good, 'unknown'] });
    assert.equal(client.pyrus.uploads[0]?.state, 'fresh');
    const { comments } = taskIn(
      await get(`${client.pyrus.origins.api}/v4/tasks/11611`, client.token),
    );
    assert.ok(Array.isArray(comments));
    assert.equal(comments.length, 1);
  });

  it('E47 a file field is added to', async () => {
    const answer = await comment(11613, {
      field_updates: [{ id: 18, value: [{ guid: await guid() }] }],
    });
    const { fields } = taskIn(answer);
    assert.ok(Array.isArray(fields));
    const field = fields.filter(isObject).find(({ id }) => id === 18);
    assert.ok(Array.isArray(field?.['value']));
    const ids = field['value'].filter(isObject).map(({ id }) => id);
    assert.deepEqual(ids, [17563, 424_060_439]);
    const { field_updates: updates } = lastComment(answer);
    assert.match(JSON.stringify(updates), /"id":18,.*"id":424060439,/);
  });

  it('E47 a file field inside a title; other fields', async () => {
    const updates = [
      { name: 'Scan', value: [await guid()] },
      { id: 1, value: 'Other' },
    ];
    const { fields } = taskIn(await comment(11613, { field_updates: updates }));
    assert.match(JSON.stringify(fields), /"id":17570,.*"id":424060439,/);
    assert.match(JSON.stringify(fields), /"name":"Purpose","value":"Other"/);
  });

  const refused: readonly [body: unknown, code: string][] = [
    ['', 'empty_body'],
    ['{', 'invalid_json'],
    [{ text: 'a', formatted_text: 'b' }, 'both_text_and_formatted_text_specified'],
    [{ text: 1 }, 'invalid_value_format'],
    [{ attachments: 'x' }, 'invalid_value_format'],
    [{ attachments: [1] }, 'invalid_value_format'],
    [{ attachments: [{ attachment_id: 1400 }] }, 'access_denied_file'],
    [{ field_updates: [{ value: 1 }] }, 'field_identity_missing'],
    [{ field_updates: [{ id: 99, value: 1 }] }, 'invalid_field_id'],
    [{ field_updates: [{ id: 31, value: [] }] }, 'field_is_in_table'],
  ];
  for (const [body, code] of refused) {
    it(`E49 and others: ${JSON.stringify(body)} is ${code}`, async () => {
      assert.equal(errorCodeOf(await comment(11613, body)), code);
    });
  }

  it('E48 reopens a closed task unless asked not to', async () => {
    const quiet = await comment(11700, { text: 'x', skip_auto_reopen: true });
    assert.equal(taskIn(quiet)['is_closed'], true);
    const loud = await comment(11700, { text: 'x' });
    assert.equal(taskIn(loud)['is_closed'], false);
    assert.equal('close_date' in taskIn(loud), false);
    assert.equal(lastComment(loud)['action'], 'reopened');
  });

  it('E50 too many files', async () => {
    await client.pyrus.close();
    client = await TestClient.start({ maxTaskAttachments: 2 });
    const files = [{ attachment_id: 1334 }, { attachment_id: 1334 }];
    assert.equal(attached(await comment(11611, { attachments: files })).length, 2);
    const answer = await comment(11611, { attachments: files.slice(1) });
    assert.deepEqual([answer.status, errorCodeOf(answer)], [400, 'too_many_attachments']);
  });

  it('too many comments', async () => {
    await client.pyrus.close();
    client = await TestClient.start({ maxTaskComments: 2 });
    assert.equal((await comment(11611, { text: 'x' })).status, 200);
    assert.equal(errorCodeOf(await comment(11611, { text: 'x' })), 'too_many_comments');
  });

  it('leaves GUIDs out without a word when scripted to misread them', async () => {
    const match = 'POST /v4/tasks/11611/comments';
    client.pyrus.script({ match, receive: { misread: withoutGuids } });
    const fresh = await guid();
    const answer = await comment(11611, { text: 'x', attachments: [{ guid: fresh }] });
    assert.deepEqual([lastComment(answer)['text'], attached(answer)], ['x', []]);
    assert.equal(client.pyrus.uploads[0]?.state, 'fresh');
    assert.match(client.pyrus.requests.at(-1)?.body ?? '', /"guid"/);
  });

  it('makes the comment, then loses the answer', async () => {
    const match = 'POST /v4/tasks/11611/comments';
    client.pyrus.script({ match, send: { cut: { at: 'head', how: 'rst' } } });
    await assert.rejects(comment(11611, { text: 'once' }), { code: 'ECONNRESET' });
    const again = await get(`${client.pyrus.origins.api}/v4/tasks/11611`, client.token);
    assert.equal(lastComment(again)['text'], 'once');
  });
});
