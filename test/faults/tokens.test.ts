import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { fileSource } from '../../src/transfer/fileSource';
import { pyrusError } from '../pyrus-server/scripted';
import { md5Worker } from '../../src/transfer/md5';
import { OwnTime } from '../unit/ownTime';
import { mebibyte } from '../unit/transfer/filesOnDisk';
import { AccountScene } from './accountScene';
import { failureOf } from './downloadScene';

const UPLOAD = 'POST /v4/files/upload';

describe('faults: a token that ends', () => {
  // The server waits longer for the rest of a refused upload than the client may take to stop.
  const scene = AccountScene.prepare({ lingerMs: 5000 });
  after(() => md5Worker.end());

  /** A file of this many bytes, most of them a hole. */
  const holeOf = async (size: number): ReturnType<typeof fileSource> => {
    const path = join(scene.temp.path, 'large.bin');
    const handle = await open(path, 'w');
    await handle.truncate(size);
    await handle.close();
    return fileSource(path);
  };

  it('A1 a 401 on a download is not the user’s affair: renewed, and the bytes come', async () => {
    const before = scene.pyrus.authCount;
    scene.pyrus.setTokens('expired');
    const onWait = (): never => assert.fail('the user was told');
    const bytes = await scene.download(scene.add('whole'), scene.client, { onWait });
    assert.equal(bytes.toString(), 'whole');
    assert.equal(scene.pyrus.authCount, before + 1);
    assert.equal((await scene.stored())?.grant?.token, scene.pyrus.validTokens().at(-1));
  });

  it('A2 a 401 at the head of an upload has the file sent once more, from its first byte', async () => {
    const content = randomBytes(5 * mebibyte);
    const source = await scene.source(content);
    scene.pyrus.setTokens('revoked');
    scene.pyrus.script({
      match: UPLOAD,
      answerAt: 'headers',
      answer: pyrusError('revoked_token'),
    });
    const progress: number[] = [];
    const { guid } = await scene.client.upload(source, {
      signal: scene.never,
      onProgress: sent => progress.push(sent),
    });
    const [stored, ...others] = scene.pyrus.uploads;
    assert.deepEqual([stored?.guid, others], [guid, []]);
    assert.ok(stored?.bytes?.equals(content));
    assert.equal(scene.requests(/upload/), 2);
    assert.equal(progress.filter(sent => sent === 0).length, 2, 'the progress did not start over');
    assert.equal(progress.at(-1), content.length);
  });

  it('A3 a 401 in the middle of an upload stops it within a second; it is sent once more', async () => {
    const size = 60 * mebibyte;
    scene.pyrus.setTokens('expired');
    scene.pyrus.script({
      match: UPLOAD,
      answerAt: 50 * mebibyte,
      answer: pyrusError('expired_token'),
    });
    const uploading = scene.client.upload(await holeOf(size), { signal: scene.never });
    const refused = await scene.pyrus.when(UPLOAD, ({ status }) => status === 401);
    const watch = new OwnTime();
    await scene.pyrus.when(/auth/, ({ number }) => number > refused.number);
    const took = watch.stop();
    assert.ok(took < 1000, `it took ${took} ms`);
    const { guid } = await uploading;
    assert.ok(refused.bodyLength < size, 'all of it was sent');
    assert.deepEqual(
      scene.pyrus.uploads.map(upload => [upload.guid, upload.size]),
      [[guid, size]],
    );
    assert.equal(scene.requests(/upload/), 2);
  });

  it('A3 a 401 lost with the connection is asked for with a small call before the bytes go again', async () => {
    const size = 101 * mebibyte;
    scene.pyrus.script({ match: UPLOAD, receive: { cutAfter: 50 * mebibyte, how: 'rst' } });
    const uploading = scene.client.upload(await holeOf(size), { signal: scene.never });
    await scene.pyrus.when(UPLOAD);
    scene.pyrus.setTokens('expired');
    const { guid } = await uploading;
    assert.deepEqual(
      scene.pyrus.requests.slice(2).map(({ path, authorization }) => [path, authorization]),
      [
        ['/v4/files/upload', 'right'],
        ['/v4/profile', 'wrong'],
        ['/api/v4/auth', 'absent'],
        ['/v4/profile', 'right'],
        ['/v4/files/upload', 'right'],
      ],
    );
    assert.deepEqual(
      scene.pyrus.uploads.map(upload => [upload.guid, upload.size]),
      [[guid, size]],
    );
  });

  it('A4 a 401 after the renewal, too, is the end: one renewal, and “sign in again”', async () => {
    const before = scene.pyrus.authCount;
    scene.pyrus.script({
      match: /download/,
      times: Infinity,
      answer: pyrusError('expired_token'),
    });
    const id = scene.add();
    const kinds = await Promise.all(
      [1, 2, 3, 4].map(async () => (await failureOf(scene.download(id))).kind),
    );
    assert.deepEqual(new Set(kinds), new Set(['sessionRefused']));
    assert.equal(scene.pyrus.authCount, before + 1);
    assert.equal(scene.requests(/download/), 8);
  });

  for (const [what, body] of [
    ['a page', '<html><h1>Unauthorized</h1></html>'],
    ['nothing', ''],
  ] as const) {
    it(`A13 a 401 that says ${what} is renewed once, and the failure holds no page`, async () => {
      const answer = { status: 401, headers: { 'Content-Type': 'text/html' }, body };
      scene.pyrus.script({ match: /download/, answer });
      assert.equal((await scene.download(scene.add('whole'))).toString(), 'whole');
      const before = scene.pyrus.authCount;
      scene.pyrus.script({ match: /download/, times: Infinity, answer });
      assert.deepEqual(await failureOf(scene.download(scene.add())), { kind: 'sessionRefused' });
      assert.equal(scene.pyrus.authCount, before + 1);
    });
  }

  it('A14 fifty calls that meet the end of the token together renew it once, and all go on', async () => {
    const before = scene.pyrus.authCount;
    const contents = Array.from({ length: 50 }, (_, index) => `content ${index}`);
    const ids = contents.map(content => scene.add(content));
    scene.pyrus.setTokens('expired');
    const bytes = await Promise.all(ids.map(id => scene.download(id)));
    assert.deepEqual(bytes.map(String), contents);
    assert.equal(scene.pyrus.authCount, before + 1);
    assert.equal(scene.requests(/download/), 100);
  });
});
