import { dateIn, idIn, known, listIn, textIn } from './lenient';
import { personIn, titleOf } from './taskWire';
import type { Person } from './taskWire';
import { isRecord } from './wire';

/** A task as the inbox tells it: enough to be chosen. All texts are untrusted. */
export interface TaskSummary {
  readonly id: number;
  readonly title?: string;
  readonly author?: Person;
  readonly responsible?: Person;
  /** When it was changed last, ISO 8601. */
  readonly changed?: string;
  /** Name of the group of the inbox it is in, when the user has grouped it. */
  readonly group?: string;
}

/**
 * Answer of `GET inbox`: the tasks that stand alone, then those of the groups, each once.
 * @returns undefined when it is no answer to that
 */
export function inboxAnswer(body: unknown): TaskSummary[] | undefined {
  if (!isRecord(body) || 'error_code' in body) {
    return undefined;
  }
  const groups = listIn(body['task_groups']).filter(isRecord);
  const all = [
    ...summariesIn(body['tasks']),
    ...groups.flatMap(group => summariesIn(group['tasks'], textIn(group['name']))),
  ];
  const first = new Map(all.toReversed().map(task => [task.id, task]));
  return all.filter(task => first.get(task.id) === task);
}

function summariesIn(tasks: unknown, group?: string): TaskSummary[] {
  return listIn(tasks)
    .filter(isRecord)
    .flatMap(task => {
      const id = idIn(task['id']);
      return id === undefined ? [] : [summaryOf(id, task, group)];
    });
}

function summaryOf(id: number, task: Record<string, unknown>, group?: string): TaskSummary {
  return known({
    id,
    title: titleOf(task),
    author: personIn(task['author']),
    responsible: personIn(task['responsible']),
    changed: dateIn(task['last_modified_date']) ?? dateIn(task['create_date']),
    group,
  });
}
