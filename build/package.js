// Packs the extension: the same commit gives the same bytes, on any machine, so that anybody can check
// what the stores hold. `node build/package.js [FILE]`
const { execFileSync } = require('node:child_process');
const { chmodSync } = require('node:fs');
const path = require('node:path');
const { PackageManager, createVSIX, listFiles } = require('@vscode/vsce');

const root = path.join(__dirname, '..');
const options = { cwd: root, packageManager: PackageManager.None };
const [, minor] = require('../package.json').version.split('.');
// The stores' rule: even minor versions are for everybody, odd ones for those who want them early.
const preRelease = Number(minor) % 2 === 1;

/** @param {string} packagePath where the VSIX goes */
async function pack(packagePath) {
  // A VSIX is a zip, which writes down dates as a clock on the wall shows them, and modes.
  process.env.TZ = 'UTC';
  process.env.SOURCE_DATE_EPOCH ??= commitTime();
  process.umask(0o022);
  execFileSync(process.execPath, ['esbuild.js', '--production'], { cwd: root, stdio: 'inherit' });
  for (const file of await listFiles(options)) {
    chmodSync(path.join(root, file), 0o644);
  }
  await createVSIX({ ...options, dependencies: false, preRelease, packagePath });
}

/** @returns {string} seconds since 1970; of the first moment a zip can hold, where there is no git */
function commitTime() {
  try {
    return execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, stdio: 'pipe' })
      .toString()
      .trim();
  } catch {
    return '315532800';
  }
}

pack(path.resolve(process.argv[2] ?? path.join(root, 'dist', 'pyrus-attachments.vsix'))).catch(
  error => {
    console.error(error.message);
    process.exit(1);
  },
);
