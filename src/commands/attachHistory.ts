import { PyrusError } from '../pyrus/errors';
import type { AttachedFile } from '../pyrus/attachedFiles';
import { known } from '../pyrus/lenient';
import type { AttachOutcome } from './attaching';
import type { AttachItem } from './attachItem';
import type { Services } from './services';

/** A server may send a megabyte. */
const LONGEST_TITLE = 300;

/** Notes in the upload history what has become of the GUIDs. */
export async function noteOutcome({ history }: Services, outcome: AttachOutcome): Promise<void> {
  const { id, title } = outcome.plan.task;
  const attached = async (files: readonly AttachedFile[]): Promise<void> => {
    for (const { guid, fileId } of files) {
      const taskTitle = title?.slice(0, LONGEST_TITLE);
      await history.attached(guid, known({ taskId: id, fileId, taskTitle }));
    }
  };
  if (outcome.kind === 'attached') {
    await attached(outcome.attached.files);
  }
  if (outcome.kind !== 'notAttached' || !(outcome.error instanceof PyrusError)) {
    return;
  }
  const { failure } = outcome.error;
  if (failure.kind === 'notAttached') {
    await attached(failure.attached);
  } else if (failure.kind === 'guidSpent') {
    const [spent, ...others] = suspects(outcome.plan.items);
    // Pyrus does not say which one it is: of several, any may still be good.
    if (spent?.ticket !== undefined && others.length === 0) {
      await history.lost(spent.ticket.guid);
    }
  }
}

/** Those whose GUID may be the one that Pyrus refused; none was uploaded just now, if one was not. */
export function suspects(items: readonly AttachItem[]): readonly AttachItem[] {
  const older = items.filter(({ ticket }) => ticket?.isFresh !== true);
  return older.length > 0 ? older : items;
}
