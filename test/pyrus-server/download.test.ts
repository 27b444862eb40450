import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { cyrillicName, fileIds } from './fixtures';
import { startPyrus, type PyrusServer } from './pyrus';
import { errorCodeOf, get, jsonOf, type RawAnswer } from './raw';

describe('stand-in Pyrus: downloads', () => {
  let pyrus: PyrusServer;
  let token: string;

  before(async () => {
    pyrus = await startPyrus();
    token = pyrus.issueToken();
  });
  after(() => pyrus.close());

  const download = (id: number | string): Promise<RawAnswer> =>
    get(`${pyrus.origins.files}/v4/files/download/${id}`, token);
  const attachment = (id: number): Promise<RawAnswer> =>
    get(`${pyrus.origins.files}/services/attachment?Id=${id}`, token);

  it('E26 by id, with the documented headers', async () => {
    const answer = await get(`${pyrus.origins.api}/v4/files/download/1334`, token);
    assert.equal(answer.status, 200);
    assert.equal(answer.headers.get('content-disposition'), 'attachment; filename=test.txt');
    assert.equal(answer.headers.get('content-length'), '12');
    assert.equal(answer.headers.get('content-type'), 'application/octet-stream');
    assert.equal(answer.body.toString(), 'file content');
  });

  for (const path of [
    '/v4/files/download/1334',
    '/services/attachment?Id=1334',
    '/services/attachment?id=1334',
  ]) {
    it(`E27 from the files host: ${path}`, async () => {
      const answer = await get(`${pyrus.origins.files}${path}`, token);
      assert.equal(answer.body.toString(), 'file content');
      assert.equal(answer.headers.get('content-disposition'), 'attachment; filename=test.txt');
    });
  }

  it('E27 on premises, where /api/v4/files/download is no route', async () => {
    const mine = pyrus.issueToken('onPremises');
    const { onPremises } = pyrus.origins;
    assert.equal((await get(`${onPremises}/v4/files/download/1334`, mine)).status, 200);
    assert.equal((await get(`${onPremises}/services/attachment?Id=1334`, mine)).status, 200);
    assert.equal((await get(`${onPremises}/api/v4/files/download/1334`, mine)).status, 404);
  });

  const raw = Buffer.from(cyrillicName).toString('latin1');
  const dispositions: readonly [title: string, id: number, value: string][] = [
    ['a quoted name', fileIds.quotedName, 'attachment; filename="my report; final.txt"'],
    [
      'E28 both parameters',
      fileIds.extendedName,
      `attachment; filename="Otchet.pdf"; filename*=UTF-8''%D0%9E%D1%82%D1%87%D1%91%D1%82%20%D0%B7%D0%B0%20%D0%BC%D0%B0%D1%80%D1%82%20%28%D0%B8%D1%82%D0%BE%D0%B3%29.pdf`,
    ],
    ['E29 raw UTF-8 bytes', fileIds.rawUtf8Name, `attachment; filename="${raw}"`],
  ];
  for (const [title, id, value] of dispositions) {
    it(`names a file by ${title}`, async () => {
      assert.equal((await download(id)).headers.get('content-disposition'), value);
    });
  }

  it('E30 JSON as application/json', async () => {
    const answer = await download(fileIds.jsonContent);
    assert.equal(answer.headers.get('content-type'), 'application/json');
    const md5 = createHash('md5').update(answer.body).digest('hex');
    assert.equal(md5, '4588ff3797b78d819d858fa3bdd82b09');
  });

  it('E31 no Content-Disposition and no Content-Length', async () => {
    const answer = await download(fileIds.unnamedChunked);
    assert.equal(answer.headers.has('content-disposition'), false);
    assert.equal(answer.headers.has('content-length'), false);
    assert.equal(answer.headers.get('transfer-encoding'), 'chunked');
    assert.equal(answer.body.toString(), 'file content');
  });

  it('a preview has no Content-Disposition', async () => {
    const url = `${pyrus.origins.files}/services/attachment?id=1334&isPreview=1`;
    assert.equal((await get(url, token)).headers.has('content-disposition'), false);
  });

  const troubles: readonly [
    title: string,
    id: number,
    status: number,
    code: string | undefined,
    web: RegExp,
  ][] = [
    ['E32 unknown', 999_999, 400, 'unrecognized_attachment_id', /^<html>/],
    ['E33 forbidden', fileIds.forbidden, 403, 'access_denied_file', /^$/],
    ['E34 missing', fileIds.missing, 404, 'file_is_missing', /^<html>/],
    ['E35 removed', fileIds.removed, 410, undefined, /^$/],
  ];
  for (const [title, id, status, code, web] of troubles) {
    it(title, async () => {
      const api = await download(id);
      assert.equal(api.status, status);
      if (code === undefined) {
        assert.equal(api.body.length, 0);
      } else {
        assert.equal(errorCodeOf(api), code);
      }
      const page = await attachment(id);
      assert.equal(page.status, status);
      assert.match(page.body.toString(), web);
    });
  }

  for (const id of [
    'abc',
    '0',
    '-1',
    '2147483648',
    '08923d83-255b-4f18-b0eb-5c4d3b9bf1d2',
    '%31',
  ]) {
    it(`no route for the id ${id}`, async () => {
      const answer = await download(id);
      assert.equal(answer.status, 404);
      assert.match(JSON.stringify(jsonOf(answer)), /^\{"Message":/);
    });
  }

  it('E37 redirects to the foreign host, which notes who comes', async () => {
    const answer = await download(fileIds.redirected);
    assert.equal(answer.status, 302);
    assert.equal(answer.headers.get('location'), `${pyrus.origins.foreign}/cdn/1337`);
    assert.equal(pyrus.foreignRequests.length, 0);
    await get(`${pyrus.origins.foreign}/cdn/1337`, 'leaked');
    assert.deepEqual(
      pyrus.foreignRequests.map(({ path, headers }) => [path, headers.authorization]),
      [['/cdn/1337', 'Bearer leaked']],
    );
  });

  it('serves generated files block by block', async () => {
    const file = pyrus.addFile({ name: 'big.bin', content: 3_000_001 });
    const answer = await download(file.id);
    assert.equal(answer.headers.get('content-length'), '3000001');
    assert.equal(createHash('md5').update(answer.body).digest('hex'), file.md5);
    assert.equal(file.id >= 424_060_439, true);
  });
});
