import type { AttachedFile, FileToAttach } from './attachedFiles';
import { arrivalIn } from './attachArrival';
import type { Arrived } from './attachArrival';
import { PyrusError } from './errors';
import type { PyrusFailure } from './errors';
import type { Task } from './taskWire';

/** One comment with files. */
export interface AttachRequest {
  /** As it was read before: what is new in it afterwards is looked for ours. */
  readonly task: Task;
  readonly files: readonly FileToAttach[];
  readonly text?: string;
  /** Nobody is notified. */
  readonly skipNotification?: boolean;
  /** A closed task stays closed, unless this is false. */
  readonly skipAutoReopen?: boolean;
  /** A file field that takes the files, in place of the comment itself. */
  readonly fieldId?: number;
}

/** What has become of it. */
export interface Attached {
  /** As it is now. */
  readonly task: Task;
  readonly commentId?: number;
  /** In the order of the request. */
  readonly files: readonly AttachedFile[];
}

/** What attaching needs of the rest of the client. */
export interface AttachCalls {
  /** One try at a comment. @returns the task with it */
  post(comment: object): Promise<Task>;
  /** The task anew, tried as often as any reading. */
  read(): Promise<Task>;
  /** Who we are: whose comment to look for. */
  personId(): Promise<number>;
  /** Lets the server finish what it may be doing. */
  settle(failure: PyrusFailure): Promise<void>;
}

/**
 * One try at a comment with files. It may be repeated after any failure that deserves it: what may
 * have reached Pyrus is thrown only once the task has been read again and the comment is not there.
 * Should that have been too early, the repeated comment is refused, because a GUID attaches once.
 * @throws PyrusError `notAttached` when Pyrus accepted the comment and left files out, `guidSpent`,
 * `attachNotConfirmed` when it is not known what happened
 */
export async function attachOnce(request: AttachRequest, calls: AttachCalls): Promise<Attached> {
  if (request.files.length === 0) {
    // Only a GUID, which attaches once, makes it safe to repeat a comment.
    throw new RangeError('nothing to attach');
  }
  let task: Task;
  try {
    task = await calls.post(commentOf(request));
  } catch (error) {
    return afterDoubt(error, request, calls);
  }
  const arrived = arrivalIn(task, request);
  return arrived === undefined
    ? afterDoubt(notConfirmed(request), request, calls)
    : checked(arrived, task);
}

/** The body of the comment: help page "Tasks". */
function commentOf(request: AttachRequest): object {
  const { files, fieldId, text, skipNotification = false, skipAutoReopen = true } = request;
  const elements = files.map(({ guid, rootId }) => ({ guid, root_id: rootId }));
  return {
    text: text?.trim() === '' ? undefined : text,
    ...(fieldId === undefined
      ? { attachments: elements }
      : { field_updates: [{ id: fieldId, value: elements }] }),
    ...(skipNotification ? { skip_notification: true } : {}),
    ...(skipAutoReopen ? { skip_auto_reopen: true } : {}),
  };
}

/** What a failure leaves open: nothing; or the comment may be there, and if not … */
type Doubt = 'none' | 'elseRepeat' | 'elseReport';

function doubtAfter(failure: PyrusFailure): Doubt {
  switch (failure.kind) {
    case 'connectionLost':
    case 'serverError':
    case 'guidSpent':
      return 'elseRepeat';
    case 'timedOut':
      // A server that is silent for so long may still be busy with it.
      return failure.phase === 'connect' ? 'none' : 'elseReport';
    case 'unexpectedAnswer':
    case 'attachNotConfirmed':
      return 'elseReport';
    case 'notPyrus':
      return failure.status === 200 ? 'elseReport' : 'none';
    default:
      return 'none';
  }
}

/** @throws `error` when the comment is certainly not there */
async function afterDoubt(
  error: unknown,
  request: AttachRequest,
  calls: AttachCalls,
): Promise<Attached> {
  const doubt = error instanceof PyrusError ? doubtAfter(error.failure) : 'none';
  if (!(error instanceof PyrusError) || doubt === 'none') {
    throw error;
  }
  const { task, arrived } = await lookAgain(error.failure, request, calls);
  if (arrived !== undefined) {
    return checked(arrived, task);
  }
  throw doubt === 'elseRepeat' ? error : notConfirmed(request, error);
}

async function lookAgain(
  failure: PyrusFailure,
  request: AttachRequest,
  calls: AttachCalls,
): Promise<{ readonly task: Task; readonly arrived: Arrived | undefined }> {
  try {
    if (failure.kind !== 'guidSpent') {
      await calls.settle(failure);
    }
    const author = await calls.personId();
    const task = await calls.read();
    return { task, arrived: arrivalIn(task, request, author) };
  } catch (error) {
    throw error instanceof PyrusError ? notConfirmed(request, error) : error;
  }
}

/** @throws PyrusError `notAttached` unless all files are there: HTTP 200 alone says nothing */
function checked({ commentId, attached, missing }: Arrived, task: Task): Attached {
  if (missing.length > 0) {
    const names = missing.map(({ name, guid }) => name ?? guid);
    throw new PyrusError({ kind: 'notAttached', names, attached });
  }
  return { task, commentId, files: attached };
}

function notConfirmed({ task: { id } }: AttachRequest, cause?: unknown): PyrusError {
  return new PyrusError({ kind: 'attachNotConfirmed', id }, { cause });
}
