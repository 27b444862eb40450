import { realpath } from 'node:fs/promises';
import * as vscode from 'vscode';
import { isInsideWorkspace } from '../transfer/insideWorkspace';
import { sourceFor } from '../transfer/source';
import { failureText } from '../words/failures';
import { ToolError } from './toolError';
import { placeInWorkspace, rootsFor } from './workspacePath';
import type { Place, RootFolder } from './workspacePath';

/** A file of the workspace that may be sent. */
export interface WorkspaceFile {
  /** As the model wrote it. */
  readonly path: string;
  readonly uri: vscode.Uri;
  /** Bytes. */
  readonly size: number;
  /** Names on its way from the workspace folder, and where links really lead: any may tell a secret. */
  readonly names: readonly string[];
}

/** @throws ToolError for the first that is not to be sent */
export async function workspaceFiles(paths: readonly string[]): Promise<WorkspaceFile[]> {
  const files: WorkspaceFile[] = [];
  for (const path of paths) {
    files.push(await workspaceFile(path));
  }
  return files;
}

async function workspaceFile(path: string): Promise<WorkspaceFile> {
  const { uri, segments } = await placeOf(path);
  await assertFile(uri, path);
  try {
    const { size } = await sourceFor(uri);
    const names = [...segments, ...(await realNames(uri))];
    return { path, uri, size, names };
  } catch (error) {
    throw new ToolError(`${path}: ${failureText(error)}`, { cause: error });
  }
}

/**
 * A folder of the workspace that exists; without a path, the only one that is open.
 * @throws ToolError
 */
export async function workspaceFolder(path = '.'): Promise<vscode.Uri> {
  const { uri } = await placeOf(path);
  const type = await typeOf(uri, path);
  if ((type & vscode.FileType.Directory) === 0) {
    throw new ToolError(`${path} is not a folder. Give a folder of the workspace.`);
  }
  return uri;
}

/** As the user sees it: relative to the workspace. */
export function shownPath(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri);
}

async function placeOf(path: string): Promise<{ uri: vscode.Uri; segments: readonly string[] }> {
  const { root, segments }: Place<RootFolder<vscode.Uri>> = placeInWorkspace(path, openFolders());
  const uri = vscode.Uri.joinPath(root.uri, ...segments);
  if (!(await isInsideWorkspace(uri))) {
    throw new ToolError(`A link leads from ${path} out of the workspace. Give a file inside it.`);
  }
  return { uri, segments };
}

function openFolders(): RootFolder<vscode.Uri>[] {
  return rootsFor(vscode.workspace.workspaceFolders ?? []);
}

async function assertFile(uri: vscode.Uri, path: string): Promise<void> {
  const type = await typeOf(uri, path);
  if ((type & vscode.FileType.Directory) !== 0) {
    throw new ToolError(`${path} is a folder. Give its files, one by one.`);
  }
  if (uri.scheme !== 'file' && (type & vscode.FileType.SymbolicLink) !== 0) {
    // Only on this machine's disk can we see where it leads.
    throw new ToolError(`${path} is a link. Give the file itself.`);
  }
}

async function typeOf(uri: vscode.Uri, path: string): Promise<vscode.FileType> {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch (error) {
    throw new ToolError(`There is nothing at ${path}. Check the path.`, { cause: error });
  }
}

/** A link may be called otherwise than the file it leads to. */
async function realNames({ scheme, fsPath }: vscode.Uri): Promise<string[]> {
  if (scheme !== 'file') {
    return [];
  }
  const real = await realpath(fsPath);
  const roots = await Promise.all(
    openFolders().flatMap(({ path }) => (path === undefined ? [] : [realpath(path)])),
  );
  const realRoots = roots.map(path => ({ name: path, path }));
  return [...placeInWorkspace(real, realRoots).segments];
}
