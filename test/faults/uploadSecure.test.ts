import assert from 'node:assert/strict';
import { once } from 'node:events';
import { globalAgent } from 'node:https';
import type { Agent } from 'node:https';
import https from 'node:https';
import { createServer as createPlainServer } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { PyrusFailure } from '../../src/pyrus/errors';
import { failure } from '../unit/pyrus/failure';
import { certificate } from '../network/certificates';
import type { Certificate, CertificateOptions } from '../network/certificates';
import { secureFront } from '../network/secureFront';
import { UploadScene } from './uploadScene';
import { mebibyte } from '../unit/transfer/filesOnDisk';

describe('faults: uploads to a server that cannot prove itself', () => {
  const scene = UploadScene.prepare();
  let authority: Certificate;

  before(async () => {
    authority = await certificate({ name: 'Test authority', isAuthority: true });
  });
  beforeEach(() => {
    globalAgent.options.ca = authority.cert;
  });
  afterEach(() => {
    delete globalAgent.options.ca;
    globalAgent.destroy();
  });

  const through = async (options: CertificateOptions, run: (host: string) => Promise<void>) => {
    const front = await secureFront(scene.pyrus.origins.files, await certificate(options));
    const host = `localhost:${front.port}`;
    await scene.sendTo(`https://${host}/`);
    try {
      await run(host);
    } finally {
      await front.close();
    }
  };

  it('U4 a trusted certificate is all it takes', () =>
    through({ name: 'localhost', issuer: authority }, async () => {
      const original = await scene.file(3 * mebibyte);
      scene.assertRight(await scene.upload(original), original);
    }));

  const bad: readonly [string, CertificateOptions, string][] = [
    ['self-signed', { name: 'localhost' }, 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['expired', { name: 'localhost', until: new Date(Date.now() - 1000) }, 'CERT_HAS_EXPIRED'],
    ['wrong name', { name: 'evil.example' }, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ];
  for (const [what, options, reason] of bad) {
    it(`U4 ${what}: refused at once, with the reason, and nothing is sent`, () =>
      through(what === 'self-signed' ? options : { ...options, issuer: authority }, async host => {
        const found = await failure(scene.upload(await scene.file(3 * mebibyte)));
        assert.deepEqual(found, { kind: 'certificate', host, reason });
        assert.equal(scene.waits.length, 0);
        assert.equal(scene.uploadRequests, 0);
      }));
  }

  it('U4 an unknown authority is not trusted', async () => {
    const other = await certificate({ name: 'Another authority', isAuthority: true });
    await through({ name: 'localhost', issuer: other }, async host => {
      const { kind } = await failure(scene.upload(await scene.file(1000)));
      assert.equal(kind, 'certificate', host);
      assert.equal(scene.uploadRequests, 0);
    });
  });

  it('U4 a server that speaks no TLS gives no reason to doubt its certificate', async () => {
    const plain = createTcpServer(socket => {
      socket.on('error', () => socket.destroy());
      // Left open: closing it could reach the client before the words do.
      socket.once('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    plain.listen(0, '127.0.0.1');
    await once(plain, 'listening');
    const host = `127.0.0.1:${(plain.address() as AddressInfo).port}`;
    await scene.sendTo(`https://${host}/`);
    const { kind } = await failure(scene.upload(await scene.file(1000)));
    assert.equal(kind, 'unexpectedAnswer');
    assert.equal(scene.waits.length, 0);
    plain.close();
  });
});

describe('faults: uploads through a proxy', () => {
  const scene = UploadScene.prepare();

  /**
   * The editor puts a proxy's agent in place of Node's own, one made after this very package: it
   * hands the proxy's refusal of a CONNECT over as the answer to the request.
   */
  const throughProxy = async (
    answers: readonly number[],
    run: (connects: readonly string[]) => Promise<void>,
  ): Promise<void> => {
    const connects: string[] = [];
    const proxy = createPlainServer();
    proxy.on('connect', ({ url = '' }, socket) => {
      const status = answers[Math.min(connects.push(url), answers.length) - 1] ?? 500;
      socket.on('error', () => socket.destroy());
      socket.end(`HTTP/1.1 ${status} No\r\nContent-Type: text/html\r\n\r\n<html>no</html>`);
    });
    proxy.listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    const own = https.globalAgent;
    const { port } = proxy.address() as AddressInfo;
    const agent: unknown = new HttpsProxyAgent(`http://127.0.0.1:${port}`);
    https.globalAgent = agent as Agent;
    try {
      await scene.sendTo('https://files.pyrus.test/');
      await run(connects);
    } finally {
      https.globalAgent = own;
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, 'close');
    }
  };

  const refusals: readonly [number, PyrusFailure, number][] = [
    [407, { kind: 'proxy', host: 'files.pyrus.test', status: 407 }, 1],
    [403, { kind: 'proxy', host: 'files.pyrus.test', status: 403 }, 1],
    [401, { kind: 'proxy', host: 'files.pyrus.test', status: 401 }, 1],
    [201, { kind: 'proxy', host: 'files.pyrus.test', status: 201 }, 1],
    [502, { kind: 'proxy', host: 'files.pyrus.test', status: 502 }, 3],
    [503, { kind: 'proxy', host: 'files.pyrus.test', status: 503 }, 3],
  ];
  for (const [status, expected, tries] of refusals) {
    for (const size of [1000, 3 * mebibyte]) {
      it(`U14 CONNECT answered ${status}: tried ${tries} times (${size} bytes)`, () =>
        throughProxy([status], async connects => {
          assert.deepEqual(await failure(scene.upload(await scene.file(size))), expected);
          assert.deepEqual(
            connects,
            Array.from({ length: tries }, () => 'files.pyrus.test:443'),
          );
        }));
    }
  }
});
