import assert from 'node:assert/strict';
import { PyrusError } from '../../../src/pyrus/errors';
import { answeredAddresses, authUrl, parseServer } from '../../../src/pyrus/servers';
import type { Server } from '../../../src/pyrus/servers';

const CLOUD: Server = { kind: 'cloud' };
const CORP: Server = { kind: 'onPremises', origin: 'https://pyrus.corp.example' };
const HERE: Server = { kind: 'onPremises', origin: 'http://127.0.0.1:8080' };

describe('the address of a server, as typed', () => {
  const accepted: readonly [string, Server][] = [
    ['pyrus.corp.example', CORP],
    [' https://pyrus.corp.example/ ', CORP],
    ['https://pyrus.corp.example/t#id123', CORP],
    ['HTTPS://Pyrus.Corp.Example', CORP],
    ['pyrus.corp.example:8443', { kind: 'onPremises', origin: 'https://pyrus.corp.example:8443' }],
    ['http://127.0.0.1:8080', HERE],
    ['http://localhost:1', { kind: 'onPremises', origin: 'http://localhost:1' }],
    ['http://[::1]:1', { kind: 'onPremises', origin: 'http://[::1]:1' }],
    ['https://10.0.0.5', { kind: 'onPremises', origin: 'https://10.0.0.5' }],
    ['pyrus', { kind: 'onPremises', origin: 'https://pyrus' }],
    ['pyrus.com', CLOUD],
    ['https://api.pyrus.com/v4/', CLOUD],
    ['https://notpyrus.com', { kind: 'onPremises', origin: 'https://notpyrus.com' }],
  ];
  for (const [typed, expected] of accepted) {
    it(`takes ${JSON.stringify(typed)}`, () => assert.deepEqual(parseServer(typed), expected));
  }

  const refused = [
    '',
    ' ',
    'http://pyrus.corp.example',
    'http://127.0.0.1.evil.example',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'ftp://pyrus.example',
    'https://user@pyrus.example',
    'https://user:word@pyrus.example',
    'https://pyrus.com@evil.example',
    'https://pyrus.example.',
    'https://',
    'a b',
  ];
  for (const typed of refused) {
    it(`refuses ${JSON.stringify(typed)}`, () => assert.equal(parseServer(typed), undefined));
  }
});

describe('where login and key go', () => {
  it('is the accounts host for the cloud and the server itself on premises', () => {
    assert.equal(authUrl(CLOUD).href, 'https://accounts.pyrus.com/api/v4/auth');
    assert.equal(authUrl(CORP).href, 'https://pyrus.corp.example/api/v4/auth');
  });
});

describe('the addresses that /auth answers', () => {
  const judged = (server: Server, apiUrl?: string, filesUrl?: string) =>
    answeredAddresses(server, {
      accessToken: 't',
      ...(apiUrl === undefined ? {} : { apiUrl }),
      ...(filesUrl === undefined ? {} : { filesUrl }),
    });

  it('default to the cloud, or to the server itself, when there are none', () => {
    assert.deepEqual(judged(CLOUD).addresses, {
      apiUrl: 'https://api.pyrus.com/v4/',
      filesUrl: 'https://files.pyrus.com/',
    });
    assert.deepEqual(judged(CORP), {
      addresses: {
        apiUrl: 'https://pyrus.corp.example/api/v4/',
        filesUrl: 'https://pyrus.corp.example/',
      },
      foreignHosts: [],
    });
  });

  const silent: readonly [Server, string][] = [
    [CLOUD, 'https://api2.pyrus.com/v4/'],
    [CLOUD, 'https://eu.files.pyrus.com'],
    [CORP, 'https://pyrus.corp.example:8443/v4/'],
    [CORP, 'https://files.pyrus.corp.example/'],
    [HERE, 'http://127.0.0.1:9090/'],
    [HERE, 'http://localhost:9090/'],
  ];
  for (const [server, url] of silent) {
    it(`takes ${url} from ${authUrl(server).host} silently, ending with a slash`, () => {
      const { addresses, foreignHosts } = judged(server, url);
      assert.deepEqual(foreignHosts, []);
      assert.equal(addresses.apiUrl, url.endsWith('/') ? url : `${url}/`);
    });
  }

  const asked: readonly [Server, string, string][] = [
    [CLOUD, 'https://pyrus.example/v4/', 'pyrus.example'],
    [CLOUD, 'https://pyrus.com.attacker.example/', 'pyrus.com.attacker.example'],
    [CLOUD, 'https://evilpyrus.com/', 'evilpyrus.com'],
    [CORP, 'https://api.pyrus.com/v4/', 'api.pyrus.com'],
    [CORP, 'https://corp.example/', 'corp.example'],
    [HERE, 'https://pyrus.corp.example/', 'pyrus.corp.example'],
  ];
  for (const [server, url, host] of asked) {
    it(`wants a yes for ${url} from ${authUrl(server).host}`, () =>
      assert.deepEqual(judged(server, undefined, url).foreignHosts, [host]));
  }

  const refused: readonly [Server, string][] = [
    [CLOUD, 'http://api.pyrus.com/v4/'],
    [CLOUD, 'https://user@api.pyrus.com/'],
    [CLOUD, 'https://api.pyrus.com%40evil.example/'],
    [CLOUD, 'https://203.0.113.5/'],
    [CLOUD, 'https://[2001:db8::1]/'],
    [CLOUD, 'https://127.0.0.1/'],
    [CLOUD, 'http://127.0.0.1:8080/'],
    [CLOUD, 'https://localhost/'],
    [CLOUD, '//api.pyrus.com/'],
    [CLOUD, 'javascript:alert(1)'],
    [CLOUD, 'https://api.pyrus.com./v4/'],
    [CLOUD, 'https://api.pyrus.com/v4/?x='],
    [CLOUD, ''],
    [CORP, 'http://pyrus.corp.example/'],
    [HERE, 'https://203.0.113.5/'],
  ];
  for (const [server, url] of refused) {
    it(`refuses ${JSON.stringify(url)} from ${authUrl(server).host}`, () =>
      assert.throws(
        () => judged(server, url),
        (error: unknown) => error instanceof PyrusError && error.failure.kind === 'hostRefused',
      ));
  }
});
