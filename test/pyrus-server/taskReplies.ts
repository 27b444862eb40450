import type { Call } from './call';
import { Answered, json, noRoute, Refused, type Reply } from './replies';
import type { Task } from './tasks';

/** `GET tasks/{id}`: the task with all its comments. */
export function task(call: Call, id: string): Reply {
  return json({ task: taskOf(call, id) });
}

/**
 * @param id as it stands in the path
 * @throws Refused `access_denied_task`, `unrecognized_task_id`; Answered 404 when it is no number
 */
export function taskOf(call: Call, id: string): Task {
  if (!/^[0-9]{1,10}$/.test(id)) {
    throw new Answered(noRoute(call.path));
  }
  const { tasks } = call.environment;
  if (tasks.isDenied(Number(id))) {
    throw new Refused('access_denied_task');
  }
  const found = tasks.find(Number(id));
  if (found === undefined) {
    throw new Refused('unrecognized_task_id');
  }
  return found;
}
