import type { Person, Task } from '../pyrus/taskWire';
import { filesOf } from '../pyrus/taskFiles';
import type { TaskFile } from '../pyrus/taskFiles';
import { known } from '../pyrus/lenient';

/** More are of no use to a model, and cost whoever pays for it. */
const MOST = 200;

const LONGEST = 255;

/** The files of a task as a model is told them, newest first. */
export function taskFilesAnswer(task: Task): object {
  const files = filesOf(task).files.toSorted((one, other) => other.id - one.id);
  return known({
    taskId: task.id,
    title: task.title === undefined ? undefined : forModel(task.title),
    isClosed: task.isClosed,
    files: files.slice(0, MOST).map(fileAnswer),
    olderFilesNotListed: files.length > MOST ? files.length - MOST : undefined,
  });
}

function fileAnswer(file: TaskFile): object {
  const { id, name, size, md5, version, rootId, date, author, place, removed } = file;
  return known({
    id,
    name: forModel(name),
    size,
    md5,
    version,
    firstVersionId: rootId,
    // As Pyrus wrote it, it may be a date to JavaScript and words to a model, such as "(…) 2026".
    date: date === undefined ? undefined : new Date(date).toISOString(),
    author: nameOf(author),
    field: place.kind === 'field' ? forModel(place.name) : undefined,
    removed: removed ? true : undefined,
  });
}

function nameOf(person: Person | undefined): string | undefined {
  return person === undefined ? undefined : forModel(person.name);
}

/**
 * Text from outside as it is, but short, and without what a person would not see in it: hidden words are
 * how texts give orders to models.
 */
function forModel(untrusted: string): string {
  return untrusted
    .slice(0, LONGEST)
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim();
}
