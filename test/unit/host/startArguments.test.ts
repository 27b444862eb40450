import { strict as assert } from 'node:assert';
import { parseStartArguments } from '../../host/startArguments';
import { parseSuiteArguments } from '../../host/suiteArguments';

describe('command line of npm start', () => {
  it('is the newest editor in English with the stand-in unless told', () => {
    assert.deepEqual(parseStartArguments([], {}), { cloud: false, version: '1.139.1' });
  });

  it('speaks the language of the machine, and rather the one asked for', () => {
    const russian = { LANG: 'ru_RU.UTF-8' };
    assert.equal(parseStartArguments([], russian).locale, 'ru');
    assert.equal(parseStartArguments([], { ...russian, LC_ALL: 'C.UTF-8' }).locale, undefined);
    assert.equal(parseStartArguments(['--language', 'en'], russian).locale, undefined);
  });

  it('takes a port and refuses what is none', () => {
    assert.equal(parseStartArguments(['--port', '8080'], {}).port, 8080);
    for (const port of ['0', '65536', 'http', '1e3', '']) {
      assert.throws(
        () => parseStartArguments([`--port=${port}`], {}),
        /not a number from 1 to 65535/,
      );
    }
  });

  it('refuses what it does not know', () => {
    assert.throws(() => parseStartArguments(['--clod'], {}), /--clod/);
    assert.throws(() => parseStartArguments(['--language=fr'], {}), /fr/);
    assert.throws(() => parseStartArguments(['--version=2.0.0'], {}), /2\.0\.0/);
  });
});

describe('command line of the suites', () => {
  it('is every version, oldest first, unless told', () => {
    assert.deepEqual(parseSuiteArguments([]).versions, ['1.99.3', '1.139.1']);
    assert.deepEqual(parseSuiteArguments(['--version', '1.139.1']).versions, ['1.139.1']);
    assert.throws(() => parseSuiteArguments(['--version', 'stable']), /stable/);
  });
});
