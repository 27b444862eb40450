import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { UploadSource } from '../../src/pyrus/ports';
import type { Uploaded } from '../../src/pyrus/upload';
import { fileSource } from '../../src/transfer/fileSource';
import { md5Worker } from '../../src/transfer/md5';
import { onceMore } from '../../src/transfer/onceMore';
import { openContent } from '../../src/transfer/openContent';
import { md5Of, mebibyte } from '../unit/transfer/filesOnDisk';
import { DownloadScene, failureOf } from './downloadScene';

const UPLOAD = 'POST /v4/files/upload';

describe('faults: the file an upload comes from', () => {
  const scene = DownloadScene.prepare();
  after(() => md5Worker.end());

  const size = 5 * mebibyte;
  const source = async (): Promise<UploadSource> => {
    const path = join(scene.folder, 'source.bin');
    writeFileSync(path, randomBytes(size));
    return fileSource(path, md5Worker);
  };
  /** As the command uploads. */
  const send = (from: UploadSource, onProgress?: (sent: number) => void): Promise<Uploaded> =>
    onceMore(() =>
      scene.client.upload(from, {
        signal: scene.me.signal,
        ...(onProgress === undefined ? {} : { onProgress }),
      }),
    );
  const tries = (): number =>
    scene.pyrus.requests.filter(({ path }) => path.includes('upload')).length;
  /** Acts when the first mebibyte of a try has been read. */
  const inEachTry = (act: (attempt: number) => void): ((sent: number) => void) => {
    let attempt = 0;
    return sent => {
      if (sent === mebibyte) {
        act((attempt += 1));
      }
    };
  };
  const path = (): string => join(scene.folder, 'source.bin');

  it('F15 a disk that cannot be read aborts the request; it is not tried again', async () => {
    const broken: UploadSource = {
      name: 'broken.bin',
      size,
      open: (signal, onBytes) =>
        openContent(
          {
            path: 'broken.bin',
            size,
            read: async (buffer, position) => {
              if (position === 2 * mebibyte) {
                await scene.pyrus.when(UPLOAD, ({ bodyLength }) => bodyLength > 0);
                throw Object.assign(new Error('i/o'), { code: 'EIO' });
              }
              return buffer.length;
            },
            isUnchanged: () => Promise.resolve(true),
            release: () => Promise.resolve(),
          },
          signal,
          onBytes,
        ),
    };
    assert.deepEqual(await failureOf(send(broken)), { kind: 'unreadable', code: 'EIO' });
    const seen = await scene.pyrus.when(UPLOAD, ({ outcome }) => outcome === 'aborted');
    assert.ok(seen.bodyLength < size);
    assert.equal(tries(), 1);
    assert.deepEqual(scene.pyrus.uploads, []);
  });

  it('F18 of a file that grows exactly the announced bytes go out; then it is sent once more', async () => {
    const grow = inEachTry(attempt => {
      if (attempt === 1) {
        appendFileSync(path(), 'GET /smuggled HTTP/1.1\r\n\r\n');
      }
    });
    const uploaded = await send(await source(), grow);
    const requests = scene.pyrus.requests.filter(({ path: at }) => at.includes('upload'));
    assert.equal(requests.length, 2);
    for (const { bodyLength, headers } of requests) {
      assert.equal(bodyLength, Number(headers['content-length']));
    }
    assert.deepEqual(scene.pyrus.malformed, []);
    assert.ok(!scene.pyrus.requests.some(({ path: at }) => at.includes('smuggled')));
    assert.ok(uploaded.size > size, 'the GUID is that of the grown file');
    assert.equal(scene.pyrus.uploads.at(-1)?.guid, uploaded.guid);
  });

  it('F20 of a file rewritten in place the second, quiet try gives the GUID', async () => {
    const rewritten = randomBytes(size);
    const uploaded = await send(
      await source(),
      inEachTry(attempt => {
        if (attempt === 1) {
          writeFileSync(path(), rewritten);
        }
      }),
    );
    assert.equal(uploaded.md5, md5Of(rewritten));
    assert.equal(scene.pyrus.uploads.at(-1)?.guid, uploaded.guid);
    assert.equal(tries(), 2);
  });

  it('F20 a file that does not rest gives no GUID after two tries', async () => {
    const restless = inEachTry(() => writeFileSync(path(), randomBytes(size)));
    assert.deepEqual(await failureOf(send(await source(), restless)), { kind: 'changed' });
    assert.equal(tries(), 2);
  });
});
