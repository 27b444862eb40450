import { strict as assert } from 'node:assert';
import { parseCodeArguments } from '../../host/codeArguments';

const COMPLETE = [
  '/ws',
  '--editor-version=1.99.3',
  '--user-data-dir=/u',
  '--extensions-dir',
  '/e',
  '--no-sandbox',
  '--disable-workspace-trust',
  '--extensionTestsPath=/suite.js',
  '--extensionDevelopmentPath=/ext',
];

describe('command line of the browser-borne VS Code', () => {
  it('takes what runTests of @vscode/test-electron gives', () => {
    assert.deepEqual(parseCodeArguments(COMPLETE), {
      version: '1.99.3',
      extensionPaths: ['/ext'],
      testsPath: '/suite.js',
      folder: '/ws',
      userDataDir: '/u',
      extensionsDir: '/e',
      trust: true,
      limitMs: 1_800_000,
    });
  });

  it('knows several extensions, Russian and a time limit', () => {
    const more = ['--extensionDevelopmentPath=/two', '--locale=ru', '--time-limit=5'];
    const args = parseCodeArguments([...COMPLETE, ...more]);
    assert.deepEqual(args.extensionPaths, ['/ext', '/two']);
    assert.equal(args.locale, 'ru');
    assert.equal(args.limitMs, 5000);
  });

  for (const name of ['user-data-dir', 'extensionTestsPath', 'extensionDevelopmentPath']) {
    it(`says that --${name} is missing`, () => {
      const rest = COMPLETE.filter(argument => !argument.startsWith(`--${name}`));
      assert.throws(() => parseCodeArguments(rest), { message: `--${name} is missing` });
    });
  }

  it('says that the folder is missing', () => {
    assert.throws(() => parseCodeArguments(COMPLETE.slice(1)), /No folder/);
  });

  it('refuses other languages, other versions and odd limits', () => {
    assert.throws(() => parseCodeArguments([...COMPLETE, '--locale=fr']), /"fr"/);
    assert.throws(() => parseCodeArguments([...COMPLETE, '--editor-version=1.0.0']), /1\.0\.0/);
    assert.throws(() => parseCodeArguments([...COMPLETE, '--time-limit=0']), /time-limit 0/);
  });
});
