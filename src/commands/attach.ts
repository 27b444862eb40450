import type { Account } from '../account/accounts';
import { askHow } from './askHow';
import type { AttachItem } from './attachItem';
import { attachAndReport } from './attachReport';
import { itemsToAttach, uploadedToAttach } from './attachSources';
import type { FileInPyrus } from './attachSources';
import { Cancelled, signedIn } from './command';
import type { Services } from './services';

/** What the command answers to other extensions. */
export interface AttachAnswer {
  readonly taskId: number;
  /** Absent when the files came in without one that could be told. */
  readonly commentId?: number;
  readonly files: readonly { readonly guid: string; readonly fileId?: number }[];
}

/**
 * `pyrus.attach`: from the Explorer, a tab, the uploads view, a GUID or the palette.
 * @returns undefined when nothing was attached
 */
export async function attach(
  services: Services,
  args: readonly unknown[],
): Promise<AttachAnswer | undefined> {
  const account = await signedIn(services);
  return attachItems(services, account, await itemsToAttach(services, account, args));
}

/** The same for files that have just been uploaded. @throws Cancelled */
export async function attachUploaded(
  services: Services,
  files: readonly FileInPyrus[],
): Promise<void> {
  const account = await signedIn(services);
  await attachItems(services, account, await uploadedToAttach(services, account, files));
}

/** From the files to the message that they are in a task. @throws Cancelled */
async function attachItems(
  services: Services,
  account: Account,
  items: readonly AttachItem[],
): Promise<AttachAnswer | undefined> {
  const plan = await askHow(services, account, items);
  const outcome = await attachAndReport(services, account, plan);
  if (outcome.kind === 'cancelled') {
    throw new Cancelled();
  }
  if (outcome.kind !== 'attached') {
    return undefined;
  }
  const { task, commentId, files } = outcome.attached;
  return {
    taskId: task.id,
    ...(commentId === undefined ? {} : { commentId }),
    files: files.map(({ guid, fileId }) => (fileId === undefined ? { guid } : { guid, fileId })),
  };
}
