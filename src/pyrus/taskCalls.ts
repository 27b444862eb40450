import { failureOf, largestList, readJson } from './answers';
import type { Refusal } from './answers';
import type { TransferOptions } from './client';
import { PyrusError } from './errors';
import type { PyrusFailure } from './errors';
import type { Exchange } from './exchange';
import { inboxAnswer } from './inboxWire';
import type { TaskSummary } from './inboxWire';
import type { Grant } from './session';
import { taskAnswer } from './taskWire';
import type { Task } from './taskWire';

/** One try at `GET tasks/{id}`: the task with all its comments. */
export function readTask(
  exchange: Exchange,
  grant: Grant,
  id: number,
  options: TransferOptions,
): Promise<Task> {
  const call = { method: 'GET', path: `tasks/${id}` } as const;
  return answeredWithTask(exchange, grant, id, call, options);
}

/** One try at `POST tasks/{id}/comments`, which answers with the whole task. */
export function postComment(
  exchange: Exchange,
  grant: Grant,
  id: number,
  comment: object,
  options: TransferOptions,
): Promise<Task> {
  const call = { method: 'POST', path: `tasks/${id}/comments`, content: comment } as const;
  return answeredWithTask(exchange, grant, id, call, options);
}

/** How many tasks, and how many of each group, are asked for. */
const inboxLength = 50;

/** One try at `GET inbox`. */
export async function readInbox(
  exchange: Exchange,
  grant: Grant,
  options: TransferOptions,
): Promise<TaskSummary[]> {
  const path = `inbox?item_count=${inboxLength}&group_item_count=${inboxLength}`;
  const call = { method: 'GET', path } as const;
  const tasks = inboxAnswer(await jsonAnswer(exchange, grant, call, options, routeMissing));
  if (tasks === undefined) {
    throw unexpected(grant, 'no inbox');
  }
  return tasks;
}

async function answeredWithTask(
  exchange: Exchange,
  grant: Grant,
  id: number,
  call: JsonCall,
  options: TransferOptions,
): Promise<Task> {
  const body = await jsonAnswer(exchange, grant, call, options, refusal =>
    refusedTask(refusal, id),
  );
  const task = taskAnswer(body, grant);
  if (task?.id !== id) {
    throw unexpected(grant, 'not the task');
  }
  return task;
}

/** A call of the API; `path` is below its address, `content` is sent as JSON. */
interface JsonCall {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly content?: object;
}

function jsonAnswer(
  exchange: Exchange,
  { apiUrl, token }: Grant,
  { method, path, content }: JsonCall,
  { signal, onWait }: TransferOptions,
  refused: (refusal: Refusal) => PyrusError | undefined,
): Promise<unknown> {
  return exchange.call({
    method,
    url: new URL(path, apiUrl),
    token,
    ...(content === undefined
      ? {}
      : { headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(content) }),
    signal,
    onWait,
    read: (reply, request) => readJson(reply, request, largestList),
    refused,
  });
}

function unexpected({ apiUrl }: Grant, about: string): PyrusError {
  return new PyrusError({ kind: 'unexpectedAnswer', host: new URL(apiUrl).host, about });
}

function refusedTask(refusal: Refusal, id: number): PyrusError | undefined {
  const failure = failureOfTask(refusal.code, id);
  return failure === undefined ? routeMissing(refusal) : new PyrusError(failure);
}

/** No other address has these routes, so a server without them is none of Pyrus. */
function routeMissing(refusal: Refusal): PyrusError | undefined {
  const { status, code } = refusal;
  return code === undefined && (status === 404 || status === 405)
    ? new PyrusError(failureOf(refusal))
    : undefined;
}

/** What Pyrus refuses about tasks and comments: help page "Errors and limits", official enums. */
function failureOfTask(code: string | undefined, id: number): PyrusFailure | undefined {
  switch (code) {
    case 'unrecognized_task_id':
      return { kind: 'taskUnknown', id };
    case 'access_denied_task':
      return { kind: 'taskForbidden', id };
    case 'task_migrated':
      return { kind: 'taskMigrated', id };
    case 'access_denied_reopen_task':
      return { kind: 'reopenForbidden', id };
    case 'too_many_attachments':
    case 'file_limit_exceeded':
      return { kind: 'tooManyAttachments', id };
    case 'too_many_comments':
      return { kind: 'tooManyComments', id };
    case 'attachments_forbidden':
      return { kind: 'attachmentsForbidden', id };
    case 'max_text_length_exceeded':
      return { kind: 'commentTooLong' };
    case 'unrecognized_attachment_id':
      return { kind: 'guidSpent' };
    case 'required_field_missing':
    case 'required_table_field_missing':
      return { kind: 'fieldRefused', reason: 'otherRequired' };
    case 'field_is_in_table':
      return { kind: 'fieldRefused', reason: 'inTable' };
    case 'invalid_field_id':
    case 'deleted_field':
      return { kind: 'fieldRefused', reason: 'gone' };
    case 'unable_to_edit_field':
    case 'field_editing_is_not_allowed':
    case 'access_denied_field':
    case 'type_is_not_supported':
      return { kind: 'fieldRefused', reason: 'locked' };
    default:
      return undefined;
  }
}
