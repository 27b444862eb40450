import assert from 'node:assert/strict';
import { whoAmI } from '../../src/pyrus/auth';
import type { UploadSource } from '../../src/pyrus/ports';
import { fileSource } from '../../src/transfer/fileSource';
import { redirectTo } from '../pyrus-server/scripted';
import { fileIds } from '../pyrus-server/fixtures';
import { DownloadScene, failureOf } from './downloadScene';

/** Where a redirect would like to have the token, each time the origin that nothing may reach. */
const TRICKS: readonly (readonly [string, (port: string, own: string) => string])[] = [
  ['another port', port => `http://127.0.0.1:${port}/x`],
  ['another host', port => `http://localhost:${port}/x`],
  ['a sub-domain', port => `http://files.localhost:${port}/x`],
  ['no scheme', port => `//127.0.0.1:${port}/x`],
  ['https', port => `https://127.0.0.1:${port}/x`],
  ['our own address as user info', (port, own) => `http://${own}@127.0.0.1:${port}/x`],
  ['a look-alike', port => `http://127.0.0.1.example:${port}/x`],
];
const STATUSES = [301, 302, 303, 307, 308];

describe('faults: redirects', () => {
  const scene = DownloadScene.prepare();

  const source = async (size: number): Promise<UploadSource> =>
    fileSource((await scene.temp.file(`${size}.bin`, size)).path);
  const calls: readonly (readonly [string, RegExp, () => Promise<unknown>])[] = [
    [
      'a small upload',
      /files\/upload/,
      async () => scene.client.upload(await source(10), { signal: scene.me.signal }),
    ],
    [
      'a streamed upload',
      /files\/upload/,
      async () => scene.client.upload(await source(3_000_000), { signal: scene.me.signal }),
    ],
    ['a download', /files\/download/, () => scene.save(fileIds.plain)],
    [
      'the profile',
      /profile/,
      async () => whoAmI(scene.me.exchange, await scene.me.grants.current(), scene.me.signal),
    ],
    [
      'signing in',
      /\/auth$/,
      async () => scene.me.grants.renew(await scene.me.grants.current(), scene.me.signal),
    ],
  ];

  for (const [what, match, call] of calls) {
    for (const [trick, address] of TRICKS) {
      it(`H1 of ${what} to ${trick} are not followed, whatever the status`, async () => {
        const foreign = new URL(scene.pyrus.origins.foreign);
        const to = address(foreign.port, new URL(scene.pyrus.origins.files).host);
        for (const status of STATUSES) {
          const script = scene.pyrus.script({ match, answer: redirectTo(to, status) });
          const before = scene.pyrus.requests.length;
          assert.deepEqual(await failureOf(call()), {
            kind: 'redirected',
            host: new URL(scene.pyrus.origins[script.hits[0]?.origin ?? 'api']).host,
            to: new URL(to, foreign).host,
          });
          // Asked once: neither the new address, nor the next one we know, nor the same again.
          assert.deepEqual(scene.pyrus.requests.slice(before), script.hits);
          assert.deepEqual(scene.pyrus.foreignRequests, []);
        }
        assert.deepEqual(scene.names(), []);
        assert.deepEqual(scene.pyrus.uploads, []);
      });
    }
  }

  it('H1 without a place to go to, or to nonsense, are failures like any', async () => {
    for (const location of [
      '',
      'http://',
      'javascript:alert(1)',
      'data:text/html,x',
      '%00\u0009x',
    ]) {
      scene.pyrus.script({ match: /files\/download/, answer: redirectTo(location) });
      const { kind } = await failureOf(scene.save(fileIds.plain));
      assert.ok(['redirected', 'unexpectedAnswer'].includes(kind), kind);
    }
    assert.deepEqual(scene.names(), []);
  });
});
