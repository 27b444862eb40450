import type { Person } from './accounts';
import type { StoredFile } from './files';

/** A file as tasks show it. Links have no size and no MD5; one fixture has ids as strings. */
export interface Attachment {
  readonly id: number | string;
  readonly name: string;
  readonly size?: number;
  readonly md5?: string;
  readonly url: string;
  readonly version?: number;
  readonly root_id?: number;
}

/** `value` depends on `type`: an array of attachments for `file`, nested fields for `title`. */
export interface Field {
  readonly id: number;
  readonly type: string;
  readonly name: string;
  readonly parent_id?: number;
  readonly row_id?: number;
  value: unknown;
}

export interface Comment {
  readonly id: number | string;
  readonly create_date: string;
  readonly author: Person;
  readonly text?: string;
  readonly formatted_text?: string;
  readonly action?: 'reopened';
  readonly attachments?: readonly Attachment[];
  readonly field_updates?: readonly Field[];
  readonly removed_attachment_ids?: readonly (number | string)[];
  readonly edit_comment_id?: number | string;
  readonly delete_comment_id?: number | string;
}

/** A task on the wire; see the help page "Tasks". */
export interface Task {
  readonly id: number | string;
  readonly text: string;
  readonly subject?: string;
  readonly create_date: string;
  readonly author: Person;
  readonly responsible?: Person;
  readonly participants?: readonly Person[];
  readonly due_date?: string;
  readonly list_ids?: readonly number[];
  readonly form_id?: number;
  readonly current_step?: number;
  readonly attachments?: readonly Attachment[];
  readonly fields?: readonly Field[];
  readonly comments: Comment[];
  last_modified_date: string;
  is_closed?: boolean;
  close_date?: string;
}

/** Beyond 2^31: note ids are 64-bit. The fixtures' own comment has the first one. */
export const FIRST_COMMENT_ID = 3_232_898_654;

/** The tasks of one environment. */
export class Tasks {
  readonly #tasks = new Map<number, Task>();
  readonly #denied: ReadonlySet<number>;
  #nextComment = FIRST_COMMENT_ID + 1;

  constructor(tasks: readonly Task[], denied: readonly number[]) {
    this.#denied = new Set(denied);
    tasks.forEach(task => this.add(task));
  }

  add(task: Task): void {
    this.#tasks.set(Number(task.id), task);
  }

  find(id: number): Task | undefined {
    return this.#tasks.get(id);
  }

  isDenied(id: number): boolean {
    return this.#denied.has(id);
  }

  all(): readonly Task[] {
    return [...this.#tasks.values()];
  }

  newCommentId(): number {
    return this.#nextComment++;
  }
}

/** @param web the address in front of `/services/attachment`, without a trailing slash */
export function attachmentOf(file: StoredFile, web: string): Attachment {
  const { id, name, size, md5, version, rootId } = file;
  return {
    id,
    name,
    size,
    md5: md5.toUpperCase(),
    url: `${web}/services/attachment?id=${id}`,
    version,
    ...(rootId === undefined ? {} : { root_id: rootId }),
  };
}

/** All fields of a task: those of titles and choices and table cells too. */
export function* fieldsOf(fields: readonly Field[]): Iterable<Field> {
  for (const field of fields) {
    yield field;
    yield* fieldsOf(nested(field.value));
  }
}

function nested(value: unknown): Field[] {
  if (Array.isArray(value)) {
    return value.flatMap((row: unknown) => fieldsIn(row, 'cells'));
  }
  return fieldsIn(value, 'fields');
}

function fieldsIn(holder: unknown, key: 'cells' | 'fields'): Field[] {
  if (typeof holder !== 'object' || holder === null || !(key in holder)) {
    return [];
  }
  const inner: unknown = Reflect.get(holder, key);
  return Array.isArray(inner) ? inner.filter(isField) : [];
}

function isField(value: unknown): value is Field {
  return typeof value === 'object' && value !== null && 'id' in value && 'type' in value;
}

/** How many files a task holds, each attachment of it counted. */
export function attachmentCount(task: Task): number {
  const inFields = [...fieldsOf(task.fields ?? [])]
    .filter(({ type }) => type === 'file')
    .map(({ value }) => (Array.isArray(value) ? value.length : 0));
  const inComments = task.comments.map(({ attachments = [] }) => attachments.length);
  return [task.attachments?.length ?? 0, ...inFields, ...inComments].reduce((a, b) => a + b, 0);
}
