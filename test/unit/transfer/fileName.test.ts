import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';

import { numbered, safeFileName, shortened } from '../../../src/transfer/fileName';
import { isInToolFolder, isToolFolder } from '../../../src/transfer/reservedNames';
import { NamePredicates } from './namePredicates';

interface Row {
  readonly name: string;
  readonly why: string;
  readonly checks: readonly string[];
  readonly group: string;
}

const data = join(process.cwd(), 'test/data');
const rows = JSON.parse(
  readFileSync(join(data, 'hostile-filenames.json'), 'utf8'),
) as readonly Row[];

describe('a safe file name', () => {
  let predicates: NamePredicates;

  before(async () => {
    predicates = await NamePredicates.load();
  });

  it('is judged by all the collected names', () => assert.ok(rows.length >= 76));

  rows.forEach(({ name, why, checks, group }, index) => {
    it(`${index} ${group}: ${why}`, () => {
      const safe = safeFileName(name, 'file-17');
      predicates.assertHold(checks, safe, name);
      predicates.assertSafe(safe, name);
      assert.equal(safeFileName(safe, 'another'), safe, 'not stable');
    });
  });

  const harmless = [
    'report.pdf',
    'Отчёт за июль 2026 (финал).docx',
    'Ёлка.txt',
    '契約書.pdf',
    'naïve café.md',
    '1. First.txt',
    '~$draft.docx',
    'a b  c.txt',
    'rock & roll #1.mp3',
    "it's 100%.txt",
    'file',
    '.gitignore',
    '.editorconfig',
    '.prettierrc',
    'context.txt',
    'console.log',
    'nullable.ts',
    'com10.txt',
    'company.url.txt',
    'environment.md',
    'env',
    'git.txt',
    'a.lnk.txt',
    'settings.json',
    'agents.txt',
    'claude-notes.md',
    'tasks.json',
    'क्‍ष.txt',
    'می‌خواهم.txt',
    '👨‍👩‍👧.png',
    '👩🏽‍💻.png',
    '🏳️‍🌈.png',
    '__init__.py',
    '(1).txt',
    '[draft] {v2}.txt',
    'план-график_v1.2.3.tar.gz',
    'backup~1.txt',
    'x'.repeat(196) + '.txt',
  ];
  for (const name of harmless) {
    it(`leaves ${name.slice(0, 40)} alone`, () => assert.equal(safeFileName(name, 'file'), name));
  }

  const changed: readonly (readonly [string, string, string])[] = [
    ['separators', '../../evil.txt', '.._.._evil.txt'],
    ['a drive', 'C:\\Users\\me\\отчёт.docx', 'C__Users_me_отчёт.docx'],
    ['a Mac spelling', 'и\u0306.txt', 'й.txt'],
    ['what hides in a decomposed letter', 'e\u200b\u0301.txt', 'é.txt'],
    ['a reversed ending', 'invoice\u202efdp.exe', 'invoicefdp.exe'],
    ['spaces around', '  a.txt \t', 'a.txt'],
    ['a joiner before a space, and behind one', 'a\u200d b \u200dc.txt', 'a b c.txt'],
    ['a short name of a long configuration', 'GITATT~1', '_GITATT~1'],
    [
      'what lies in the middle of a very long name, by not looking at it',
      `a${'\u200b'.repeat(3071)}MIDDLE${'\u200b'.repeat(9000)}b.txt`,
      'ab.txt',
    ],
    [
      'the longest extension',
      `${'a'.repeat(300)}.${'b'.repeat(31)}`,
      `${'a'.repeat(168)}.${'b'.repeat(31)}`,
    ],
    ['a longer one, which is none', `${'a'.repeat(300)}.${'b'.repeat(32)}`, 'a'.repeat(200)],
    ['nothing', '', 'file-17'],
    ['nothing but a path', '../', 'file-17'],
    ['nothing visible', '\u200b\u3164 ', 'file-17'],
    ['a device', 'aux.c', '_aux.c'],
    ['a configuration', '.env', '_.env'],
    ['a configuration hidden by a joiner', '.g\u200dit', '_.g\u200dit'],
    ['a configuration in another case of s', '.v\u017fcode', '_.v\u017fcode'],
    ['orders to agents', 'Claude.MD', '_Claude.MD'],
    ['a short name of such orders', 'COPILO~1.MD', '_COPILO~1.MD'],
    ...[
      'AGENTS.md',
      'GEMINI.md',
      'copilot-instructions.md',
      '.cursorrules',
      '.windsurfrules',
      'authorized_keys',
      'hgrc',
      'devcontainer.json',
      '.github',
      '.claude',
    ].map(name => ['what tools and agents obey', name, `_${name}`] as const),
    ['a workspace', 'a.Code-Workspace', 'a.Code-Workspace.download'],
    ['a shortcut', 'evil.LNK', 'evil.LNK.download'],
    [
      'a shortcut behind a long ending',
      `${'a'.repeat(196)}.lnk${'x'.repeat(40)}`,
      `${'a'.repeat(191)}.download`,
    ],
    ['a long name', `${'ж'.repeat(200)}.docx`, `${'ж'.repeat(97)}.docx`],
    [
      'a long name with a double extension',
      `${'a'.repeat(300)}.tar.gz`,
      `${'a'.repeat(193)}.tar.gz`,
    ],
    [
      'a letter with more marks than there is room',
      `a${'\u0301'.repeat(200)}.txt`,
      `á${'\u0301'.repeat(97)}.txt`.normalize('NFC'),
    ],
    ['a family at the cut', `${'a'.repeat(190)}👨‍👩‍👧.png`, `${'a'.repeat(190)}.png`],
    ['a very long name, extension kept', `${'a'.repeat(100_000)}.pdf`, `${'a'.repeat(196)}.pdf`],
  ];
  for (const [what, name, expected] of changed) {
    it(`repairs ${what}`, () => assert.equal(safeFileName(name, 'file-17'), expected));
  }

  it('makes the fallback safe, too', () => {
    assert.equal(safeFileName('..', 'a/b'), 'a_b');
    assert.equal(safeFileName('..', '.'), 'file');
  });
});

