import { CancellationTokenSource, FileType, RelativePattern, Uri, workspace } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import { matchesAny } from '../settings/userSetting';

/**
 * The files of the workspace, of all its folders, as a search in VS Code would see them: without
 * what `files.exclude` and `search.exclude` leave out.
 * @throws `signal.reason` on cancel
 */
export async function workspaceFiles(signal: AbortSignal): Promise<Uri[]> {
  const folders = workspace.workspaceFolders ?? [];
  const found = await Promise.all(
    folders.map(folder =>
      folder.uri.scheme === 'file' ? searched(folder, signal) : walked(folder, signal),
    ),
  );
  // VS Code answers what it had found when a search is cancelled.
  signal.throwIfAborted();
  // A folder of the workspace may lie in another one.
  return [...new Map(found.flat().map(uri => [uri.toString(), uri])).values()];
}

async function searched(folder: WorkspaceFolder, signal: AbortSignal): Promise<Uri[]> {
  const patterns = excludes(folder, 'search');
  const cancelling = new CancellationTokenSource();
  const cancel = (): void => cancelling.cancel();
  signal.addEventListener('abort', cancel);
  try {
    return await workspace.findFiles(
      new RelativePattern(folder, '**/*'),
      // VS Code adds `files.exclude` by itself, as long as this is not null.
      patterns.length === 0 ? undefined : `{${patterns.join(',')}}`,
      undefined,
      cancelling.token,
    );
  } finally {
    signal.removeEventListener('abort', cancel);
    cancelling.dispose();
  }
}

/** Not all other file systems can be searched by VS Code, which would wait for ever. */
async function walked(folder: WorkspaceFolder, signal: AbortSignal): Promise<Uri[]> {
  const patterns = [...excludes(folder, 'files'), ...excludes(folder, 'search')];
  // Those are about names nearly always, such as `**/node_modules`; others leave nothing out here.
  const names = patterns.flatMap(pattern => /^\*\*\/([^/]+)$/.exec(pattern)?.[1] ?? []);
  const found: Uri[] = [];
  const walk = async (parent: Uri): Promise<void> => {
    for (const [name, type] of await workspace.fs.readDirectory(parent)) {
      signal.throwIfAborted();
      const uri = Uri.joinPath(parent, name);
      if (matchesAny(name, names)) {
        continue;
      }
      if (type === FileType.Directory) {
        await walk(uri);
      } else if (type === FileType.File) {
        found.push(uri);
      }
    }
  };
  await walk(folder.uri);
  return found;
}

/** Patterns that hold whatever else is in the folder. */
function excludes(folder: WorkspaceFolder, section: 'files' | 'search'): string[] {
  const patterns = workspace.getConfiguration(section, folder).get<unknown>('exclude');
  return Object.entries(patterns ?? {}).flatMap(([pattern, on]) => (on === true ? pattern : []));
}
