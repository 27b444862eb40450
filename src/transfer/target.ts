import { basename, posix } from 'node:path';
import { Uri, workspace } from 'vscode';
import { saveLocally } from './localTarget';
import type { Incoming, Placed, Placement, Wanted } from './saveRequest';
import { childOf } from './virtualPublisher';
import { saveVirtually } from './virtualTarget';

export type { ConflictChoice } from './saveRequest';

/** A file from Pyrus, the folder it goes to, and the name it should have there. */
export interface SaveRequest extends Incoming, Wanted {
  readonly folder: Uri;
}

/** What became of it; `size` in bytes. */
export type SaveResult =
  | { readonly outcome: 'saved'; readonly uri: Uri; readonly size: number }
  /** The user left what is there as it is, or did not want what nothing confirms to be whole. */
  | { readonly outcome: 'skipped' | 'discarded' };

/**
 * Turns a file from Pyrus into a file of a folder, under its own name made safe; never over
 * another file unless `onConflict` says so. On any failure, skip or cancel the folder is as it was.
 * @throws FileError `folderRefused` for folders of tools (`.git`, `.vscode`, `.husky`), and others
 * @throws PyrusError or what else the body fails with; the signal's reason on cancel
 */
export function saveFile(request: SaveRequest): Promise<SaveResult> {
  return save(request.folder, request, request);
}

/**
 * The same for a target the user has chosen exactly, knowing what is there: it is replaced.
 * @throws as {@link saveFile}; FileError `notAFile` when the target is a folder or a device
 */
export function saveFileAs(target: Uri, incoming: Incoming): Promise<SaveResult> {
  // Keeps the slash of `/d:/` on Windows: `d:` alone is whatever folder the drive is in just now.
  const folder = Uri.joinPath(target, '..');
  const name = target.scheme === 'file' ? basename(target.fsPath) : posix.basename(target.path);
  return save(folder, { replace: name }, incoming);
}

async function save(folder: Uri, placement: Placement, incoming: Incoming): Promise<SaveResult> {
  const placed: Placed = await (folder.scheme === 'file'
    ? saveLocally(folder.fsPath, placement, incoming)
    : saveVirtually(folder, placement, incoming, workspace.fs));
  return placed.outcome === 'saved'
    ? { outcome: 'saved', uri: childOf(folder, placed.name), size: placed.size }
    : placed;
}
