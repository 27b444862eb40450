import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { startPyrus, type PyrusServer } from './pyrus';
import { errorCodeOf, head, jsonOf, sendRaw, type RawAnswer } from './raw';

const BOUNDARY = '8d2f42366b41441';
const PDF = '%PDF-1.4\n%%EOF\n';
const PDF_MD5 = 'f62b27e45a1dfb140c91a291ab586d3e';

/** One file part; `end` follows the closing delimiter. */
function body(disposition: string, type: string | undefined, content: string, end = ''): Buffer {
  const typeLine = type === undefined ? '' : `Content-Type: ${type}\r\n`;
  return Buffer.from(
    `--${BOUNDARY}\r\nContent-Disposition: ${disposition}\r\n${typeLine}\r\n` +
      `${content}\r\n--${BOUNDARY}--${end}`,
  );
}

describe('stand-in Pyrus: uploads', () => {
  let pyrus: PyrusServer;
  let token: string;
  const post = (
    url: string,
    bytes: Buffer,
    headers: Record<string, string> = {},
  ): Promise<RawAnswer> => {
    const { origin, pathname } = new URL(url);
    const all = {
      Authorization: `Bearer ${token}`,
      'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
      'Content-Length': String(bytes.length),
      ...headers,
    };
    return sendRaw(origin, Buffer.concat([Buffer.from(head('POST', pathname, all)), bytes]));
  };

  beforeEach(async () => {
    pyrus = await startPyrus();
    token = pyrus.issueToken();
  });
  afterEach(() => pyrus.close());

  const accepted: readonly {
    readonly title: string;
    readonly origin: 'api' | 'files' | 'onPremises';
    readonly path: string;
    readonly body: Buffer;
    readonly length?: number;
    readonly name: string;
    readonly content: string;
    readonly md5?: string;
  }[] = [
    {
      title: 'E11 the documented form',
      origin: 'api',
      path: '/v4/files/upload',
      body: body(
        'form-data; name="file"; filename="test.txt"',
        'application/octet-stream',
        'file content',
        '\r\n',
      ),
      length: 162,
      name: 'test.txt',
      content: 'file content',
      md5: 'd10b4c3ff123b26dc068d43a8bef2d23',
    },
    {
      title: 'E12 on the files host',
      origin: 'files',
      path: '/v4/files/upload',
      body: body('form-data; name="file"; filename="test.txt"', undefined, 'file content'),
      name: 'test.txt',
      content: 'file content',
    },
    {
      title: 'E13 the 1C request of the help page, byte for byte',
      origin: 'api',
      path: '/v4/files/upload/',
      body: body(
        `form-data; name="%D0%9F%D1%83%D1%81%D1%82%D0%BE%D0%B9"; filename*=UTF-8''%D0%9F%D1%83%D1%81%D1%82%D0%BE%D0%B9.pdf`,
        'application/pdf',
        PDF,
        '\r\n',
      ),
      length: 226,
      name: 'Пустой.pdf',
      content: PDF,
      md5: PDF_MD5,
    },
    {
      title: 'E14 a raw UTF-8 name',
      origin: 'files',
      path: '/v4/files/upload',
      body: body('form-data; name="file"; filename="Пустой.pdf"', 'application/pdf', PDF, '\r\n'),
      length: 164,
      name: 'Пустой.pdf',
      content: PDF,
      md5: PDF_MD5,
    },
    {
      title: 'E15 the .NET form, filename* wins',
      origin: 'files',
      path: '/v4/files/upload',
      body: body(
        `form-data; name=file; filename="=?utf-8?B?b3RoZXIucGRm?="; filename*=utf-8''%D0%9F%D1%83%D1%81%D1%82%D0%BE%D0%B9.pdf`,
        undefined,
        PDF,
      ),
      name: 'Пустой.pdf',
      content: PDF,
    },
    {
      title: 'E15 an RFC 2047 word alone',
      origin: 'files',
      path: '/v4/files/upload',
      body: body(
        'form-data; name=file; filename="=?utf-8?B?0J/Rg9GB0YLQvtC5LnBkZg==?="',
        undefined,
        PDF,
      ),
      name: 'Пустой.pdf',
      content: PDF,
    },
    {
      title: 'E16 a field named after the file, no part type',
      origin: 'files',
      path: '/v4/files/upload',
      body: body('form-data; name="filename.jpg"; filename="filename.jpg"', undefined, 'x'),
      name: 'filename.jpg',
      content: 'x',
    },
    {
      title: 'E17 a quote in the name',
      origin: 'files',
      path: '/v4/files/upload',
      body: body('form-data; name="file"; filename="a%22b.txt"', undefined, 'x'),
      name: 'a"b.txt',
      content: 'x',
    },
    {
      title: 'on premises under /api/v4',
      origin: 'onPremises',
      path: '/api/v4/files/upload',
      body: body('form-data; name="file"; filename="a;b.txt"', undefined, 'x'),
      name: 'a;b.txt',
      content: 'x',
    },
    {
      title: 'content that looks almost like a delimiter',
      origin: 'files',
      path: '/v4/files/upload',
      body: body(
        'form-data; name="file"; filename="a"',
        undefined,
        `\r\n--8d2f\r\r\n--${BOUNDARY.slice(0, -1)}X\n--${BOUNDARY}\r\n-`,
      ),
      name: 'a',
      content: `\r\n--8d2f\r\r\n--${BOUNDARY.slice(0, -1)}X\n--${BOUNDARY}\r\n-`,
    },
  ];
  for (const one of accepted) {
    it(`takes ${one.title}`, async () => {
      if (one.origin === 'onPremises') {
        token = pyrus.issueToken('onPremises');
      }
      if (one.length !== undefined) {
        assert.equal(one.body.length, one.length);
      }
      const answer = await post(`${pyrus.origins[one.origin]}${one.path}`, one.body);
      assert.equal(answer.status, 200, answer.body.toString());
      const [upload] = pyrus.uploads;
      assert.ok(upload !== undefined);
      const md5 = one.md5 ?? createHash('md5').update(one.content).digest('hex');
      assert.deepEqual(jsonOf(answer), { guid: upload.guid, md5_hash: md5 });
      assert.match(
        upload.guid,
        /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      );
      assert.equal(upload.name, one.name);
      assert.equal(upload.bytes?.toString(), one.content);
      assert.equal(upload.size, Buffer.byteLength(one.content));
      assert.equal(pyrus.requests.at(-1)?.bodyLength, one.body.length);
    });
  }

  const file = 'form-data; name="file"; filename="a.txt"';
  const good = body(file, undefined, 'x');
  const refused: readonly [title: string, bytes: Buffer, code: string, type?: string][] = [
    ['E18 no file part', body('form-data; name="x"', undefined, 'x'), 'no_file_in_request'],
    [
      'E18 an empty file name',
      body('form-data; name="x"; filename=""', undefined, 'x'),
      'no_file_in_request',
    ],
    ['E19 no boundary', good, 'bad_multipart_content', 'multipart/form-data'],
    ['E19 another boundary', good, 'bad_multipart_content', 'multipart/form-data; boundary=x'],
    ['E19 not multipart', good, 'bad_multipart_content', 'application/octet-stream'],
    ['E20 an empty file', body(file, undefined, ''), 'empty_file'],
    [
      'E21 two files',
      Buffer.concat([
        good.subarray(0, -2),
        Buffer.from('\r\n'),
        good.subarray(BOUNDARY.length + 4),
      ]),
      'bad_multipart_content',
    ],
    [
      'E25 a long name',
      body(`form-data; name="f"; filename="${'я'.repeat(300)}"`, undefined, 'x'),
      'max_file_name_length_exceeded',
    ],
    ['bare LF', Buffer.from(good.toString().replaceAll('\r\n', '\n')), 'bad_multipart_content'],
    [
      'bare LF in the head',
      Buffer.from(good.toString().replace('"a.txt"', '"a.txt"\nX: y')),
      'bad_multipart_content',
    ],
    ['no closing delimiter', good.subarray(0, -2), 'bad_multipart_content'],
    ['half a closing delimiter', good.subarray(0, -1), 'bad_multipart_content'],
    ['half a CRLF at the end', Buffer.concat([good, Buffer.from('\r')]), 'bad_multipart_content'],
    [
      'a boundary that goes on',
      Buffer.from(good.toString().replace(`${BOUNDARY}--`, `${BOUNDARY}0--`)),
      'bad_multipart_content',
    ],
    [
      'an opening boundary without CRLF',
      Buffer.from(good.toString().replace('\r\n', '\n\n')),
      'bad_multipart_content',
    ],
    ['an epilogue', Buffer.concat([good, Buffer.from('\r\nmore')]), 'bad_multipart_content'],
    ['a preamble', Buffer.concat([Buffer.from('\r\n'), good]), 'bad_multipart_content'],
    ['an empty body', Buffer.alloc(0), 'bad_multipart_content'],
    ['no name', body('form-data; filename="a"', undefined, 'x'), 'bad_multipart_content'],
    [
      'an attachment part',
      body('attachment; name="f"; filename="a"', undefined, 'x'),
      'bad_multipart_content',
    ],
    [
      'two names',
      body('form-data; name="f"; name="g"; filename="a"', undefined, 'x'),
      'bad_multipart_content',
    ],
    [
      'a backslash-escaped quote',
      body('form-data; name="f"; filename="a\\"b"', undefined, 'x'),
      'bad_multipart_content',
    ],
    [
      'a bad filename*',
      body(`form-data; name="f"; filename*=UTF-8''%D0%9`, undefined, 'x'),
      'bad_multipart_content',
    ],
    [
      'two disposition lines',
      body(`${file}\r\nContent-Disposition: ${file}`, undefined, 'x'),
      'bad_multipart_content',
    ],
    [
      'a head of 20 KB',
      body(`${file}\r\nX-Pad: ${'x'.repeat(20_000)}`, undefined, 'x'),
      'bad_multipart_content',
    ],
    [
      'a name that is not UTF-8',
      Buffer.from(good.toString('latin1').replace('a.txt', '\xcf\xf3.txt'), 'latin1'),
      'invalid_request_encoding',
    ],
  ];
  for (const [title, bytes, code, type] of refused) {
    it(`refuses ${title}`, async () => {
      const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type };
      const answer = await post(`${pyrus.origins.files}/v4/files/upload`, bytes, headers);
      assert.deepEqual([answer.status, errorCodeOf(answer)], [400, code]);
      assert.deepEqual(pyrus.uploads, []);
    });
  }
});
