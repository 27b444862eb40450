import assert from 'node:assert/strict';
import { posix, win32 } from 'node:path';
import { ToolError } from '../../../src/tools/toolError';
import { placeInWorkspace, rootsFor } from '../../../src/tools/workspacePath';
import type { Root } from '../../../src/tools/workspacePath';

const one: Root[] = [{ name: 'bot', path: '/work/bot' }];
const two: Root[] = [
  { name: 'bot', path: '/work/bot' },
  { name: 'docs', path: '/work/bot/docs' },
];
const virtual: Root[] = [{ name: 'repo' }];
const onWindows: Root[] = [{ name: 'bot', path: 'C:\\work\\bot' }];

/** @returns the folder and the way from it */
function found(text: string, roots: readonly Root[], paths = posix): string {
  const { root, segments } = placeInWorkspace(text, roots, paths);
  return [root.name, ...segments].join(' > ');
}

function refused(text: string, roots: readonly Root[], reason: RegExp, paths = posix): void {
  assert.throws(
    () => placeInWorkspace(text, roots, paths),
    (error: unknown) => error instanceof ToolError && reason.test(error.message),
    text,
  );
}

describe('a path that a model has written', () => {
  it('is relative to the one folder that is open', () => {
    assert.equal(found('a.txt', one), 'bot > a.txt');
    assert.equal(found('./src//a.txt', one), 'bot > src > a.txt');
    assert.equal(found('.', one), 'bot');
    assert.equal(found('src/a.txt', virtual), 'repo > src > a.txt');
  });

  it('is in no folder of this extension itself: reading there would fetch files unasked', () => {
    const folder = (scheme: string): { name: string; uri: { scheme: string; fsPath: string } } => ({
      name: scheme,
      uri: { scheme, fsPath: '/work/bot' },
    });
    const roots = rootsFor(['pyrus-file', 'file', 'vscode-vfs', 'pyrus-report'].map(folder));
    assert.deepEqual(
      roots.map(({ name, path }) => [name, path]),
      [
        ['file', '/work/bot'],
        ['vscode-vfs', undefined],
      ],
    );
    refused('1/2/3/a.txt', rootsFor([folder('pyrus-file')]), /^No folder is open/);
  });

  it('is absolute, in the innermost folder', () => {
    assert.equal(found('/work/bot/a.txt', one), 'bot > a.txt');
    assert.equal(found('/work/bot', one), 'bot');
    assert.equal(found('/work/bot/docs/a.txt', two), 'docs > a.txt');
    assert.equal(found('/work/bot/src/a.txt', two), 'bot > src > a.txt');
  });

  it('begins with the name of one of several folders', () => {
    assert.equal(found('docs/a.txt', two), 'docs > a.txt');
    refused('a.txt', two, /begin the path with the name of one \("bot", "docs"\)/);
    const alike = [...one, { name: 'bot', path: '/other/bot' }];
    refused('bot/a.txt', alike, /give an absolute path/);
  });

  it('keeps names that only look dangerous', () => {
    assert.equal(found('..a/b..c', one), 'bot > ..a > b..c');
    assert.equal(found('/work/bot/..a', one), 'bot > ..a');
    assert.equal(found('a\\b', one), 'bot > a\\b');
    assert.equal(found('%2e%2e/a:b', one), 'bot > %2e%2e > a:b');
    assert.equal(found('~/a', one), 'bot > ~ > a');
  });

  it('never leads out', () => {
    for (const text of ['..', '../bot/a', 'a/../b', 'a/..', '/work/bot/../x', './..']) {
      refused(text, one, /has "\.\." in it/);
    }
    for (const text of ['/', '/work', '/work/bot2/a', '/work/botany', '/etc/passwd']) {
      refused(text, one, /is outside the workspace \(\/work\/bot\)/);
    }
    refused('/a', virtual, /is outside the workspace\. /);
  });

  it('is no address, and has nothing unseen in it', () => {
    for (const text of ['file:///work/bot/a', 'https://pyrus.com', 'vscode-remote://x/a']) {
      refused(text, one, /is an address/);
    }
    refused('a\0b', one, /has control characters/);
    refused('a\nb', one, /has control characters/);
  });

  it('is nothing without a folder', () => {
    refused('a.txt', [], /Ask the user to open one/);
  });

  it('is held to the rules of Windows on Windows', () => {
    assert.equal(found('src\\a.txt', onWindows, win32), 'bot > src > a.txt');
    assert.equal(found('c:/WORK/Bot/a.txt', onWindows, win32), 'bot > a.txt');
    for (const text of ['src\\..\\..\\a', '..\\a']) {
      refused(text, onWindows, /has "\.\." in it/, win32);
    }
    for (const text of ['D:\\work\\bot\\a', '\\\\server\\share\\a', '\\\\?\\C:\\x', 'C:\\work']) {
      refused(text, onWindows, /is outside the workspace/, win32);
    }
    for (const text of ['a.txt:stream', 'C:a.txt', 'C:\\work\\bot\\a.txt::$DATA']) {
      refused(text, onWindows, /has a colon in a name/, win32);
    }
  });

  it('is cut where it is quoted', () => {
    assert.throws(
      () => placeInWorkspace(`/${'x'.repeat(5000)}`, one, posix),
      (error: unknown) => error instanceof ToolError && error.message.length < 600,
    );
  });
});
