import { known } from './lenient';
import type { TaskFile } from './taskFiles';
import type { Task } from './taskWire';

/** The versions of one file. */
export interface FileVersions {
  /** Id of the first version, also when that is not in the task any more: names the file for ever. */
  readonly rootId: number;
  /** Newest first. */
  readonly versions: readonly [TaskFile, ...TaskFile[]];
}

/** Files by what they are versions of, in the order in which each came first. */
export function versionsOf(files: readonly TaskFile[]): FileVersions[] {
  const byRoot = new Map<number, [TaskFile, ...TaskFile[]]>();
  for (const file of files) {
    const rootId = file.rootId ?? file.id;
    const versions = byRoot.get(rootId);
    if (versions === undefined) {
      byRoot.set(rootId, [file]);
    } else {
      versions.push(file);
    }
  }
  return [...byRoot].map(([rootId, versions]) => ({
    rootId,
    versions: versions.sort((one, other) => age(one, other)),
  }));
}

/**
 * What a new file of this name could be a new version of: its newest version that is still there
 * has the same name.
 */
export function versionsNamed(all: readonly FileVersions[], name: string): FileVersions[] {
  return all.filter(({ versions }) => {
    const newest = versions.find(({ removed }) => !removed);
    return newest?.name.normalize('NFC') === name.normalize('NFC');
  });
}

function age(one: TaskFile, other: TaskFile): number {
  return (other.version ?? 0) - (one.version ?? 0) || other.id - one.id;
}

/** A file field that a comment can write to. */
export interface WritableField {
  readonly id: number;
  readonly name: string;
  /** Name of the section it is in. */
  readonly section?: string;
}

/** The file fields of a form task. Cells are left out: Pyrus refuses them (`field_is_in_table`). */
export function fileFields(task: Task): WritableField[] {
  return task.fields.flatMap(({ id, name, section, inTable }) =>
    id === undefined || inTable ? [] : [known({ id, name, section })],
  );
}
