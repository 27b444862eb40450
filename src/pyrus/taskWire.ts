import { attachmentsIn } from './attachmentWire';
import type { Attachment } from './attachmentWire';
import { fileFieldsIn } from './fieldWire';
import type { FileField } from './fieldWire';
import { commentIdIn, dateIn, idIn, known, listIn, textIn } from './lenient';
import type { Addresses } from './servers';
import { isRecord } from './wire';

/** Somebody who wrote something. */
export interface Person {
  readonly id?: number;
  readonly name: string;
}

/** A task as `GET tasks/{id}` tells it, as far as we need it. All texts are untrusted. */
export interface Task {
  readonly id: number;
  /** Its subject, or else the first line of its text. */
  readonly title?: string;
  readonly isClosed: boolean;
  /** Absent on a simple task, which has no fields either. */
  readonly formId?: number;
  readonly author?: Person;
  /** ISO 8601. */
  readonly date?: string;
  readonly attachments: readonly Attachment[];
  readonly fields: readonly FileField[];
  /** Oldest first. */
  readonly comments: readonly TaskComment[];
  /** 0 when it has none: every later comment has a greater one. */
  readonly lastCommentId: number;
}

/** A comment: any change of a task is one. */
export interface TaskComment {
  readonly id?: number;
  readonly author?: Person;
  readonly date?: string;
  readonly text?: string;
  readonly attachments: readonly Attachment[];
  /** File fields it wrote to, with what it wrote. */
  readonly fields: readonly FileField[];
  readonly removedFiles: readonly number[];
  /** The comment it is a new wording of. */
  readonly edits?: number;
  /** The comment it took away. */
  readonly deletes?: number;
}

/**
 * Answer of `GET tasks/{id}` and of a comment, help page "Tasks".
 * @returns undefined unless it is a task with an id
 */
export function taskAnswer(body: unknown, addresses: Addresses): Task | undefined {
  const task = isRecord(body) ? body['task'] : undefined;
  const id = isRecord(task) ? idIn(task['id']) : undefined;
  if (!isRecord(task) || id === undefined) {
    return undefined;
  }
  const comments = listIn(task['comments'])
    .filter(isRecord)
    .map(comment => commentOf(comment, addresses));
  return known({
    id,
    title: titleOf(task),
    isClosed: task['is_closed'] === true || textIn(task['close_date']) !== undefined,
    formId: idIn(task['form_id']),
    author: personIn(task['author']),
    date: dateIn(task['create_date']),
    attachments: attachmentsIn(task['attachments'], addresses),
    fields: fileFieldsIn(task['fields'], addresses),
    comments,
    lastCommentId: comments.reduce((last, comment) => Math.max(last, comment.id ?? 0), 0),
  });
}

function commentOf(comment: Record<string, unknown>, addresses: Addresses): TaskComment {
  return known({
    id: commentIdIn(comment['id']),
    author: personIn(comment['author']),
    date: dateIn(comment['create_date']),
    text: textIn(comment['text']),
    attachments: attachmentsIn(comment['attachments'], addresses),
    fields: fileFieldsIn(comment['field_updates'], addresses),
    removedFiles: listIn(comment['removed_attachment_ids']).flatMap(id => idIn(id) ?? []),
    edits: commentIdIn(comment['edit_comment_id']),
    deletes: commentIdIn(comment['delete_comment_id']),
  });
}

/** The subject, or else the first line that has something on it. */
export function titleOf(task: Record<string, unknown>): string | undefined {
  const [subject, text] = [task['subject'], task['text']].map(value => firstLine(value));
  return subject ?? text;
}

function firstLine(value: unknown): string | undefined {
  return typeof value === 'string' ? /\S.*/.exec(value)?.[0].trimEnd() : undefined;
}

/** @returns undefined when there is neither an id nor a name */
export function personIn(value: unknown): Person | undefined {
  if (!isRecord(value)) {
    return undefined;
  }
  const id = idIn(value['id']);
  const fullName =
    `${textIn(value['first_name']) ?? ''} ${textIn(value['last_name']) ?? ''}`.trim();
  const name = textIn(fullName) ?? textIn(value['email']) ?? '';
  return id === undefined && name === '' ? undefined : known({ id, name });
}
