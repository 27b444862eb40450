import type { WritableField } from '../pyrus/fileVersions';
import type { Task } from '../pyrus/taskWire';
import type { AttachItem } from './attachItem';

/** What the user has agreed to, or is being asked about. */
export interface AttachPlan {
  readonly task: Task;
  readonly items: readonly AttachItem[];
  /** The words of the comment, if any. */
  readonly text: string;
  /** The form field that takes the files, in place of the comment itself. */
  readonly field?: WritableField | undefined;
  readonly skipNotification: boolean;
  /** Of a closed task. */
  readonly reopen: boolean;
}

export function planFor(task: Task, items: readonly AttachItem[]): AttachPlan {
  return { task, items, text: '', skipNotification: false, reopen: false };
}
