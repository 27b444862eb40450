import type { AttachRequest } from './attach';
import { isKnown, matched } from './attachedFiles';
import type { Matched } from './attachedFiles';
import type { Attachment, FileAttachment } from './attachmentWire';
import { filesOf } from './taskFiles';
import type { Task, TaskComment } from './taskWire';

/** What of a request is in its task, and with which comment it came. */
export interface Arrived extends Matched {
  readonly commentId?: number;
}

/**
 * Looks for the comment that a request has made: the one, of those that came after the task was
 * read, which holds the most of its files.
 * @param author whose comment it must be; without one, the task is Pyrus's answer to this very
 * request, so that one of them certainly is it
 * @returns undefined when none can be it
 */
export function arrivalIn(
  task: Task,
  request: AttachRequest,
  author?: number,
): Arrived | undefined {
  const { files, text, task: before } = request;
  const known = new Set(filesOf(before).files.map(({ id }) => id));
  const candidates = task.comments
    .filter(({ id }) => id !== undefined && id > before.lastCommentId)
    .filter(comment => author === undefined || (comment.author?.id ?? author) === author)
    .toSorted((one, other) => (other.id ?? 0) - (one.id ?? 0))
    .map(comment => {
      const brought = broughtBy(comment, task, request.fieldId).filter(isFile);
      const fresh = brought.filter(({ id }) => !known.has(id));
      const found = matched(files, fresh, comment.id);
      return { comment, commentId: comment.id, count: fresh.length, ...found };
    });
  const [best] = candidates
    .filter(candidate => author === undefined || holdsOurs(candidate, request))
    .toSorted((one, other) => one.missing.length - other.missing.length);
  if (author === undefined || best !== undefined) {
    return best;
  }
  // With every file left out it is known by its words alone, if it has any.
  return candidates.find(
    ({ comment, attached }) =>
      attached.length === 0 && words(text) !== '' && hasWords(comment, text),
  );
}

/** A comment that may be the one, and how many files it brought. */
interface Candidate extends Matched {
  readonly comment: TaskComment;
  readonly count: number;
}

/**
 * A file of which something was known tells whose comment it is. One of which nothing was known could
 * be any file: then the comment must be what was sent in all that can be compared.
 */
function holdsOurs({ comment, count, missing }: Candidate, request: AttachRequest): boolean {
  const { files, text } = request;
  if (files.some(file => isKnown(file) && !missing.includes(file))) {
    return true;
  }
  return missing.length === 0 && count === files.length && hasWords(comment, text);
}

/** What a comment added where the files were to go, the latest state of the field if it is silent. */
function broughtBy(
  { attachments, fields }: TaskComment,
  task: Task,
  fieldId: number | undefined,
): readonly Attachment[] {
  if (fieldId === undefined) {
    return attachments;
  }
  return (fields.length > 0 ? fields : task.fields)
    .filter(({ id }) => id === fieldId)
    .flatMap(field => field.attachments);
}

function isFile(attachment: Attachment): attachment is FileAttachment {
  return attachment.kind === 'file';
}

function hasWords(comment: TaskComment, text: string | undefined): boolean {
  return words(comment.text) === words(text);
}

/** However the spaces and line ends came back. */
function words(text = ''): string {
  return text.replace(/\s+/g, ' ').trim();
}
