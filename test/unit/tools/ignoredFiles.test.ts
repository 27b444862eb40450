import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { initialized, mayBeIgnored } from '../../../src/tools/ignoredFiles';
import type { Git } from '../../../src/tools/ignoredFiles';

interface Place {
  readonly scheme: string;
  readonly fsPath: string;
}

const place = (fsPath: string): Place => ({ scheme: 'file', fsPath });

describe('a file that git may ignore', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(await realpath(tmpdir()), 'pyrus-ignored-'));
  });
  afterEach(() => rm(root, { recursive: true }));

  const file = async (path: string): Promise<string> => {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), path);
    return join(root, path);
  };
  /** Knows a repository at `repo`, in which it ignores what is called secret. */
  const git = (checkIgnore?: () => Promise<never>): Git<Place> => ({
    state: 'initialized',
    onDidChangeState: () => assert.fail('it waited'),
    getRepository: ({ fsPath }) =>
      fsPath.startsWith(join(root, 'repo'))
        ? {
            rootUri: place(join(root, 'repo')),
            checkIgnore:
              checkIgnore ??
              (paths => Promise.resolve(new Set(paths.filter(path => path.endsWith('secret'))))),
          }
        : null,
  });
  const may = (path: string, known: Git<Place> | undefined = git()): Promise<boolean> =>
    mayBeIgnored(known, place(path), place);

  it('is one that it ignores, in a repository it knows', async () => {
    await mkdir(join(root, 'repo/.git'), { recursive: true });
    assert.equal(await may(await file('repo/a/secret')), true);
    assert.equal(await may(await file('repo/a/b.txt')), false);
  });

  it('is a link to such a one', async () => {
    await mkdir(join(root, 'repo/.git'), { recursive: true });
    await symlink(await file('repo/secret'), join(root, 'repo/notes.txt'));
    assert.equal(await may(join(root, 'repo/notes.txt')), true);
  });

  it('is one of a repository that nobody has asked git about, or that it cannot tell of', async () => {
    const [own, inner, outside] = [
      await file('other/src/a.txt'),
      await file('repo/inner/a.txt'),
      await file('outside/a.txt'),
    ];
    assert.equal(await may(own), false);
    await mkdir(join(root, 'other/.git'));
    assert.equal(await may(own), true);
    await mkdir(join(root, 'repo/.git'));
    assert.equal(await may(inner), false);
    assert.equal(await mayBeIgnored(undefined, place(inner), place), true);
    assert.equal(
      await may(
        inner,
        git(() => Promise.reject(new Error('fatal'))),
      ),
      true,
    );
    // A worktree, or a submodule.
    await file('repo/inner/.git');
    assert.equal(await may(inner), true);
    assert.equal(await mayBeIgnored(undefined, place(outside), place), false);
  });

  it('is no file of another file system, of which git knows nothing', async () => {
    const uri = { scheme: 'memory', fsPath: join(root, 'a.txt') };
    await mkdir(join(root, '.git'));
    assert.equal(await mayBeIgnored(git(), uri, place), false);
  });

  it('waits until git has looked for repositories, no longer than whoever asks', async () => {
    const listeners = new Set<(state: string) => void>();
    const starting = {
      state: 'uninitialized',
      onDidChangeState: (listener: (state: string) => void) => {
        listeners.add(listener);
        return { dispose: () => listeners.delete(listener) };
      },
    } as const;
    const { signal } = new AbortController();
    let isOver = false;
    const waiting = initialized(starting, signal, 60_000).then(() => (isOver = true));
    listeners.forEach(tell => tell('uninitialized'));
    await new Promise(setImmediate);
    assert.equal(isOver, false);
    listeners.forEach(tell => tell('initialized'));
    await waiting;
    const left = new AbortController();
    const ended = initialized(starting, left.signal, 60_000);
    left.abort(new Error('left'));
    await assert.rejects(ended, /left/);
    await initialized(starting, signal, 1);
    assert.equal(listeners.size, 0);
  });
});
