import { assertNoGuidTwice, attach, resolveAttachments, type Resolved } from './attaching';
import { isObject, type Call } from './call';
import { Answered, json, Refused, type Reply } from './replies';
import { attachmentCount, fieldsOf, type Comment, type Field, type Task } from './tasks';
import { taskOf } from './taskReplies';

/** A change of a field, looked up but not yet made. */
type FieldChange =
  | { readonly field: Field; readonly kind: 'value'; readonly value: unknown }
  | { readonly field: Field; readonly kind: 'files'; readonly files: readonly Resolved[] };

/** `POST tasks/{id}/comments`, help page "Tasks": any change of a task. All of it or nothing. */
export async function comment(call: Call, id: string): Promise<Reply> {
  const author = call.account().person;
  const body = await call.readJson();
  const task = taskOf(call, id);
  if (body['edit_comment_id'] !== undefined) {
    // Better no answer than a new comment where an old one was to change.
    throw new Answered(json({ Message: 'The stand-in cannot edit comments.' }, 501));
  }
  const words = wordsOf(body);
  const files = resolveAttachments(call, body['attachments']);
  const changes = fieldChanges(call, task, body['field_updates']);
  const inFields = changes.flatMap(change => (change.kind === 'files' ? change.files : []));
  assertNoGuidTwice([...files, ...inFields]);
  const count = attachmentCount(task) + files.length + inFields.length;
  if (count > call.settings.maxTaskAttachments) {
    throw new Refused('too_many_attachments');
  }
  if (task.comments.length >= call.settings.maxTaskComments) {
    throw new Refused('too_many_comments');
  }
  const now = `${new Date().toISOString().slice(0, 19)}Z`;
  const reopens = task.is_closed === true && body['skip_auto_reopen'] !== true;
  const written: Comment = {
    id: call.environment.tasks.newCommentId(),
    create_date: now,
    author,
    ...words,
    ...(reopens ? { action: 'reopened' } : {}),
    attachments: files.map(file => attach(call, file)),
    field_updates: changes.map(change => apply(call, change)),
  };
  task.comments.push(written);
  task.last_modified_date = now;
  if (reopens) {
    task.is_closed = false;
    delete task.close_date;
  }
  return json({ task });
}

function wordsOf(body: Record<string, unknown>): Pick<Comment, 'text' | 'formatted_text'> {
  const { text, formatted_text: formatted } = body;
  if (text !== undefined && formatted !== undefined) {
    throw new Refused('both_text_and_formatted_text_specified');
  }
  for (const words of [text, formatted]) {
    if (words !== undefined && typeof words !== 'string') {
      throw new Refused('invalid_value_format');
    }
  }
  return {
    ...(typeof text === 'string' ? { text } : {}),
    ...(typeof formatted === 'string' ? { formatted_text: formatted } : {}),
  };
}

function fieldChanges(call: Call, task: Task, updates: unknown): FieldChange[] {
  if (updates === undefined) {
    return [];
  }
  if (!Array.isArray(updates)) {
    throw new Refused('invalid_value_format');
  }
  return updates.map((update: unknown) => fieldChange(call, task, update));
}

function fieldChange(call: Call, task: Task, update: unknown): FieldChange {
  const { id, name, code, value } = isObject(update) ? update : {};
  if (id === undefined && name === undefined && code === undefined) {
    throw new Refused('field_identity_missing');
  }
  const field = [...fieldsOf(task.fields ?? [])].find(
    known => known.id === id || (id === undefined && known.name === name),
  );
  if (field === undefined) {
    throw new Refused('invalid_field_id');
  }
  if (field.row_id !== undefined) {
    throw new Refused('field_is_in_table');
  }
  return field.type === 'file'
    ? { kind: 'files', field, files: resolveAttachments(call, value) }
    : { kind: 'value', field, value };
}

/** A file field is added to, any other is overwritten. @returns the update as comments tell it */
function apply(call: Call, change: FieldChange): Field {
  const { field } = change;
  if (change.kind === 'value') {
    field.value = change.value;
    return { ...field };
  }
  const added = change.files.map(file => attach(call, file));
  field.value = [...(Array.isArray(field.value) ? (field.value as unknown[]) : []), ...added];
  return { ...field, value: added };
}
