import { realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Disposable } from 'vscode';

/** The part of VS Code's Uri that is needed. */
interface FileUri {
  readonly scheme: string;
  readonly fsPath: string;
}

/** What is needed of the API of VS Code's own git extension. */
export interface Git<U extends FileUri> {
  /** Repositories are looked for until it is initialized. */
  readonly state: 'uninitialized' | 'initialized';
  readonly onDidChangeState: (listener: (state: string) => void) => Disposable;
  getRepository(uri: U): Repository | null;
}

interface Repository {
  readonly rootUri: FileUri;
  /** @returns those of the paths that git ignores */
  checkIgnore(paths: string[]): Promise<ReadonlySet<string>>;
}

/**
 * Waits until git knows the repositories of the workspace, for a while.
 * @param patience milliseconds
 * @throws `signal.reason` on cancel
 */
export async function initialized(
  git: Pick<Git<never>, 'state' | 'onDidChangeState'>,
  signal: AbortSignal,
  patience: number,
): Promise<void> {
  const soon = AbortSignal.any([signal, AbortSignal.timeout(patience)]);
  if (git.state !== 'initialized' && !soon.aborted) {
    let listening: Disposable | undefined;
    await new Promise<void>(resolve => {
      listening = git.onDidChangeState(state => {
        if (state === 'initialized') {
          resolve();
        }
      });
      soon.addEventListener('abort', () => resolve(), { once: true });
    });
    listening?.dispose();
  }
  signal.throwIfAborted();
}

/**
 * Whether git ignores a file, as it is told to ignore what is private: where it is, and where it really
 * is, for a link that is committed may lead to a file that is not. Also true when it may, and git cannot
 * say: the user is asked then.
 * @param git absent where it is turned off or not there
 * @param fileUri of a path of this machine
 */
export async function mayBeIgnored<U extends FileUri>(
  git: Git<U> | undefined,
  uri: U,
  fileUri: (path: string) => U,
): Promise<boolean> {
  if (uri.scheme !== 'file') {
    return ignores(git?.getRepository(uri), uri);
  }
  try {
    const real = await realpath(uri.fsPath);
    const places = real === uri.fsPath ? [uri] : [uri, fileUri(real)];
    for (const place of places) {
      if (await isUnclear(git, place)) {
        return true;
      }
    }
    return false;
  } catch {
    return true;
  }
}

/** Ignored, or in a repository that git has not been asked about. */
async function isUnclear<U extends FileUri>(git: Git<U> | undefined, place: U): Promise<boolean> {
  const repository = git?.getRepository(place);
  const root = await repositoryAround(place.fsPath);
  if (root === undefined) {
    return ignores(repository, place);
  }
  // One inside of another may not be known, and its own rules count.
  return (
    !repository ||
    (await realpath(repository.rootUri.fsPath)) !== (await realpath(root)) ||
    ignores(repository, place)
  );
}

async function ignores(
  repository: Repository | null | undefined,
  { fsPath }: FileUri,
): Promise<boolean> {
  try {
    return repository ? (await repository.checkIgnore([fsPath])).size > 0 : false;
  } catch {
    // Git cannot say.
    return true;
  }
}

/** The nearest folder around the file that has a `.git`: a folder, or in a worktree a file. */
async function repositoryAround(path: string): Promise<string | undefined> {
  const folder = dirname(path);
  if (folder === path) {
    return undefined;
  }
  const isRepository = await stat(join(folder, '.git')).then(
    () => true,
    () => false,
  );
  return isRepository ? folder : repositoryAround(folder);
}
