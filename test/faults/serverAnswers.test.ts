import assert from 'node:assert/strict';
import { whoAmI } from '../../src/pyrus/auth';
import { html } from '../pyrus-server/replies';
import type { Reply } from '../pyrus-server/replies';
import { withJson } from '../pyrus-server/scripted';
import { failure } from '../unit/pyrus/failure';
import { UPLOAD, UploadScene } from './uploadScene';

const GUID = '0f8fad5b-d9cb-469f-a165-70867728950e';
const MD5 = '0'.repeat(32);

describe('faults: a success that is none', () => {
  const scene = UploadScene.prepare();

  /** Uploads against this answer, for ever. @returns the kind of failure, and how often it was asked */
  const uploadAnswered = async (body: string | Buffer, type = 'application/json') => {
    const { hits } = scene.pyrus.script({
      match: UPLOAD,
      times: Infinity,
      answer: { status: 200, headers: { 'Content-Type': type }, body },
    });
    const { kind } = await failure(scene.upload(await scene.file(1000)));
    return { kind, tries: hits.length };
  };

  for (const type of ['text/html', 'application/json']) {
    it(`S11 a sign-in page with 200, said to be ${type}, is not Pyrus`, async () => {
      const { body = '' } = html(200, 'Sign in to the hotel');
      assert.ok(typeof body === 'string');
      assert.deepEqual(await uploadAnswered(body, type), { kind: 'notPyrus', tries: 1 });
    });
  }

  it('S11 is the same for sign-in, profile and download', async () => {
    scene.pyrus.script({ match: () => true, times: Infinity, answer: html(200, 'Sign in') });
    const { exchange, grants, signal } = scene.me;
    const grant = await grants.current();
    const calls = [
      grants.renew(grant, signal),
      whoAmI(exchange, grant, signal),
      scene.client.download(17, () => Promise.resolve(), { signal }),
    ];
    for (const call of calls) {
      assert.equal((await failure(call)).kind, 'notPyrus');
    }
  });

  const wrong: Readonly<Record<string, unknown>> = {
    'an empty object': {},
    'no GUID': { md5_hash: MD5 },
    'a GUID of null': { guid: null, md5_hash: MD5 },
    'a GUID that is a number': { guid: 17, md5_hash: MD5 },
    'a GUID in braces': { guid: `{${GUID}}`, md5_hash: MD5 },
    'a GUID with a line break': { guid: `${GUID}\n`, md5_hash: MD5 },
    'a GUID in Cyrillic digits': { guid: GUID.replace('a', 'а'), md5_hash: MD5 },
    'a list of GUIDs': { guid: [GUID], md5_hash: MD5 },
    'no MD5': { guid: GUID },
    'an MD5 of null': { guid: GUID, md5_hash: null },
    'an MD5 in base64': { guid: GUID, md5_hash: '1B2M2Y8AsgTpgAmY7PhCfg==' },
    'an empty MD5': { guid: GUID, md5_hash: '' },
    'a list': [{ guid: GUID, md5_hash: MD5 }],
    'an error with 200': { error: 'x', error_code: 'server_error' },
    'a string': GUID,
    null: null,
    'a number': 17,
  };
  for (const [name, body] of Object.entries(wrong)) {
    it(`S12 ${name} gives no GUID`, async () => {
      const { kind, tries } = await uploadAnswered(JSON.stringify(body));
      assert.ok(kind === 'unexpectedAnswer' || kind === 'notPyrus', kind);
      assert.equal(tries, 1);
    });
  }

  it('S12 upper case and members we do not know are no fault', async () => {
    scene.pyrus.script({
      match: UPLOAD,
      reshape: real => {
        const { guid, md5_hash: md5 } = JSON.parse(textOf(real)) as Record<string, string>;
        return withJson(real, {
          guid: guid?.toUpperCase(),
          md5_hash: md5?.toUpperCase(),
          new_member: { a: 1 },
        });
      },
    });
    const original = await scene.file(1000);
    const uploaded = await scene.upload(original);
    scene.assertRight(uploaded, original);
    assert.equal(uploaded.guid, uploaded.guid.toLowerCase());
  });

  it('S12 a valid GUID beside an error is still judged by its MD5', async () => {
    const answer = { guid: GUID, md5_hash: MD5, error_code: 'server_error' };
    assert.deepEqual(await uploadAnswered(JSON.stringify(answer)), {
      kind: 'md5Mismatch',
      tries: 2,
    });
  });

  const whole = JSON.stringify({ guid: GUID, md5_hash: MD5 });
  const broken: Readonly<Record<string, string | Buffer>> = {
    'cut short': whole.slice(0, -10),
    'of 10 MB': `{"guid":"${'0'.repeat(10_000_000)}"}`,
    'of 10 MB of spaces': `${' '.repeat(10_000_000)}${whole}`,
    '100,000 deep': `${'['.repeat(100_000)}${']'.repeat(100_000)}`,
    '100,000 deep and open': '{"a":'.repeat(100_000),
    'in invalid UTF-8': Buffer.from(whole.replace('0f', '\u00ff\u00fe'), 'latin1'),
    'in UTF-16': Buffer.from(whole, 'utf16le'),
    twice: whole + whole,
    empty: '',
    'of zero bytes': Buffer.alloc(100),
  };
  for (const [name, body] of Object.entries(broken)) {
    it(`S13 JSON ${name} ends cleanly, without a GUID`, async () => {
      const { kind, tries } = await uploadAnswered(body);
      assert.ok(kind === 'unexpectedAnswer' || kind === 'notPyrus', kind);
      assert.equal(tries, 1);
    });
  }

  it('S13 a byte order mark is no fault', async () => {
    scene.pyrus.script({
      match: UPLOAD,
      reshape: real => ({ ...real, body: `\ufeff${textOf(real)}` }),
    });
    const original = await scene.file(1000);
    scene.assertRight(await scene.upload(original), original);
  });

  for (const status of [201, 202, 204, 205, 206]) {
    it(`S15 ${status} in place of 200 is a failure, of an upload and of a download`, async () => {
      const head = `HTTP/1.1 ${status} X\r\nContent-Range: bytes 0-1/2\r\nConnection: close\r\n`;
      const body = status === 204 || status === 205 ? '' : whole;
      scene.pyrus.script({
        match: () => true,
        times: Infinity,
        send: { raw: `${head}Content-Length: ${body.length}\r\n\r\n${body}` },
      });
      const { signal } = scene.me;
      const { host } = new URL(scene.pyrus.origins.files);
      const expected = { kind: 'unexpectedAnswer', host, about: `HTTP ${status}` };
      assert.deepEqual(await failure(scene.upload(await scene.file(1000))), expected);
      const taking = scene.client.download(17, () => assert.fail('it was taken'), { signal });
      assert.deepEqual(await failure(taking), expected);
    });
  }

  const ok = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';
  const length = `Content-Length: ${whole.length}\r\n`;
  const garbage: Readonly<Record<string, string | Buffer>> = {
    'an SSH banner': 'SSH-2.0-OpenSSH_9.9\r\n',
    'random bytes': Buffer.from('8f00c1d2fffe0a0d0a1b2c', 'hex'),
    'an unknown version': `HTTP/9.9 200 OK\r\n${length}\r\n${whole}`,
    'a status of five digits': `HTTP/1.1 20000 OK\r\n${length}\r\n${whole}`,
    'two lengths': `${ok}${length}Content-Length: 7\r\n\r\n${whole}`,
    'a negative length': `${ok}Content-Length: -5\r\n\r\n${whole}`,
    'a length that is a word': `${ok}Content-Length: many\r\n\r\n${whole}`,
    'a length and chunks': `${ok}${length}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${whole}`,
    'a length too short': `${ok}Content-Length: ${whole.length - 5}\r\n\r\n${whole}`,
    'a bad chunk size': `${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\n${whole}\r\n0\r\n\r\n`,
    'a header of 20 KB': `${ok}X-Long: ${'x'.repeat(20_000)}\r\n${length}\r\n${whole}`,
    'a header without a colon': `${ok}nonsense\r\n${length}\r\n${whole}`,
    'a NUL in a header': `${ok}X-A: a\0b\r\n${length}\r\n${whole}`,
  };
  const clean = ['unexpectedAnswer', 'notPyrus', 'connectionLost', 'md5Mismatch'];
  for (const [name, raw] of Object.entries(garbage)) {
    it(`S16 ${name} ends cleanly, after one retry at most`, async () => {
      const { hits } = scene.pyrus.script({ match: UPLOAD, times: Infinity, send: { raw } });
      const { kind } = await failure(scene.upload(await scene.file(1000)));
      assert.ok(clean.includes(kind), kind);
      assert.ok(hits.length <= 2, `tried ${hits.length} times`);
    });
  }

  it('S16 an answer shorter than its length is a connection that broke, once', async () => {
    const raw = `${ok}Content-Length: ${whole.length + 5}\r\n\r\n${whole}`;
    scene.pyrus.script({ match: UPLOAD, send: { raw } });
    const original = await scene.file(1000);
    scene.assertRight(await scene.upload(original), original);
    assert.equal(scene.waits[0]?.failure.kind, 'connectionLost');
    const { hits } = scene.pyrus.script({ match: UPLOAD, times: Infinity, send: { raw } });
    assert.equal((await failure(scene.upload(original))).kind, 'connectionLost');
    assert.equal(hits.length, 2);
  });
});

function textOf({ body }: Reply): string {
  assert.ok(typeof body === 'string');
  return body;
}
