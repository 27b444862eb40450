import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { filesOfVsix } from './vsix';

const root = join(__dirname, '../../..');
const vsix = join(root, 'dist', 'pyrus-attachments.vsix');
const hash = (file: string): string =>
  createHash('sha256').update(readFileSync(file)).digest('hex');

/** Everything a user gets but the parts; a new file is added here on purpose, or not at all. */
const CONTENTS = [
  '[Content_Types].xml',
  'extension.vsixmanifest',
  'extension/LICENSE.txt',
  'extension/SUPPORT.md',
  'extension/changelog.md',
  'extension/dist/THIRD-PARTY-NOTICES.txt',
  'extension/dist/extension.js',
  'extension/dist/md5Worker.js',
  'extension/dist/onFirstUse.js',
  'extension/l10n/bundle.l10n.ru.json',
  'extension/media/icon.png',
  ...walkthroughPictures(),
  'extension/package.json',
  'extension/package.nls.json',
  'extension/package.nls.ru.json',
  'extension/readme.md',
];

/** Of every step in both languages, for dark and light themes. */
function walkthroughPictures(): string[] {
  return ['attach', 'insert', 'signIn', 'upload'].flatMap(step =>
    ['en.dark', 'en.light', 'ru.dark', 'ru.light'].map(
      kind => `extension/media/walkthrough/${step}.${kind}.avif`,
    ),
  );
}

/** What esbuild calls a part: of what is loaded on first use. */
const PART = /^extension\/dist\/[\w-]+-[A-Z0-9]{8}\.js$/;

/** What the code names, and what that names, whenever it is loaded. */
function partsLoadedFrom(file: string): string[] {
  const found = new Set<string>();
  const look = (name: string): void => {
    const text = readFileSync(join(root, 'dist', name), 'utf8');
    for (const [, part = ''] of text.matchAll(/require\("\.\/([\w-]+\.js)"\)/g)) {
      if (!found.has(part)) {
        found.add(part);
        look(part);
      }
    }
  };
  look(file);
  return [...found].map(part => `extension/dist/${part}`).sort();
}

describe('the package', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'vsix-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('holds what is on the list, and nothing else', async () => {
    const files = await filesOfVsix(vsix);
    const isPart = (file: string): boolean => PART.test(file);
    assert.deepEqual(
      files.filter(file => !isPart(file)),
      CONTENTS,
    );
    assert.deepEqual(files.filter(isPart), partsLoadedFrom('onFirstUse.js'));
  });

  it('is made without a warning, and is the same to the byte wherever and whenever it is made', () => {
    const again = join(folder, 'again.vsix');
    const { status, stdout, stderr } = spawnSync(process.execPath, ['build/package.js', again], {
      cwd: root,
      env: { ...process.env, TZ: 'Asia/Kamchatka' },
      encoding: 'utf8',
    });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /DONE/);
    assert.doesNotMatch(stdout + stderr, /warn/i);
    assert.equal(hash(again), hash(vsix));
  });

  it('names every package whose code it holds, with its licence', () => {
    const notices = readFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'), 'utf8');
    for (const name of ['node-fetch', 'form-data', 'content-disposition']) {
      assert.match(notices, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$`, 'm'));
    }
  });
});
