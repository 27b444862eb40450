import assert from 'node:assert/strict';
import { filesOf } from '../../../src/pyrus/taskFiles';
import type { TaskFile } from '../../../src/pyrus/taskFiles';
import { taskAnswer } from '../../../src/pyrus/taskWire';
import type { Task } from '../../../src/pyrus/taskWire';

export const cloud = { apiUrl: 'https://api.pyrus.com/v4/', filesUrl: 'https://files.pyrus.com/' };
/** Of `123`. */
export const md5 = '202cb962ac59075b964b07152d234b70';

/** A task with these members on the wire, narrowed. */
export function taskOf(task: object, addresses = cloud): Task {
  return taskAnswer({ task: { id: 1, ...task } }, addresses) ?? assert.fail('it is no task');
}

export function filesIn(task: object): readonly TaskFile[] {
  return filesOf(taskOf(task)).files;
}
