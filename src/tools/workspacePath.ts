import * as nodePath from 'node:path';
import type { PlatformPath } from 'node:path';
import { isOwnScheme } from '../transfer/ownSchemes';
import { ToolError } from './toolError';

/** A folder of the workspace. */
export interface Root {
  /** As the Explorer shows it. */
  readonly name: string;
  /** Absolute, of this machine; absent on other file systems, which have only relative paths. */
  readonly path?: string;
}

/** A place in a folder of the workspace; without segments, that folder itself. */
export interface Place<R extends Root> {
  readonly root: R;
  readonly segments: readonly string[];
}

/** The part of VS Code's Uri that is needed. */
interface FolderUri {
  readonly scheme: string;
  readonly fsPath: string;
}

/** A root with its address. */
export interface RootFolder<U extends FolderUri> extends Root {
  readonly uri: U;
}

/**
 * The folders of the workspace that have files of the user's. One of this extension's own schemes has
 * files of Pyrus, which a path would fetch unasked.
 */
export function rootsFor<U extends FolderUri>(
  folders: readonly { readonly name: string; readonly uri: U }[],
): RootFolder<U>[] {
  return folders
    .filter(({ uri }) => !isOwnScheme(uri.scheme))
    .map(({ name, uri }) => ({
      name,
      uri,
      ...(uri.scheme === 'file' ? { path: uri.fsPath } : {}),
    }));
}

/**
 * Reads a path that a model has written, by its letters alone: absolute, or relative to the workspace;
 * with several folders it begins with the name of one. Where links lead is for others to look.
 * @param paths the rules of the system
 * @throws ToolError when it may lead out of the workspace, or could mean several things
 */
export function placeInWorkspace<R extends Root>(
  text: string,
  roots: readonly R[],
  paths: PlatformPath = nodePath,
): Place<R> {
  if (roots.length === 0) {
    throw new ToolError('No folder is open in VS Code. Ask the user to open one.');
  }
  assertPath(text, paths);
  const place = paths.isAbsolute(text)
    ? absolute(text, roots, paths)
    : relative(segmentsOf(text, paths), roots);
  if (paths.sep === '\\' && place.segments.some(segment => segment.includes(':'))) {
    // A stream beside the file's own, which nobody sees.
    throw refused(text, 'has a colon in a name');
  }
  return place;
}

function assertPath(text: string, paths: PlatformPath): void {
  if (/\p{Cc}/u.test(text)) {
    throw refused(text, 'has control characters');
  }
  if (/^[a-z][\w+.-]*:\/\//i.test(text)) {
    throw refused(text, 'is an address, not a path');
  }
  if (segmentsOf(text, paths).includes('..')) {
    throw refused(text, 'has ".." in it');
  }
}

/** In the innermost folder that holds it. */
function absolute<R extends Root>(
  text: string,
  roots: readonly R[],
  paths: PlatformPath,
): Place<R> {
  const places = roots.flatMap(root => {
    const below = root.path === undefined ? '..' : paths.relative(root.path, text);
    const segments = segmentsOf(below, paths);
    return segments[0] === '..' || paths.isAbsolute(below) ? [] : [{ root, segments }];
  });
  const [innermost] = places.toSorted((one, other) => one.segments.length - other.segments.length);
  if (innermost === undefined) {
    const where = roots.flatMap(({ path }) => path ?? []).join(', ');
    throw refused(text, `is outside the workspace${where === '' ? '' : ` (${where})`}`);
  }
  return innermost;
}

function relative<R extends Root>(segments: readonly string[], roots: readonly R[]): Place<R> {
  const [only, ...others] = roots;
  if (only !== undefined && others.length === 0) {
    return { root: only, segments };
  }
  const [first, ...rest] = segments;
  const [named, ...alike] = roots.filter(({ name }) => name === first);
  if (named === undefined || alike.length > 0) {
    const names = roots.map(({ name }) => JSON.stringify(name)).join(', ');
    throw new ToolError(
      `The workspace has several folders: begin the path with the name of one (${names}), or give an absolute path.`,
    );
  }
  return { root: named, segments: rest };
}

function segmentsOf(text: string, paths: PlatformPath): string[] {
  const separators = paths.sep === '\\' ? /[\\/]+/ : /\/+/;
  return text.split(separators).filter(segment => segment !== '' && segment !== '.');
}

function refused(text: string, reason: string): ToolError {
  return new ToolError(
    `The path ${JSON.stringify(text.slice(0, 300))} ${reason}. Give the path of something in the workspace, absolute or relative to it.`,
  );
}
