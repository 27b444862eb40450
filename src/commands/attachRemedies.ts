import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { AttachedFile } from '../pyrus/attachedFiles';
import { PyrusError } from '../pyrus/errors';
import { askHow } from './askHow';
import { askForComment } from './attachComment';
import { suspects } from './attachHistory';
import type { AttachOutcome } from './attaching';
import { withoutTicket } from './attachItem';
import type { AttachItem } from './attachItem';
import type { AttachPlan } from './attachPlan';
import { Cancelled } from './command';
import { openTask } from './openTask';
import type { Services } from './services';

/** Something that can be done about a failure. */
export interface Remedy {
  readonly label: string;
  /** @returns what to try next; undefined when that was all. @throws Cancelled */
  readonly apply: () => Promise<AttachPlan | undefined>;
}

/** What can be done about what was not attached, the most helpful first. */
export function remediesFor(
  services: Services,
  account: Account,
  outcome: AttachOutcome,
): Remedy[] {
  const { plan } = outcome;
  switch (outcome.kind) {
    case 'attached':
    case 'cancelled':
      return [];
    case 'notUploaded':
      return [retry(plan), ...attachOthers(plan)];
    case 'notAttached':
      return outcome.error instanceof PyrusError
        ? afterRefusal(services, account, plan, outcome.error)
        : [retry(plan)];
  }
}

function afterRefusal(
  services: Services,
  account: Account,
  plan: AttachPlan,
  { failure }: PyrusError,
): Remedy[] {
  switch (failure.kind) {
    case 'guidSpent':
      return sendAgain(plan, suspects(plan.items));
    case 'notAttached':
      return [...attachMissing(plan, failure.attached), lookInto(account, plan)];
    case 'attachNotConfirmed':
      return [lookInto(account, plan)];
    case 'fieldRefused':
      return [retryWith(vscode.l10n.t('Attach to the Comment'), { ...plan, field: undefined })];
    case 'reopenForbidden':
      return [retryWith(vscode.l10n.t('Keep It Closed'), { ...plan, reopen: false })];
    case 'commentTooLong':
      return [{ label: vscode.l10n.t('Shorten It…'), apply: () => shorten(plan) }];
    case 'taskUnknown':
    case 'taskForbidden':
    case 'taskMigrated':
    case 'tooManyAttachments':
    case 'tooManyComments':
    case 'attachmentsForbidden':
      return [
        {
          label: vscode.l10n.t('Choose Another Task…'),
          apply: () => askHow(services, account, plan.items),
        },
      ];
    default:
      return [retry(plan)];
  }
}

function retry(plan: AttachPlan): Remedy {
  return retryWith(vscode.l10n.t('Retry'), plan);
}

function retryWith(label: string, plan: AttachPlan): Remedy {
  return { label, apply: () => Promise.resolve(plan) };
}

function attachOthers(plan: AttachPlan): Remedy[] {
  const items = plan.items.filter(({ ticket }) => ticket !== undefined);
  return items.length === 0
    ? []
    : [retryWith(vscode.l10n.t('Attach the Others'), { ...plan, items })];
}

/** Only if all of them can be sent: nothing half. */
function sendAgain(plan: AttachPlan, refused: readonly AttachItem[]): Remedy[] {
  const items = plan.items.flatMap(item =>
    refused.includes(item) ? (withoutTicket(item) ?? []) : item,
  );
  return items.length < plan.items.length
    ? []
    : [retryWith(vscode.l10n.t('Upload Again and Attach'), { ...plan, items })];
}

/** The comment with its words is there: what is missing comes in another one, without any. */
function attachMissing(plan: AttachPlan, attached: readonly AttachedFile[]): Remedy[] {
  const there = new Set(attached.map(({ guid }) => guid));
  const items = plan.items
    .filter(({ ticket }) => ticket === undefined || !there.has(ticket.guid))
    .flatMap(item => withoutTicket(item) ?? []);
  return items.length === 0
    ? []
    : [retryWith(vscode.l10n.t('Attach What Is Missing'), { ...plan, items, text: '' })];
}

function lookInto({ server }: Account, { task }: AttachPlan): Remedy {
  return {
    label: vscode.l10n.t('Open Task'),
    apply: () => openTask(server, task.id).then(() => undefined),
  };
}

async function shorten(plan: AttachPlan): Promise<AttachPlan> {
  const shorter = await askForComment(plan);
  if (shorter === undefined) {
    throw new Cancelled();
  }
  return shorter;
}
