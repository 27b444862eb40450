// Bundles the extension into three files: the entry (small, loaded at start-up), what the first
// command loads, and the md5 worker. `--production` minifies; `--watch` rebuilds.
const { readFile } = require('node:fs/promises');
const path = require('node:path');
const esbuild = require('esbuild');
const { writeNotices } = require('./build/notices');

const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const options = {
  entryPoints: ['src/extension.ts', 'src/onFirstUse.ts', 'src/transfer/md5Worker.ts'],
  entryNames: '[name]',
  outdir: 'dist',
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  // './onFirstUse.js' stays an import at run time, so that start-up does not parse it.
  external: ['vscode', './onFirstUse.js'],
  // require(), which VS Code's own loader serves; a real import() would go past it.
  supported: { 'dynamic-import': false },
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  logOverride: { 'import-is-undefined': 'error' },
  alias: {
    // Dead weight, measured: 137 KB of MIME types we never ask for (contentType is always given),
    // 60 KB of a polyfill for runtimes without ReadableStream (Node has it since 18).
    'mime-types': path.join(__dirname, 'build/noMimeTypes.js'),
    'web-streams-polyfill/dist/ponyfill.es2018.js': path.join(__dirname, 'build/noPolyfill.js'),
    // For runtimes without Object.hasOwn and Symbol.toStringTag; both make functions from text.
    'es-set-tostringtag': path.join(__dirname, 'build/setToStringTag.js'),
    hasown: path.join(__dirname, 'build/hasOwn.js'),
  },
  plugins: [vscodeAsItIs(), problemMatcher()],
};

/**
 * esbuild makes a copy of the whole API, some 350 properties, for every `import * as vscode`: 77 of
 * them took 65 ms of the first command and 10 ms of start-up. An `import =` takes it as it is.
 */
function vscodeAsItIs() {
  return {
    name: 'vscode-as-it-is',
    setup(build) {
      build.onLoad({ filter: /[/\\]src[/\\].*\.ts$/ }, async ({ path: file }) => {
        const text = await readFile(file, 'utf8');
        const wholeApi = /^import \* as vscode from 'vscode';$/m;
        return {
          contents: text.replace(wholeApi, "import vscode = require('vscode');"),
          loader: 'ts',
        };
      });
    },
  };
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
    const context = await esbuild.context(options);
    await context.watch();
  } else {
    const { metafile } = await esbuild.build({ ...options, metafile: true });
    writeNotices(Object.keys(metafile.inputs), 'dist/THIRD-PARTY-NOTICES.txt');
  }
}

if (require.main === module) {
  main().catch(error => {
    console.error(error.message);
    process.exit(1);
  });
}

module.exports = { options };
