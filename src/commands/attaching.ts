import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { Attached } from '../pyrus/attach';
import { PyrusError } from '../pyrus/errors';
import type { Failed } from '../transfer/batch';
import { toAttach, withTicket } from './attachItem';
import type { AttachItem } from './attachItem';
import type { AttachPlan } from './attachPlan';
import { logFailure, stillSignedIn } from './command';
import { withTransferProgress } from './progress';
import type { TransferProgress } from './progress';
import type { Services } from './services';
import { taskText } from './taskText';
import { savedFirst, sendFiles } from './uploading';
import type { UploadItem } from './uploading';

/** How it went. The plan is the one to go on with: it knows what is in Pyrus by now. */
export type AttachOutcome = { readonly plan: AttachPlan } & (
  | { readonly kind: 'attached'; readonly attached: Attached }
  /** Nothing was attached, because these could not be uploaded. */
  | { readonly kind: 'notUploaded'; readonly failed: readonly Failed<UploadItem>[] }
  | { readonly kind: 'notAttached'; readonly error: unknown }
  | { readonly kind: 'cancelled'; readonly commentMayBeThere: boolean }
);

/**
 * Uploads what is not in Pyrus yet and attaches all of it with one comment, behind one progress.
 * Nothing half: a file that cannot be uploaded keeps the others from being attached.
 * @param signal cancels it, as the progress's button does
 * @throws PyrusError `signedOut` when the account that the user agreed to is gone; Cancelled
 */
export async function attachNow(
  services: Services,
  account: Account,
  plan: AttachPlan,
  signal?: AbortSignal,
): Promise<AttachOutcome> {
  const current = await stillSignedIn(services, account);
  if (current.id !== account.id) {
    throw new PyrusError({ kind: 'signedOut' });
  }
  const title = vscode.l10n.t('Attaching to {0}', taskText(plan.task));
  const run = async (progress: TransferProgress): Promise<AttachOutcome> => {
    const { items, failed, cancelled } = await uploaded(services, current, plan.items, progress);
    const next = { ...plan, items };
    if (cancelled) {
      return { kind: 'cancelled', plan: next, commentMayBeThere: false };
    }
    return failed.length > 0
      ? { kind: 'notUploaded', plan: next, failed }
      : comment(services, current, next, progress);
  };
  return withTransferProgress(services.transfers, title, run, signal);
}

interface UploadedItems {
  readonly items: readonly AttachItem[];
  readonly failed: readonly Failed<UploadItem>[];
  readonly cancelled: boolean;
}

async function uploaded(
  services: Services,
  account: Account,
  items: readonly AttachItem[],
  progress: TransferProgress,
): Promise<UploadedItems> {
  const files = items.flatMap(({ file, ticket }) => (ticket === undefined ? file : []) ?? []);
  if (files.length === 0) {
    return { items, failed: [], cancelled: false };
  }
  await savedFirst(files);
  const { done, failed, cancelled } = await sendFiles(services, account, files, progress);
  const tickets = new Map(done.map(({ item, value }) => [item.file, value]));
  const known = items.map(item => {
    const ticket = item.file && tickets.get(item.file);
    return ticket === undefined ? item : withTicket(item, ticket);
  });
  return { items: known, failed, cancelled };
}

async function comment(
  { clientOf, log }: Services,
  account: Account,
  plan: AttachPlan,
  { signal, showStep, showWait }: TransferProgress,
): Promise<AttachOutcome> {
  const { task, items, text, field, skipNotification, reopen } = plan;
  const request = {
    task,
    files: items.flatMap(item => toAttach(item) ?? []),
    text,
    skipNotification,
    skipAutoReopen: !reopen,
    ...(field === undefined ? {} : { fieldId: field.id }),
  };
  showStep(vscode.l10n.t('adding the comment'));
  try {
    const attached = await clientOf(account).attach(request, { signal, onWait: showWait });
    return { kind: 'attached', plan, attached };
  } catch (error) {
    if (signal.aborted) {
      return { kind: 'cancelled', plan, commentMayBeThere: true };
    }
    logFailure(log, `attaching to task ${task.id}`, error);
    return { kind: 'notAttached', plan, error };
  }
}
