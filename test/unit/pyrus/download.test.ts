import assert from 'node:assert/strict';
import { buffer } from 'node:stream/consumers';
import type { PyrusFailure } from '../../../src/pyrus/errors';
import type { IncomingFile } from '../../../src/pyrus/ports';
import { startPyrus } from '../../pyrus-server/pyrus';
import type { PyrusServer } from '../../pyrus-server/pyrus';
import type { Fault } from '../../pyrus-server/faults';
import { OwnTime } from '../ownTime';
import { failure } from './failure';
import { signedInClient } from './signedInClient';
import type { SignedInClient } from './signedInClient';

interface Taken {
  readonly name: string | undefined;
  readonly size: number | undefined;
  readonly content: Buffer;
}

const take = async (file: IncomingFile): Promise<Taken> => {
  const content = await buffer(file.body);
  file.assertComplete();
  return { name: file.name, size: file.size, content };
};

describe('downloading a file', () => {
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

  const fetch = (id: number): Promise<Taken> => me.client.download(id, take, { signal: me.signal });

  it('gives its bytes, its name and its size, from the files host', async () => {
    const { name, size, content } = await fetch(1334);
    assert.deepEqual([name, size, content.toString()], ['test.txt', 12, 'file content']);
    assert.deepEqual(
      pyrus.requests.slice(1).map(({ origin, path }) => `${origin} ${path}`),
      ['files /v4/files/download/1334'],
    );
  });

  it('gives a megabyte that came in many pieces unchanged', async () => {
    const content = Buffer.alloc(3 * 1024 * 1024 + 7, 'кусок');
    const { id } = pyrus.addFile({ name: 'large.bin', content });
    assert.ok((await fetch(id)).content.equals(content));
  });

  it('works with an on-premises server that names no addresses', async () => {
    me = await signedInClient(pyrus, 'onPremises');
    const { id } = pyrus.addFile({ name: 'a', content: Buffer.from('here') }, 'onPremises');
    assert.equal((await fetch(id)).content.toString(), 'here');
  });

  it('renews an expired token unseen', async () => {
    pyrus.setTokens('expired');
    assert.equal((await fetch(1334)).content.toString(), 'file content');
    assert.equal(pyrus.authCount, 2);
  });

  const refusals: readonly [number, PyrusFailure][] = [
    [999999, { kind: 'fileUnknown', id: 999999 }],
    [1400, { kind: 'fileForbidden', id: 1400 }],
    [1404, { kind: 'fileMissing', id: 1404 }],
    [1410, { kind: 'fileRemoved', id: 1410 }],
  ];
  for (const [id, expected] of refusals) {
    it(`says of file ${id}: ${expected.kind}`, async () => {
      assert.deepEqual(await failure(fetch(id)), expected);
    });
  }

  it('says that a file is missing when no address knows it', async () => {
    pyrus.script({
      match: /download|attachment/,
      times: Infinity,
      answer: {
        status: 404,
        headers: { 'content-type': 'text/html' },
        body: Buffer.from('<html>'),
      },
    });
    assert.deepEqual(await failure(fetch(1334)), { kind: 'fileMissing', id: 1334 });
    assert.deepEqual(
      pyrus.requests.slice(1).map(({ origin, path }) => `${origin} ${path}`),
      [
        'files /v4/files/download/1334',
        'api /v4/files/download/1334',
        'files /services/attachment?Id=1334',
      ],
    );
  });

  const repaired: readonly [string, Omit<Fault, 'match'>][] = [
    ['cut off by FIN', { send: { cut: { at: 5, how: 'fin' } } }],
    ['cut off by RST', { send: { cut: { at: 5, how: 'rst' } } }],
    ['cut off before its head', { send: { cut: { at: 'head', how: 'rst' } } }],
    ['shorter than it said', { send: { contentLength: 20 } }],
    ['answered with 503', { answer: { status: 503, headers: {}, body: Buffer.from('<html>') } }],
  ];
  for (const [what, fault] of repaired) {
    it(`starts over when it was ${what}`, async () => {
      const script = pyrus.script({ match: /download\/1334/, ...fault });
      assert.equal((await fetch(1334)).content.toString(), 'file content');
      assert.equal(script.hits.length, 1);
    });
  }

  it('never takes fewer or more bytes than were announced', async () => {
    for (const contentLength of [5, 20]) {
      pyrus.clearFaults();
      pyrus.script({ match: /1334/, times: Infinity, send: { contentLength } });
      const withoutPauses = { signal: me.signal, random: () => 0 };
      const { kind } = await failure(me.client.download(1334, take, withoutPauses));
      assert.ok(
        ['incompleteDownload', 'connectionLost', 'unexpectedAnswer'].includes(kind),
        `${contentLength}: ${kind}`,
      );
    }
  });

  it('refuses what was re-encoded on the way', async () => {
    pyrus.script({
      match: /1334/,
      reshape: real => ({ ...real, headers: { ...real.headers, 'content-encoding': 'gzip' } }),
    });
    assert.deepEqual(await failure(fetch(1334)), { kind: 'encodedDownload', encoding: 'gzip' });
  });

  it('takes no web page for a file', async () => {
    pyrus.script({
      match: /1334/,
      answer: {
        status: 200,
        headers: { 'content-type': 'text/html' },
        body: Buffer.from('<html>'),
      },
    });
    assert.equal((await failure(fetch(1334))).kind, 'notPyrus');
  });

  it('follows no redirect', async () => {
    pyrus.script({
      match: /1334/,
      answer: { status: 302, headers: { location: pyrus.origins.foreign }, body: Buffer.alloc(0) },
    });
    assert.deepEqual(await failure(fetch(1334)), {
      kind: 'redirected',
      host: new URL(pyrus.origins.files).host,
      to: new URL(pyrus.origins.foreign).host,
    });
  });

  it('closes the socket within 200 ms of a cancel', async () => {
    const { id } = pyrus.addFile({ name: 'large', content: Buffer.alloc(1024 * 1024) });
    pyrus.script({ match: /download/, send: { stallAfter: 1000 } });
    let watch: OwnTime | undefined;
    const fetching = me.client.download(
      id,
      async file => {
        for await (const chunk of file.body) {
          assert.ok(chunk);
          watch ??= new OwnTime();
          me.controller.abort();
        }
      },
      { signal: me.signal },
    );
    await assert.rejects(fetching, { name: 'AbortError' });
    await pyrus.when(/download/, ({ outcome }) => outcome === 'aborted');
    const took = watch?.stop() ?? assert.fail('it was not cancelled');
    assert.ok(took < 200, `the socket was closed after ${took} ms`);
  });
});
