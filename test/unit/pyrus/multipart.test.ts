import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import fetch from 'node-fetch';
import { PyrusError } from '../../../src/pyrus/errors';
import { multipartBody, multipartLength } from '../../../src/pyrus/multipart';
import { uploadName } from '../../../src/transfer/uploadName';
import { RawServer } from './rawServer';
import type { RawRequest } from './rawServer';

const mebibyte = 1024 * 1024;

describe('the multipart body of an upload', () => {
  let server: RawServer;
  let agent: Agent;

  beforeEach(async () => {
    server = await RawServer.start();
    // One socket: a request that does not end would hold up the next for ever.
    agent = new Agent({ keepAlive: true, maxSockets: 1 });
  });
  afterEach(async () => {
    agent.destroy();
    await server.stop();
  });

  const post = async (
    name: string,
    content: Buffer | Readable,
    size: number,
    signal?: AbortSignal,
  ): Promise<void> => {
    const { headers, body } = multipartBody(name, { content, size });
    const options = { method: 'POST', headers: { ...headers }, body, agent };
    const answer = await fetch(server.url, {
      ...options,
      redirect: 'manual',
      signal: signal ?? null,
    });
    assert.equal(await answer.text(), '{}');
  };

  const received = async (
    name: string,
    content: Buffer | Readable,
    size: number,
  ): Promise<RawRequest> => {
    await post(name, content, size);
    const request = server.requests.at(-1);
    assert.ok(request);
    return request;
  };

  for (const size of [0, 1, 1000, 3 * mebibyte + 5]) {
    for (const form of ['Buffer', 'stream'] as const) {
      it(`is byte for byte what Pyrus documents (${form} of ${size})`, async () => {
        const bytes = randomBytes(size);
        const content = form === 'Buffer' ? bytes : streamOf(bytes);
        const { head, body } = await received('Пустой отчёт.pdf', content, size);
        const boundary = boundaryIn(head);
        const expected = Buffer.concat([
          Buffer.from(
            `--${boundary}\r\n` +
              'Content-Disposition: form-data; name="file"; filename="Пустой отчёт.pdf"\r\n' +
              'Content-Type: application/octet-stream\r\n\r\n',
          ),
          bytes,
          Buffer.from(`\r\n--${boundary}--\r\n`),
        ]);
        assert.ok(body.equals(expected));
        assert.match(head, new RegExp(`^content-length: ${expected.length}$`, 'im'));
        assert.doesNotMatch(head, /transfer-encoding/i);
        assert.equal(multipartLength('Пустой отчёт.pdf', size), expected.length);
      });
    }
  }

  const hostile = JSON.parse(
    readFileSync(join(__dirname, '../../../../test/data/hostile-filenames.json'), 'utf8'),
  ) as readonly { readonly name: string }[];
  const names = [
    'a\r\nX-Evil: 1\r\n\r\nbody.txt',
    'quote".txt',
    'quote"; filename="other.txt',
    'semi;colon=1.txt',
    'back\\slash.txt',
    'percent%22%0D%0A.txt',
    'я'.repeat(127) + 'x',
    '😀👩🏽‍💻.png',
    'nul\0.txt',
    ...hostile.map(({ name }) => name).filter(name => name !== ''),
  ];

  it(`has one disposition line and two header lines for each of ${names.length} hostile names`, async () => {
    for (const name of names) {
      const { head, body } = await received(name, Buffer.from('content'), 7);
      const lines = body.toString('utf8').split('\r\n');
      const boundary = boundaryIn(head);
      const [, disposition = ''] = lines;
      assert.deepEqual(lines, [
        `--${boundary}`,
        disposition,
        'Content-Type: application/octet-stream',
        '',
        'content',
        `--${boundary}--`,
        '',
      ]);
      assert.match(
        disposition,
        /^Content-Disposition: form-data; name="file"; filename="[^"\r\n]*"$/,
      );
    }
  });

  it('carries a cleaned name unchanged', async () => {
    for (const name of names.map(uploadName).filter(name => !name.includes('/'))) {
      const { body } = await received(name, Buffer.from('content'), 7);
      const sent = /; filename="(.*?)"\r\n/s.exec(body.toString('utf8'))?.[1];
      assert.equal(sent, name);
    }
  });

  it('uses another boundary every time', () => {
    const boundaries = Array.from({ length: 20 }, () => {
      const { headers } = multipartBody('x', { content: Buffer.of(), size: 0 });
      return headers['content-type'];
    });
    assert.equal(new Set(boundaries).size, 20);
  });

  it('ends the request and gives the socket back', async () => {
    for (let round = 0; round < 3; round += 1) {
      const bytes = randomBytes(2 * mebibyte);
      await post('small', Buffer.from('small'), 5);
      await post('large', streamOf(bytes), bytes.length);
    }
    assert.equal(server.connections, 1);
    await new Promise(setImmediate);
    assert.equal(Object.values(agent.freeSockets).flat().length, 1);
    assert.equal(Object.values(agent.sockets).flat().length, 0);
  });

  it('reaches a slow server undamaged', async () => {
    const bytes = randomBytes(20 * mebibyte);
    server.onData = socket => {
      socket.pause();
      setImmediate(() => socket.resume());
    };
    const { body } = await received('slow', streamOf(bytes), bytes.length);
    assert.ok(body.includes(bytes));
  });

  it('destroys the content on abort', async () => {
    const cancel = new AbortController();
    const content = endless();
    server.onData = () => cancel.abort();
    await assert.rejects(post('aborted', content, 2_000_000_000, cancel.signal), {
      name: 'AbortError',
    });
    assert.ok(content.destroyed);
  });

  it('destroys the content when the server goes away', async () => {
    const content = endless();
    server.onData = socket => socket.destroy();
    await assert.rejects(post('cut', content, 2_000_000_000), { name: 'FetchError' });
    assert.ok(content.destroyed);
  });

  it('passes on why the content failed, before and after the connection', async () => {
    const reason = new Error('the file changed');
    const early = new Readable({ read: () => early.destroy(reason) });
    await assert.rejects(post('early', early, 10), reason);
    const late = endless();
    server.onData = () => late.destroy(reason);
    await assert.rejects(post('late', late, 2_000_000_000), reason);
    const before = endless().on('error', () => undefined);
    before.destroy(reason);
    await assert.rejects(post('before', before, 10), reason);
  });

  it('fails when the content ends without having ended', async () => {
    const content = endless();
    server.onData = () => content.destroy();
    await assert.rejects(post('closed', content, 2_000_000_000), /Premature close/);
  });

  it('leaves the content alone until it is read', () => {
    const content = endless();
    multipartBody('unread', { content, size: 10 });
    assert.equal(content.listenerCount('data'), 0);
    assert.equal(content.readableFlowing, null);
  });

  it('is refused from one byte above 2 GiB', () => {
    const content = Buffer.of();
    const { overhead } = multipartBody('отчёт', { content, size: 0 });
    const largest = 2_147_483_648 - overhead;
    assert.equal(multipartLength('отчёт', largest), 2_147_483_648);
    const fits = multipartBody('отчёт', { content: endless(), size: largest });
    assert.equal(fits.headers['content-length'], '2147483648');
    const tooLarge = (error: unknown): boolean =>
      error instanceof PyrusError && error.failure.kind === 'fileTooLarge';
    assert.throws(() => multipartLength('отчёт', largest + 1), tooLarge);
    assert.throws(() => multipartBody('отчёт', { content, size: largest + 1 }), tooLarge);
  });

  it('makes no library complain', () => {
    const multipart = JSON.stringify(require.resolve('../../../src/pyrus/multipart'));
    const program = `
      const { Readable } = require('node:stream');
      const { multipartBody } = require(${multipart});
      const fetch = require(${JSON.stringify(require.resolve('node-fetch'))}).default;
      const server = require('node:http').createServer((request, response) =>
        request.resume().on('end', () => response.end('{}')));
      server.listen(0, async () => {
        const url = 'http://127.0.0.1:' + server.address().port;
        for (const content of [Buffer.from('x'), Readable.from([Buffer.from('x')])]) {
          const answer = await fetch(url, { method: 'POST', ...multipartBody('x', { content, size: 1 }) });
          console.log(await answer.text());
        }
        server.close();
      });`;
    const child = spawnSync(process.execPath, ['-e', program], {
      encoding: 'utf8',
      timeout: 9_000,
    });
    assert.equal(child.stdout, '{}\n{}\n');
    assert.equal(child.stderr.replace(/.*ExperimentalWarning: .*require.*\n.*\n/, ''), '');
  });
});

function boundaryIn(head: string): string {
  const boundary = /^content-type: multipart\/form-data; ?boundary=([-0-9a-z]{10,70})$/im.exec(
    head,
  )?.[1];
  assert.ok(boundary, head);
  return boundary;
}

function streamOf(bytes: Buffer): Readable {
  let position = 0;
  return new Readable({
    highWaterMark: mebibyte,
    read() {
      const chunk = bytes.subarray(position, position + mebibyte);
      position += chunk.length;
      this.push(chunk.length > 0 ? chunk : null);
    },
  });
}

function endless(): Readable {
  return new Readable({
    highWaterMark: mebibyte,
    read() {
      this.push(Buffer.alloc(mebibyte));
    },
  });
}
