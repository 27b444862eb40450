import assert from 'node:assert/strict';
import { authorize, whoAmI } from '../../src/pyrus/auth';
import type { PyrusFailure } from '../../src/pyrus/errors';
import { html, json } from '../pyrus-server/replies';
import type { Reply } from '../pyrus-server/replies';
import { proxyPage, pyrusError, redirectTo, withOtherMd5 } from '../pyrus-server/scripted';
import { failure } from '../unit/pyrus/failure';
import { UPLOAD, UploadScene } from './uploadScene';

const DOWNLOAD = /^GET \/v4\/files\/download\//;

describe('faults: a server in trouble', () => {
  const scene = UploadScene.prepare();

  const serverError = (status: number): Reply =>
    json({ error: 'Внутренняя ошибка.', error_code: 'server_error' }, status);

  for (const status of [408, 500, 502, 503, 504, 520, 521, 522, 523, 524]) {
    it(`S6 ${status}, as JSON and as a page, is tried again; neither is shown`, async () => {
      scene.pyrus.script({ match: UPLOAD, answer: serverError(status) });
      scene.pyrus.script({ match: UPLOAD, answer: proxyPage(status) });
      const original = await scene.file(1000);
      scene.assertRight(await scene.upload(original), original);
      assert.deepEqual(
        scene.waits.map(wait => wait.failure),
        [
          { kind: 'serverError', status },
          { kind: 'serverError', status },
        ],
      );
    });
  }

  for (const status of [501, 505, 511]) {
    it(`S6 ${status} does not pass by itself and is not repeated`, async () => {
      const script = scene.pyrus.script({
        match: UPLOAD,
        times: Infinity,
        answer: proxyPage(status),
      });
      const found = await failure(scene.upload(await scene.file(1000)));
      assert.deepEqual(found, { kind: 'serverError', status });
      assert.equal(script.hits.length, 1);
    });
  }

  it('S7 503 for ever ends after three tries, and the failure says how often it was tried', async () => {
    scene.pyrus.script({ match: UPLOAD, times: Infinity, answer: proxyPage(503) });
    const original = await scene.file(1000);
    const error: unknown = await scene.upload(original).catch((reason: unknown) => reason);
    assert.ok(error instanceof Error && 'failure' in error && 'attempts' in error);
    assert.deepEqual(error.failure, { kind: 'serverError', status: 503 });
    assert.equal(error.attempts, 3);
    assert.equal(scene.uploadRequests, 3);
  });

  it('S7 a download is tried five times', async () => {
    const { hits } = scene.pyrus.script({
      match: DOWNLOAD,
      times: Infinity,
      answer: proxyPage(503),
    });
    const { kind } = await failure(download(17));
    assert.equal(kind, 'serverError');
    assert.equal(hits.length, 5);
  });

  const download = (id: number): Promise<void> =>
    scene.client.download(id, () => Promise.resolve(), { signal: scene.me.signal });

  /** The failure of an upload that is refused like this; it must not be tried again. */
  const refusedWith = async (answer: Reply): Promise<PyrusFailure> => {
    const { hits } = scene.pyrus.script({ match: UPLOAD, times: Infinity, answer });
    const found = await failure(scene.upload(await scene.file(1000)));
    assert.equal(hits.length, 1);
    return found;
  };

  it('S8 a validation error is not repeated, and keeps its sentence as text', async () => {
    const said = 'Имя <b>[x](command:y)</b>';
    const code = 'validation_error';
    assert.deepEqual(await refusedWith(json({ error: said, error_code: code }, 400)), {
      kind: 'refused',
      status: 400,
      code,
      said,
    });
  });

  for (const [whose, answer] of [
    ['of the proxy before Pyrus', proxyPage(413)],
    ['of Pyrus', pyrusError('too_large_request_length')],
  ] as const) {
    it(`S10 the limit ${whose} is not tried again, and the size is told`, async () => {
      assert.deepEqual(await refusedWith(answer), { kind: 'fileTooLarge', size: 1000 });
    });
  }

  const missing: readonly [number, string | undefined, PyrusFailure['kind']][] = [
    [403, 'access_denied_file', 'fileForbidden'],
    [403, undefined, 'fileForbidden'],
    [404, 'unrecognized_attachment_id', 'fileUnknown'],
    [404, 'file_is_missing', 'fileMissing'],
    [410, undefined, 'fileRemoved'],
    [404, undefined, 'fileMissing'],
  ];
  for (const [status, code, kind] of missing) {
    it(`S9 ${status} ${code ?? 'without a word'} on a download: ${kind}, once`, async () => {
      const answer =
        code === undefined ? html(status, 'x') : json({ error: 'x', error_code: code }, status);
      scene.pyrus.script({ match: /^GET .*(download|attachment)/, times: Infinity, answer });
      assert.deepEqual(await failure(download(17)), { kind, id: 17 });
      const paths = scene.pyrus.requests.map(({ origin, path }) => origin + path).slice(1);
      assert.equal(new Set(paths).size, paths.length, 'an address was asked twice');
    });
  }

  it('S18 a GUID for other bytes is refused by their MD5', async () => {
    const { hits } = scene.pyrus.script({
      match: UPLOAD,
      times: Infinity,
      reshape: withOtherMd5,
    });
    const { kind } = await failure(scene.upload(await scene.file(1000)));
    assert.equal(kind, 'md5Mismatch');
    assert.equal(hits.length, 2);
  });
});

describe('faults: redirects', () => {
  const scene = UploadScene.prepare();

  const calls: Readonly<Record<string, () => Promise<unknown>>> = {
    auth: () => {
      const { login, securityKey } = scene.pyrus;
      const { exchange, grants, signal } = scene.me;
      return authorize(exchange, grants.server, { login, securityKey }, signal);
    },
    profile: async () =>
      whoAmI(scene.me.exchange, await scene.me.grants.current(), scene.me.signal),
    download: () => scene.client.download(17, () => Promise.resolve(), { signal: scene.me.signal }),
    upload: async () => scene.upload(await scene.file(1000)),
    'large upload': async () => scene.upload(await scene.file(2_000_000)),
  };
  const places: Readonly<Record<string, (origin: string) => string>> = {
    'another host': () => `${scene.pyrus.origins.foreign}/x`,
    'another port of this host': () => `${scene.pyrus.origins.foreign.replace(/\/$/, '')}/v4/`,
    'a page of the same server': () => '/login',
    'a host that looks alike': origin => `${origin.replace('//', '//pyrus.com@')}/x`,
  };

  for (const [call, make] of Object.entries(calls)) {
    for (const status of [301, 302, 303, 307, 308]) {
      for (const [place, location] of Object.entries(places)) {
        it(`S14 ${status} of ${call} to ${place} is not followed`, async () => {
          const before = scene.pyrus.requests.length;
          scene.pyrus.script({
            match: () => true,
            times: Infinity,
            answer: redirectTo(location(scene.pyrus.origins.files), status),
          });
          const found = await failure(make());
          assert.equal(found.kind, 'redirected');
          const sent = scene.pyrus.requests.slice(before);
          assert.deepEqual(
            sent.map(({ method }) => method),
            [call === 'profile' || call === 'download' ? 'GET' : 'POST'],
          );
        });
      }
    }
  }
});
