/**
 * Mocha for Stryker. Its own runner reaches into files of mocha that have moved in mocha 12. Here the
 * compiled tests are loaded afresh for every mutant, and only the tests that reach it are run.
 */
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative, sep } from 'node:path';
import { PluginKind, commonTokens, declareClassPlugin } from '@stryker-mutator/api/plugin';
import {
  DryRunStatus,
  TestStatus,
  determineHitLimitReached,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';
import Mocha from 'mocha';

const require = createRequire(import.meta.url);

class MochaRunner {
  static inject = [commonTokens.options];
  #files;

  constructor(options) {
    this.#files = options.mocha.spec;
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async dryRun({ coverageAnalysis }) {
    const files = this.#files.flatMap(folder => testFiles(folder));
    const outcome = await run(files, { coverage: coverageAnalysis === 'perTest' });
    return { ...outcome, mutantCoverage: stryker().mutantCoverage };
  }

  async mutantRun({ activeMutant, testFilter, disableBail, hitLimit }) {
    const state = stryker();
    state.hitLimit = hitLimit;
    state.hitCount = hitLimit === undefined ? undefined : 0;
    state.activeMutant = activeMutant.id;
    const files = testFilter?.map(fileOf) ?? this.#files.flatMap(folder => testFiles(folder));
    const wanted = testFilter && new Set(testFilter);
    const outcome = await run([...new Set(files)], { wanted, bail: !disableBail });
    const endless = determineHitLimitReached(state.hitCount, state.hitLimit);
    return toMutantRunResult(endless ?? outcome);
  }
}

function stryker() {
  return (globalThis.__stryker__ ??= {});
}

function testFiles(folder) {
  const root = join(process.cwd(), 'out', 'test');
  return folder.endsWith('.js')
    ? [join(root, folder)]
    : readdirSync(join(root, folder), { recursive: true })
        .filter(name => name.endsWith('.test.js'))
        .map(name => join(root, folder, name));
}

async function run(files, { wanted, bail = false, coverage = false }) {
  const compiled = join(process.cwd(), 'out') + sep;
  for (const file of Object.keys(require.cache)) {
    if (file.startsWith(compiled)) {
      delete require.cache[file];
    }
  }
  const mocha = new Mocha({ ui: 'bdd', timeout: 10_000, bail, reporter: Silent });
  files.forEach(file => mocha.addFile(file));
  const ids = idsOf(mocha, wanted);
  const tests = [];
  try {
    await mocha.loadFilesAsync();
    await new Promise(resolve => {
      const runner = mocha.run(resolve);
      runner.on('test', test => {
        if (coverage) {
          stryker().currentTestId = ids(test);
        }
      });
      runner.on('test end', test => tests.push(resultOf(test, ids(test))));
      runner.on('fail', (failed, error) => {
        if (failed.type === 'hook') {
          tests.push({ ...resultOf(failed, ids(failed)), ...failure(error) });
        }
      });
    });
  } catch (error) {
    return { status: DryRunStatus.Error, errorMessage: String(error?.stack ?? error) };
  } finally {
    stryker().currentTestId = undefined;
    mocha.dispose();
  }
  return { status: DryRunStatus.Complete, tests };
}

/** Titles repeat, so that the file and a running number belong to an id. */
function idsOf(mocha, wanted) {
  const known = new Map();
  const number = new Map();
  const id = test => {
    if (!known.has(test)) {
      const title = `${relative(process.cwd(), test.file ?? '')}: ${test.fullTitle()}`;
      const count = (number.get(title) ?? 0) + 1;
      number.set(title, count);
      known.set(test, count === 1 ? title : `${title} #${count}`);
    }
    return known.get(test);
  };
  const { run: start } = mocha;
  mocha.run = function (callback) {
    const skip = suite => {
      suite.suites.forEach(skip);
      suite.tests = suite.tests.filter(test => wanted === undefined || wanted.has(id(test)));
    };
    skip(this.suite);
    return start.call(this, callback);
  };
  return id;
}

function fileOf(id) {
  return join(process.cwd(), id.slice(0, id.indexOf(': ')));
}

function resultOf(test, id) {
  const result = {
    id,
    name: test.fullTitle(),
    timeSpentMs: test.duration ?? 0,
    fileName: test.file,
    status: test.isPending?.() ? TestStatus.Skipped : TestStatus.Success,
  };
  return test.state === 'failed' ? { ...result, ...failure(test.err) } : result;
}

function failure(error) {
  return { status: TestStatus.Failed, failureMessage: String(error?.stack ?? error) };
}

class Silent {}

export const strykerPlugins = [
  declareClassPlugin(PluginKind.TestRunner, 'mocha-compiled', MochaRunner),
];
