import type { Call } from './call';
import { json, Refused, type Reply } from './replies';
import type { Task } from './tasks';
import { formId, listId, taskIds } from './taskParts';

interface List {
  readonly id: number;
  readonly name: string;
  readonly children?: readonly List[];
}

const LISTS: readonly List[] = [
  {
    id: 1352,
    name: 'Branch offices',
    children: [
      { id: 1465, name: 'Moscow' },
      { id: 3763, name: 'San Francisco' },
    ],
  },
  { id: listId, name: 'Personal' },
];

/** `GET inbox`: one task by itself, one in a group. */
export function inbox(call: Call): Reply {
  const alone = limited(headersOf(call, [taskIds.simple]), itemCount(call, 'item_count', 50));
  const grouped = limited(headersOf(call, [taskIds.form]), itemCount(call, 'group_item_count', 50));
  return json({
    ...alone,
    task_groups: [{ id: 1, name: 'Формы', ...grouped }],
  });
}

export function lists(): Reply {
  return json({ lists: LISTS });
}

/** `GET lists/{id}`, flat. */
export function list(_call: Call, id: string): Reply {
  return json(listOf(id));
}

/** `GET lists/{id}/tasks`: open ones, closed ones too with `include_archived=y`. */
export function listTasks(call: Call, id: string): Reply {
  const { id: wanted } = listOf(id);
  const tasks = visible(call).filter(({ list_ids: ids = [] }) => ids.includes(wanted));
  return json(limited(tasks.map(headerOf), itemCount(call, 'item_count', 200)));
}

/** `GET forms/{id}/register`: fields, but neither title nor form. */
export function register(call: Call, id: string): Reply {
  if (Number(id) !== formId) {
    throw new Refused('access_denied_form');
  }
  const rows = visible(call)
    .filter(({ form_id: form }) => form === formId)
    .map(({ id: taskId, create_date, last_modified_date, comments, current_step, fields }) => ({
      id: taskId,
      create_date,
      last_modified_date,
      last_note_id: comments.at(-1)?.id,
      current_step,
      fields,
    }));
  return json({ tasks: rows.slice(0, itemCount(call, 'item_count', 20_000)) });
}

function listOf(id: string): List {
  const all = LISTS.flatMap(one => [one, ...(one.children ?? [])]);
  const found = all.find(one => String(one.id) === id);
  if (found === undefined) {
    throw new Refused('access_denied_project');
  }
  return found;
}

function visible(call: Call): Task[] {
  const archived = call.query.get('include_archived') === 'y';
  return call.environment.tasks.all().filter(task => archived || task.is_closed !== true);
}

type TaskHeader = Pick<
  Task,
  'id' | 'text' | 'create_date' | 'last_modified_date' | 'author' | 'responsible' | 'due_date'
>;

function headersOf(call: Call, ids: readonly number[]): TaskHeader[] {
  return ids.flatMap(id => call.environment.tasks.find(id) ?? []).map(headerOf);
}

/** What lists and the inbox tell of a task: no subject, no form, no fields. */
function headerOf(task: Task): TaskHeader {
  const { id, create_date, last_modified_date, author, responsible, text, due_date } = task;
  return {
    id,
    text,
    create_date,
    last_modified_date,
    author,
    ...(responsible === undefined ? {} : { responsible }),
    ...(due_date === undefined ? {} : { due_date }),
  };
}

function limited(
  all: readonly TaskHeader[],
  count: number,
): { tasks: TaskHeader[]; has_more: boolean } {
  return { tasks: all.slice(0, count), has_more: all.length > count };
}

function itemCount(call: Call, key: string, usual: number): number {
  const text = call.query.get(key);
  const count = text === null ? usual : Number(text);
  if (!Number.isInteger(count) || count < 1 || count > 20_000) {
    throw new Refused('items_count_out_of_range');
  }
  return count;
}