describe('a numbered file name', () => {
  const cases: readonly (readonly [string, number, string])[] = [
    ['report.pdf', 1, 'report (1).pdf'],
    ['archive.tar.gz', 1, 'archive (1).tar.gz'],
    ['архив.tar.xz', 12, 'архив (12).tar.xz'],
    ['my.report.pdf', 2, 'my.report (2).pdf'],
    ['.gitignore', 1, '.gitignore (1)'],
    ['.tar.gz', 1, '.tar (1).gz'],
    ['Makefile', 3, 'Makefile (3)'],
    ['report (1).pdf', 1, 'report (1) (1).pdf'],
    ['evil.lnk.download', 1, 'evil.lnk (1).download'],
  ];
  for (const [name, count, expected] of cases) {
    it(`of ${name}`, () => assert.equal(numbered(name, count), expected));
  }

  it('stays within the limit and keeps the extension', () => {
    const name = numbered(`${'ж'.repeat(97)}.docx`, 100);
    assert.equal(name, `${'ж'.repeat(94)} (100).docx`);
    assert.ok(Buffer.byteLength(name) <= 200);
  });
});

describe('a shortened file name', () => {
  it('keeps its extension', () => {
    const name = shortened(`${'ж'.repeat(97)}.docx`, 64);
    assert.equal(extname(name), '.docx');
    assert.ok(Buffer.byteLength(name) <= 64);
  });

  it('is the same when short enough', () => assert.equal(shortened('a.txt', 64), 'a.txt'));
});

describe('a folder of tools', () => {
  for (const name of [
    '.git',
    '.GIT',
    '.git.',
    '.git ',
    '.g\u200dit',
    '.vscode',
    '.Husky',
    '.v\u017fcode',
    '.ssh',
    '.HG',
    '.svn',
    '.idea',
    '.devcontainer',
    '.GitHub',
    '.claude',
    '.Cursor',
  ]) {
    it(`is ${JSON.stringify(name)}`, () => assert.equal(isToolFolder(name), true));
  }
  for (const name of ['git', 'github', '.vscode-server', 'vscode', 'a.git', '']) {
    it(`is not ${JSON.stringify(name)}`, () => assert.equal(isToolFolder(name), false));
  }

  it('is no place for files, nor is anything in it; what agents have checked out in theirs is', () => {
    const isIn = (path: string): boolean => isInToolFolder(path.split('/'));
    for (const path of [
      '/home/a/.ssh',
      '/home/a/.ssh/x/y',
      '/a/.claude/commands',
      '/a/.claude/worktrees',
      '/a/.claude/worktrees/fix/.claude/commands',
      '/a/.github/worktrees/fix',
      '/a/.cursor/worktrees/a/fix/.VSCODE',
    ]) {
      assert.equal(isIn(path), true, path);
    }
    for (const path of ['/a/b', '/a/.claude/worktrees/fix/src', '/a/.Cursor/WORKTREES/a/fix']) {
      assert.equal(isIn(path), false, path);
    }
  });
});
