import * as vscode from 'vscode';

/** What is needed of the API of VS Code's own git extension. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): { getRepository(uri: vscode.Uri): Repository | null };
}

interface Repository {
  /** @returns those of the paths that git ignores */
  checkIgnore(paths: string[]): Promise<ReadonlySet<string>>;
}

/**
 * Which of these files git ignores, as it is told to ignore what is private. None when the git extension
 * is off, or nothing of the workspace is in a repository: then nobody has said so.
 */
export async function gitIgnored(uris: readonly vscode.Uri[]): Promise<ReadonlySet<vscode.Uri>> {
  const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
  const git = await extension?.activate();
  if (git?.enabled !== true) {
    return new Set();
  }
  const api = git.getAPI(1);
  const ignored = new Set<vscode.Uri>();
  for (const uri of uris) {
    const repository = api.getRepository(uri);
    if (repository !== null && (await ignores(repository, uri))) {
      ignored.add(uri);
    }
  }
  return ignored;
}

async function ignores(repository: Repository, { fsPath }: vscode.Uri): Promise<boolean> {
  try {
    return (await repository.checkIgnore([fsPath])).size > 0;
  } catch {
    // Git cannot say, so the user is asked.
    return true;
  }
}
