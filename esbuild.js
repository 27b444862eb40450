// Bundles the extension: the entry (small, loaded at start-up), the md5 worker, and what is loaded on
// first use, in parts. `--production` minifies; `--watch` rebuilds.
const { mkdir, readFile, readdir, rm, writeFile } = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const { writeNotices } = require('./build/notices');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

const REST = path.join(__dirname, 'src', 'onFirstUse.ts');
/** What esbuild calls a part. */
const PART = /-[A-Z0-9]{8}\.js$/;
/** Stands for require(), which ESM has not, until the parts are CommonJS. */
const REQUIRE = 'requireOfCommonJs';

/** @type {import('esbuild').TransformOptions} */
const commonJs = {
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // require(), which VS Code's own loader serves; a real import() would go past it.
  supported: { 'dynamic-import': false },
  define: { [REQUIRE]: 'require' },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  entryNames: '[name]',
  outdir: 'dist',
  bundle: true,
  platform: 'node',
  target: 'node20',
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
};

/** @type {import('esbuild').BuildOptions} */
const atStartUp = {
  ...common,
  entryPoints: ['src/extension.ts', 'src/transfer/md5Worker.ts'],
  ...commonJs,
  // './onFirstUse.js' stays an import at run time, so that start-up does not parse it.
  external: ['vscode', './onFirstUse.js'],
  plugins: [vscodeAsItIs(), problemMatcher()],
};

/** @type {import('esbuild').BuildOptions} */
const onFirstUse = {
  ...common,
  entryPoints: ['src/onFirstUse.ts'],
  // What only an import() leads to is a file of its own, loaded when it comes to that: parsing is
  // most of what the first command waits for. esbuild splits nothing but ESM.
  format: 'esm',
  splitting: true,
  // Beside the others, where the md5 worker is looked for.
  chunkNames: '[name]-[hash]',
  external: ['vscode'],
  alias: {
    // Dead weight, measured: 137 KB of MIME types we never ask for (contentType is always given),
    // 60 KB of a polyfill for runtimes without ReadableStream (Node has it since 18).
    'mime-types': path.join(__dirname, 'build/noMimeTypes.js'),
    'web-streams-polyfill/dist/ponyfill.es2018.js': path.join(__dirname, 'build/noPolyfill.js'),
    // For runtimes without Object.hasOwn and Symbol.toStringTag; both make functions from text.
    'es-set-tostringtag': path.join(__dirname, 'build/setToStringTag.js'),
    hasown: path.join(__dirname, 'build/hasOwn.js'),
  },
  plugins: [besidesTheRest(), vscodeAsItIs(), asCommonJs(), problemMatcher()],
};

/**
 * esbuild makes a copy of the whole API, some 350 properties, for every `import * as vscode`: 77 of
 * them took 65 ms of the first command and 10 ms of start-up. A require() takes it as it is.
 */
function vscodeAsItIs() {
  return {
    name: 'vscode-as-it-is',
    setup(build) {
      build.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, async ({ path: file }) => {
        const text = await readFile(file, 'utf8');
        const wholeApi = /^import \* as vscode from 'vscode';$/m;
        const asItIs = `const vscode = /* @__PURE__ */ ${REQUIRE}('vscode');`;
        return { contents: text.replace(wholeApi, asItIs), loader: 'ts' };
      });
    },
  };
}

/**
 * esbuild makes a file for every set of parts that share modules, also of those that are loaded
 * already: 60 files. So every part says that it needs the rest: what the rest has is then in one file.
 */
function besidesTheRest() {
  return {
    name: 'besides-the-rest',
    setup(build) {
      build.onResolve({ filter: /^/ }, async ({ kind, path: name, importer, resolveDir }) => {
        if (kind !== 'dynamic-import') {
          return undefined;
        }
        const found = await build.resolve(name, { kind: 'import-statement', importer, resolveDir });
        return { path: path.relative(__dirname, found.path), namespace: 'part' };
      });
      build.onLoad({ filter: /^/, namespace: 'part' }, ({ path: file }) => ({
        contents: `import ${JSON.stringify(REST)};\nexport * from ${JSON.stringify(path.join(__dirname, file))};`,
        resolveDir: __dirname,
      }));
    },
  };
}

/** Makes the parts files that VS Code can require(), and takes away those of an earlier build. */
function asCommonJs() {
  return {
    name: 'as-common-js',
    setup(build) {
      const { write = true, minify, minifyWhitespace, sourcemap } = build.initialOptions;
      build.initialOptions.write = false;
      // Read by the second pass, which writes the real one.
      build.initialOptions.sourcemap = sourcemap ? 'inline' : false;
      build.onEnd(async result => {
        const toCommonJs = {
          ...commonJs,
          minify,
          minifyWhitespace,
          sourcemap: sourcemap ? 'inline' : false,
        };
        result.outputFiles = await Promise.all(
          (result.outputFiles ?? []).map(async ({ path: file, text }) => {
            const { code } = await esbuild.transform(text, { ...toCommonJs, sourcefile: file });
            return { path: file, text: code };
          }),
        );
        if (write && result.errors.length === 0) {
          await writeParts(result.outputFiles);
        }
      });
    },
  };
}

async function writeParts(files) {
  const folder = path.join(__dirname, 'dist');
  await mkdir(folder, { recursive: true });
  const earlier = (await readdir(folder)).filter(name => PART.test(name));
  await Promise.all(earlier.map(name => rm(path.join(folder, name))));
  await Promise.all(files.map(({ path: file, text }) => writeFile(file, text)));
}

/** Prints what the `$esbuild-watch` problem matcher of VS Code expects. */
function problemMatcher() {
  return {
    name: 'problem-matcher',
    setup(build) {
      build.onStart(() => {
        if (watch) console.log('[watch] build started');
      });
      build.onEnd(result => {
        for (const { text, location } of result.errors) {
          console.error(`✘ [ERROR] ${text}`);
          if (location) console.error(`    ${location.file}:${location.line}:${location.column}:`);
        }
        if (watch) console.log('[watch] build finished');
      });
    },
  };
}

async function main() {
  if (watch) {
    const contexts = await Promise.all(options.map(esbuild.context));
    await Promise.all(contexts.map(context => context.watch()));
  } else {
    const built = await Promise.all(options.map(one => esbuild.build({ ...one, metafile: true })));
    const inputs = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
    writeNotices(
      inputs.filter(input => !input.startsWith('part:')),
      'dist/THIRD-PARTY-NOTICES.txt',
    );
  }
}

const options = [atStartUp, onFirstUse];

if (require.main === module) {
  main().catch(error => {
    console.error(error.message);
    process.exit(1);
  });
}

module.exports = { options };
