import * as vscode from 'vscode';
import { initialized, mayBeIgnored } from './ignoredFiles';
import type { Git } from './ignoredFiles';
import { PATIENCE } from './taskRead';

/** What VS Code's own git extension gives others. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): Git<vscode.Uri>;
}

/**
 * Which of these files git ignores, or may ignore, as it is told to ignore what is private.
 * @throws `signal.reason` on cancel
 */
export async function gitIgnored(
  uris: readonly vscode.Uri[],
  signal: AbortSignal,
): Promise<ReadonlySet<vscode.Uri>> {
  const git = await gitApi(signal);
  const ignored = new Set<vscode.Uri>();
  for (const uri of uris) {
    if (await mayBeIgnored(git, uri, path => vscode.Uri.file(path))) {
      ignored.add(uri);
    }
  }
  return ignored;
}

/** @returns undefined when git is turned off, not there or broken */
async function gitApi(signal: AbortSignal): Promise<Git<vscode.Uri> | undefined> {
  let git: Git<vscode.Uri> | undefined;
  try {
    const extension = await vscode.extensions.getExtension<GitExtension>('vscode.git')?.activate();
    git = extension?.enabled === true ? extension.getAPI(1) : undefined;
  } catch {
    return undefined;
  }
  if (git !== undefined) {
    await initialized(git, signal, PATIENCE);
  }
  return git;
}
