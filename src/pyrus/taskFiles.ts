import type { Attachment, FileAttachment, LinkAttachment } from './attachmentWire';
import type { FileField } from './fieldWire';
import { known } from './lenient';
import type { Person, Task, TaskComment } from './taskWire';

/** Where in a task a file or a link is. */
export type Place =
  | { readonly kind: 'task' }
  | { readonly kind: 'comment' }
  | ({ readonly kind: 'field' } & Omit<FileField, 'attachments'>);

/** What is known of how something came into a task. */
export interface Origin {
  readonly place: Place;
  readonly author?: Person;
  /** ISO 8601. */
  readonly date?: string;
  /** The comment it came with, and its words. */
  readonly comment?: Pick<TaskComment, 'id' | 'text'>;
}

/** A file of a task; it downloads by its id. */
export interface TaskFile extends FileAttachment, Origin {
  /** Somebody took it away again: it may not download any more. */
  readonly removed: boolean;
}

/** A link in a task: for a browser. */
export interface TaskLink extends LinkAttachment, Origin {}

export interface TaskFiles {
  readonly files: readonly TaskFile[];
  readonly links: readonly TaskLink[];
}

/**
 * Every file and link of a task, each once, from wherever Pyrus mentions them: the task itself, its
 * comments, its fields and what the comments wrote into these. In the order of their arrival.
 */
export function filesOf(task: Task): TaskFiles {
  const collection = new Collection();
  const ofTask = known<Origin>({ place: { kind: 'task' }, author: task.author, date: task.date });
  collection.add(task.attachments, ofTask);
  const deleted = new Set(task.comments.map(({ deletes }) => deletes));
  for (const comment of task.comments) {
    const isDeleted =
      comment.id !== undefined && (deleted.has(comment.id) || deletesEdited(comment, deleted));
    collection.addComment(comment, isDeleted);
  }
  for (const { attachments, ...field } of task.fields) {
    collection.add(attachments, { place: { kind: 'field', ...field } });
  }
  return collection.result();
}

/** The new wording goes with the comment. */
function deletesEdited({ edits }: TaskComment, deleted: ReadonlySet<number | undefined>): boolean {
  return edits !== undefined && deleted.has(edits);
}

/** One file after another, each kept with the best that was ever said of it. */
class Collection {
  readonly #files = new Map<number, { readonly file: FileAttachment; readonly origin: Origin }>();
  readonly #links = new Map<string, TaskLink>();
  /** Files that somebody removed, and nobody attached again. */
  readonly #removed = new Set<number>();
  /** Files that are somewhere else than in deleted comments. */
  readonly #alive = new Set<number>();

  addComment(comment: TaskComment, isDeleted: boolean): void {
    const { attachments, fields, removedFiles } = comment;
    removedFiles.forEach(id => this.#removed.add(id));
    if (attachments.length > 0) {
      this.#bring(attachments, { kind: 'comment' }, comment, isDeleted);
    }
    for (const { attachments: written, ...field } of fields) {
      this.#bring(written, { kind: 'field', ...field }, comment, isDeleted);
    }
  }

  add(attachments: readonly Attachment[], origin: Origin, isDeleted = false): void {
    for (const attachment of attachments) {
      if (attachment.kind === 'link') {
        this.#addLink(attachment, origin);
        continue;
      }
      const { id } = attachment;
      const earlier = this.#files.get(id);
      this.#files.set(
        id,
        earlier === undefined
          ? { file: attachment, origin }
          : {
              file: { ...attachment, ...earlier.file },
              origin: mergedOrigin(earlier.origin, origin),
            },
      );
      if (!isDeleted) {
        this.#alive.add(id);
      }
    }
  }

  result(): TaskFiles {
    const files = Array.from(this.#files.values(), ({ file, origin }) => ({
      ...file,
      ...origin,
      removed: this.#removed.has(file.id) || !this.#alive.has(file.id),
    }));
    return { files, links: [...this.#links.values()] };
  }

  #bring(
    attachments: readonly Attachment[],
    place: Place,
    { id, text, author, date }: TaskComment,
    isDeleted: boolean,
  ): void {
    this.add(attachments, known({ place, author, date, comment: known({ id, text }) }), isDeleted);
    for (const attachment of isDeleted ? [] : attachments) {
      if (attachment.kind === 'file') {
        this.#removed.delete(attachment.id);
      }
    }
  }

  #addLink(link: LinkAttachment, origin: Origin): void {
    const key = JSON.stringify([link.url, link.name]);
    const earlier = this.#links.get(key);
    this.#links.set(key, {
      ...link,
      ...(earlier === undefined ? origin : mergedOrigin(earlier, origin)),
    });
  }
}

/** A field says best where it is, the first comment says best how it came. */
function mergedOrigin(earlier: Origin, later: Origin): Origin {
  const place = rank(later.place) > rank(earlier.place) ? later.place : earlier.place;
  const history = earlier.comment === undefined && later.comment !== undefined ? later : earlier;
  return { ...history, place };
}

function rank({ kind }: Place): number {
  return ['task', 'comment', 'field'].indexOf(kind);
}
