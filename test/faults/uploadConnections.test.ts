import assert from 'node:assert/strict';
import { once } from 'node:events';
import { globalAgent } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, LookupFunction, Socket } from 'node:net';
import { failure } from '../unit/pyrus/failure';
import { mebibyte } from '../unit/transfer/filesOnDisk';
import { eventually } from '../unit/transfer/incomingFiles';
import { freePort } from './freePort';
import { UploadScene } from './uploadScene';

/** Answers every name as `lookup` does, for the time of `run`. */
async function withNames<T>(lookup: LookupFunction, run: () => Promise<T>): Promise<T> {
  const { options } = globalAgent as unknown as { options: { lookup?: LookupFunction } };
  options.lookup = lookup;
  try {
    return await run();
  } finally {
    delete options.lookup;
  }
}

describe('faults: uploads that find no server', () => {
  const scene = UploadScene.prepare();

  for (const code of ['ENOTFOUND', 'EAI_AGAIN']) {
    it(`U1 a name that cannot be resolved (${code}) is tried three times, then named`, async () => {
      await scene.sendTo('http://files.pyrus.test/');
      const original = await scene.file(1000);
      let asked = 0;
      const found = await withNames(
        (_host, _options, callback) => {
          asked += 1;
          callback(Object.assign(new Error(code), { code }), '');
        },
        () => failure(scene.upload(original)),
      );
      assert.deepEqual(found, { kind: 'hostNotFound', host: 'files.pyrus.test' });
      assert.equal(asked, 3);
      assert.equal(scene.uploadRequests, 0);
    });
  }

  it('U1 a name that can be resolved again is enough', async () => {
    const { port } = new URL(scene.pyrus.origins.files);
    await scene.sendTo(`http://files.pyrus.test:${port}/`);
    const original = await scene.file(1000);
    let asked = 0;
    const uploaded = await withNames(
      (_host, options, callback) => {
        asked += 1;
        if (asked === 1) {
          callback(Object.assign(new Error('EAI_AGAIN'), { code: 'EAI_AGAIN' }), '');
        } else if (options.all === true) {
          callback(null, [{ address: '127.0.0.1', family: 4 }]);
        } else {
          callback(null, '127.0.0.1', 4);
        }
      },
      () => scene.upload(original),
    );
    scene.assertRight(uploaded, original);
  });

  it('U2 a refused connection is tried three times, with growing pauses', async () => {
    const port = await freePort();
    await scene.sendTo(`http://127.0.0.1:${port}/`);
    const found = await failure(scene.upload(await scene.file(1000)));
    assert.deepEqual(found, { kind: 'connectionRefused', host: `127.0.0.1:${port}` });
    const [first = NaN, second = NaN, ...more] = scene.clock.pauses;
    assert.deepEqual(more, []);
    assert.ok(first <= 500 && second <= 1000, `paused for ${first} and ${second} ms`);
    assert.deepEqual(
      scene.waits.map(({ failure: { kind } }) => kind),
      ['connectionRefused', 'connectionRefused'],
    );
  });

  for (const size of [1000, 3 * mebibyte]) {
    it(`U3 no connection within 15 s is given up and tried again (${size} bytes)`, async () => {
      await scene.sendTo('http://files.pyrus.test/');
      const sending = failure(
        withNames(
          () => undefined,
          async () => scene.upload(await scene.file(size)),
        ),
      );
      for (let tries = 0; tries < 3; tries++) {
        await scene.clock.whenSet(15_000);
        scene.clock.advance(14_999);
        assert.equal(scene.waits.length, tries, 'given up too early');
        scene.clock.advance(1);
      }
      const host = 'files.pyrus.test';
      assert.deepEqual(await sending, { kind: 'timedOut', host, phase: 'connect' });
    });
  }

  it('U3 a server that connects and never greets in TLS is given up, too', async () => {
    const sockets: Socket[] = [];
    const silent = createServer(socket => sockets.push(socket.on('error', () => undefined)));
    silent.listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as AddressInfo;
    await scene.sendTo(`https://127.0.0.1:${port}/`);
    const sending = failure(scene.upload(await scene.file(3 * mebibyte)));
    for (let tries = 0; tries < 3; tries++) {
      await scene.clock.whenSet(15_000);
      scene.clock.advance(15_000);
    }
    const host = `127.0.0.1:${port}`;
    assert.deepEqual(await sending, { kind: 'timedOut', host, phase: 'connect' });
    sockets.forEach(socket => socket.destroy());
    silent.close();
    await once(silent, 'close');
  });

  it('U3 holds for downloads, too', async () => {
    await scene.sendTo('http://files.pyrus.test/');
    const { client, me } = scene;
    const sending = failure(
      withNames(
        () => undefined,
        () => client.download(17, () => Promise.resolve(), { signal: me.signal }),
      ),
    );
    for (let tries = 0; tries < 5; tries++) {
      await scene.clock.whenSet(15_000);
      scene.clock.advance(15_000);
    }
    const host = 'files.pyrus.test';
    assert.deepEqual(await sending, { kind: 'timedOut', host, phase: 'connect' });
  });

  for (const size of [1000, 3 * mebibyte]) {
    it(`U3 counts no longer once the connection stands (${size} bytes)`, async () => {
      scene.pyrus.script({ match: /upload/, receive: { stopAfter: 1 } });
      const sending = scene.upload(await scene.file(size));
      await scene.pyrus.when(/upload/, ({ bodyLength }) => bodyLength > 0);
      await eventually(() => (scene.clock.isSet(15_000) ? undefined : true));
      scene.me.controller.abort();
      await assert.rejects(sending, { name: 'AbortError' });
    });
  }

  it('U13 without a network it ends after three tries, and the last cause is what is told', async () => {
    const codes = ['ENETUNREACH', 'ENOTFOUND', 'EHOSTUNREACH'];
    await scene.sendTo('http://files.pyrus.test/');
    const error: unknown = await withNames(
      (_host, _options, callback) => {
        const code = codes.shift() ?? 'TOO_OFTEN';
        callback(Object.assign(new Error(code), { code }), '');
      },
      async () => scene.upload(await scene.file(1000)).catch((reason: unknown) => reason),
    );
    assert.ok(error instanceof Error && 'failure' in error && 'attempts' in error);
    assert.deepEqual(error.failure, { kind: 'unreachable', host: 'files.pyrus.test' });
    assert.equal(error.attempts, 3);
    assert.deepEqual(codes, []);
  });
});
