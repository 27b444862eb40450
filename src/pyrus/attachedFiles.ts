import type { FileAttachment } from './attachmentWire';
import { known } from './lenient';

/** An upload that is to be attached, and what is known of it. */
export interface FileToAttach {
  readonly guid: string;
  /** As it was uploaded. */
  readonly name?: string;
  readonly size?: number;
  /** Lower-case. */
  readonly md5?: string;
  /** Id of the first version of the file that this is to be a new version of. */
  readonly rootId?: number;
}

/** An upload that has become a file of a task. */
export interface AttachedFile {
  readonly guid: string;
  /** Absent when files that are the same to the byte came together: nobody can tell which is which. */
  readonly fileId?: number;
  readonly version?: number;
  readonly rootId?: number;
  readonly commentId?: number;
}

export interface Matched {
  readonly attached: readonly AttachedFile[];
  readonly missing: readonly FileToAttach[];
}

/** How much must agree. The last is for a name that Pyrus stored in another way: the bytes are there. */
const strictness = ['all', 'allButRoot', 'bytes'] as const;
type Strictness = (typeof strictness)[number];

/**
 * Finds the uploads among what a comment brought. Pyrus does not say which GUID became which file,
 * so it is told by MD5, size and name; and a GUID of which nothing is known, by what is left.
 */
export function matched(
  files: readonly FileToAttach[],
  brought: readonly FileAttachment[],
  commentId?: number,
): Matched {
  const left = new Set(brought);
  const attached = new Map<FileToAttach, AttachedFile>();
  for (const strict of strictness) {
    for (const alike of groupsOf(files.filter(file => !attached.has(file)))) {
      const found = [...left].filter(one => agree(alike[0], one, strict));
      const isSure = found.length === 1 && alike.length === 1;
      for (const [index, file] of alike.entries()) {
        const own = found[index];
        if (own !== undefined) {
          left.delete(own);
          const ids = isSure ? { fileId: own.id, version: own.version, rootId: own.rootId } : {};
          attached.set(file, known({ guid: file.guid, ...ids, commentId }));
        }
      }
    }
  }
  return {
    attached: files.flatMap(file => attached.get(file) ?? []),
    missing: files.filter(file => !attached.has(file)),
  };
}

/** Uploads that nothing tells apart, those of which the most is known first. */
function groupsOf(files: readonly FileToAttach[]): [FileToAttach, ...FileToAttach[]][] {
  const groups = new Map<string, [FileToAttach, ...FileToAttach[]]>();
  for (const file of files) {
    const key = JSON.stringify([file.md5, file.size, file.name, file.rootId]);
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [file]);
    } else {
      group.push(file);
    }
  }
  return [...groups.values()].sort(([one], [other]) => knowledge(other) - knowledge(one));
}

/** Whether anything but its GUID is known, by which to tell it among files. */
export function isKnown(file: FileToAttach): boolean {
  return knowledge(file) > 0;
}

function knowledge({ md5, size, name }: FileToAttach): number {
  return [md5, size, name].filter(value => value !== undefined).length;
}

function agree(file: FileToAttach, attachment: FileAttachment, strict: Strictness): boolean {
  if (!same(file.md5, attachment.md5) || !same(file.size, attachment.size)) {
    return false;
  }
  if (strict === 'bytes') {
    // Without an MD5 nothing says that a file of another name is the same.
    return file.md5 !== undefined && attachment.md5 !== undefined;
  }
  const sameName = same(file.name?.normalize('NFC'), attachment.name.normalize('NFC'));
  return sameName && (strict === 'allButRoot' || file.rootId === rootOf(attachment));
}

/** A first version may name itself. */
function rootOf({ id, rootId }: FileAttachment): number | undefined {
  return rootId === id ? undefined : rootId;
}

/** True unless both are known and differ. */
function same<T>(one: T | undefined, other: T | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}
