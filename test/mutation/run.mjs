/**
 * Mutation testing of the modules that safety rests on: each is broken in every small way Stryker
 * knows, and some test must notice. Takes minutes; not a part of `npm test`.
 *   npm run test:mutation            everything
 *   npm run test:mutation -- retry   one group
 */
import { Stryker } from '@stryker-mutator/core';

/** What is broken, and the compiled tests (below out/test) that are to notice. */
const groups = {
  names: {
    mutate: ['src/transfer/fileName.ts', 'src/transfer/reservedNames.ts'],
    spec: ['unit/transfer/fileName.test.js'],
  },
  disposition: {
    mutate: ['src/pyrus/contentDisposition.ts', 'src/pyrus/encodedWords.ts'],
    spec: ['unit/pyrus/contentDisposition.test.js', 'unit/pyrus/encodedWords.test.js'],
  },
  retry: {
    mutate: ['src/pyrus/retry.ts'],
    spec: ['unit/pyrus/retry.test.js', 'unit/pyrus/remedy.test.js'],
  },
  redaction: {
    mutate: ['src/words/plainText.ts', 'src/pyrus/requestLog.ts', 'src/pyrus/redaction.ts'],
    spec: ['unit/words', 'unit/pyrus/redaction.test.js', 'faults/messages.test.js'],
  },
  publish: {
    mutate: [
      'src/transfer/localPublisher.ts',
      'src/transfer/finalName.ts',
      'src/transfer/partFile.ts',
    ],
    spec: [
      'unit/transfer/finalName.test.js',
      'unit/transfer/partFile.test.js',
      'unit/transfer/localTarget.test.js',
      'unit/transfer/localTargetBytes.test.js',
      'unit/transfer/localTargetCancel.test.js',
      'unit/transfer/localTargetDisk.test.js',
      'unit/transfer/localTargetFolder.test.js',
    ],
  },
  verification: {
    mutate: ['src/pyrus/upload.ts', 'src/transfer/openContent.ts'],
    spec: [
      'unit/pyrus/upload.test.js',
      'unit/transfer/source.test.js',
      'unit/transfer/sourceChanges.test.js',
      'unit/transfer/sourceEnds.test.js',
      'unit/transfer/sourceOnTheWire.test.js',
      'faults/uploadNetwork.test.js',
      'faults/serverFaults.test.js',
      'faults/sources.test.js',
    ],
  },
  comments: {
    mutate: ['src/pyrus/attach.ts', 'src/pyrus/attachArrival.ts', 'src/pyrus/attachedFiles.ts'],
    spec: [
      'unit/pyrus/attach.test.js',
      'unit/pyrus/attachArrival.test.js',
      'unit/pyrus/attachOnce.test.js',
      'unit/pyrus/attachedFiles.test.js',
      'faults/comments.test.js',
    ],
  },
  taskFiles: {
    mutate: [
      'src/pyrus/attachmentWire.ts',
      'src/pyrus/branchTask.ts',
      'src/pyrus/fieldWire.ts',
      'src/pyrus/fileVersions.ts',
      'src/pyrus/lenient.ts',
      'src/pyrus/taskFiles.ts',
      'src/pyrus/taskWire.ts',
    ],
    spec: [
      'unit/pyrus/attachmentWire.test.js',
      'unit/pyrus/taskFiles.test.js',
      'unit/pyrus/taskLinks.test.js',
      'unit/pyrus/tasks.test.js',
    ],
  },
};

/** In percent. */
const wanted = 90;

const asked = process.argv.slice(2);
const results = [];
for (const [name, { mutate, spec }] of Object.entries(groups)) {
  if (asked.length === 0 || asked.includes(name)) {
    const mutants = await new Stryker({
      testRunner: 'mocha-compiled',
      plugins: ['./test/mutation/mochaRunner.mjs'],
      mocha: { spec },
      mutate,
      buildCommand: 'tsc -p test',
      coverageAnalysis: 'perTest',
      ignorePatterns: ['.vscode-test', 'out', 'dist'],
      tempDirName: 'out/stryker',
      concurrency: 2,
      timeoutMS: 15_000,
      reporters: [],
      logLevel: 'error',
      warnings: { unknownOptions: false },
    }).runMutationTest();
    results.push(...mutants);
    report(name, mutants);
  }
}
const score = report('all', results);
process.exit(score >= wanted ? 0 : 1);

function report(name, mutants) {
  const judged = mutants.filter(({ status }) => !['Ignored', 'CompileError'].includes(status));
  const survivors = judged.filter(({ status }) => !['Killed', 'Timeout'].includes(status));
  const killed = judged.length - survivors.length;
  const percent = (100 * killed) / judged.length;
  if (name !== 'all') {
    for (const { fileName, location, replacement, status } of survivors) {
      const place = `${fileName.replace(`${process.cwd()}/`, '')}:${location.start.line}`;
      console.log(`  ${place}:${location.start.column} ${status} ${replacement ?? ''}`);
    }
  }
  console.log(`${name}: ${killed} of ${judged.length} killed, ${percent.toFixed(1)} %`);
  return percent;
}
