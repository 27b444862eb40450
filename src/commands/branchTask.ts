import * as vscode from 'vscode';
import { taskIdIn } from '../pyrus/branchTask';
import type { TaskChoice } from './taskChoices';

/** What is needed of the API of VS Code's own git extension. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): {
    readonly repositories: readonly Repository[];
    getRepository(uri: vscode.Uri): Repository | null;
  };
}

interface Repository {
  readonly state: { readonly HEAD?: { readonly name?: string } };
}

/**
 * The task that the checked-out git branch names. The git extension is asked, for it alone knows
 * about worktrees, submodules and remote file systems; nothing when it is off or still starting.
 * @param near a file whose repository is meant; without one, all open ones are looked at
 */
export function branchTask(near?: vscode.Uri): TaskChoice | undefined {
  const branches = repositories(near).flatMap(({ state }) => state.HEAD?.name ?? []);
  for (const branch of branches) {
    const id = taskIdIn(branch);
    if (id !== undefined) {
      return { id, source: 'branch', detail: branch };
    }
  }
  return undefined;
}

function repositories(near?: vscode.Uri): readonly Repository[] {
  const git = vscode.extensions.getExtension<GitExtension>('vscode.git');
  if (git?.isActive !== true || !git.exports.enabled) {
    return [];
  }
  const api = git.exports.getAPI(1);
  const own = near === undefined ? null : api.getRepository(near);
  return own === null ? api.repositories : [own];
}
