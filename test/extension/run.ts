import './console';
import Mocha from 'mocha';
import { stackInSources } from './stack';
import { setUserSetting } from './userSettings';

/**
 * Runs the suite in the extension host.
 * @param load requires the test files, one after another
 * @throws Error when a test failed, and when there was none to run
 */
export async function runSuite(load: () => void): Promise<void> {
  const { PYRUS_TEST_GREP: pattern, PYRUS_TEST_COLOR: color } = process.env;
  const mocha = new Mocha({
    ui: 'bdd',
    color: color === '1',
    timeout: 30_000,
    forbidOnly: true,
    ...(pattern === undefined || pattern === '' ? {} : { grep: new RegExp(pattern) }),
  });
  // What mocha does around each file it loads itself: makes `describe` and `it` global.
  mocha.suite.emit('pre-require', globalThis, '', mocha);
  load();
  // Tests upload the same few bytes again and again, and nobody answers questions.
  mocha.suite.beforeAll(async () => {
    await setUserSetting('upload.sameBytes', 'upload');
  });
  const failures = await new Promise<number>(resolve => {
    const runner = mocha.run(failed => resolve(runner.stats?.tests === 0 ? NaN : failed));
    runner.on('fail', (_test, error: unknown) => {
      if (error instanceof Error) {
        error.stack = stackInSources(error.stack ?? '');
      }
    });
  });
  if (Number.isNaN(failures)) {
    throw new Error('No test ran');
  }
  if (failures > 0) {
    throw new Error(`Tests failed: ${failures}`);
  }
}
