import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { failureText } from '../words/failures';
import { plural } from '../words/numbers';
import { noteOutcome } from './attachHistory';
import { attachNow } from './attaching';
import type { AttachOutcome } from './attaching';
import { tellAttached } from './attachedMessage';
import type { AttachPlan } from './attachPlan';
import { remediesFor } from './attachRemedies';
import { chooseRemedy, runCommand } from './command';
import { failuresText } from './failedTransfers';
import { tickOff } from './firstSteps';
import { openTask } from './openTask';
import type { Services } from './services';
import { taskText } from './taskText';

/**
 * Attaches and says how it went; then stays behind the message's buttons, each of which tries again
 * in another way.
 * @returns how the first try went
 */
export async function attachAndReport(
  services: Services,
  account: Account,
  plan: AttachPlan,
): Promise<AttachOutcome> {
  const tryOnce = async (next: AttachPlan): Promise<AttachOutcome> => {
    const outcome = await attachNow(services, account, next);
    await noteOutcome(services, outcome);
    return outcome;
  };
  const tell = async (outcome: AttachOutcome): Promise<void> => {
    const next = await tellOutcome(services, account, outcome);
    if (next !== undefined) {
      await tell(await tryOnce(next));
    }
  };
  const first = await tryOnce(plan);
  // The answer does not wait for somebody to close the message.
  void runCommand(services, 'pyrus.attach', () => tell(first));
  return first;
}

/** @returns what the user wants to be tried next */
async function tellOutcome(
  services: Services,
  account: Account,
  outcome: AttachOutcome,
): Promise<AttachPlan | undefined> {
  switch (outcome.kind) {
    case 'attached':
      tickOff('hasAttached');
      await tellAttached(services, account, outcome.plan, outcome.attached);
      return undefined;
    case 'cancelled':
      if (outcome.commentMayBeThere) {
        await tellInDoubt(account, outcome.plan);
      }
      return undefined;
    default: {
      const remedies = remediesFor(services, account, outcome);
      const labels = remedies.map(({ label }) => label);
      const chosen = await chooseRemedy(services, trouble(outcome), cause(outcome), labels);
      return remedies.find(({ label }) => label === chosen)?.apply();
    }
  }
}

type Failed = Extract<AttachOutcome, { kind: 'notUploaded' | 'notAttached' }>;

function cause(outcome: Failed): unknown {
  return outcome.kind === 'notUploaded' ? outcome.failed[0]?.error : outcome.error;
}

function trouble(outcome: Failed): string {
  if (outcome.kind === 'notAttached') {
    return failureText(outcome.error);
  }
  const total = outcome.plan.items.length;
  const nothing =
    total === 1
      ? vscode.l10n.t('Nothing was attached.')
      : nothingAttached(outcome.failed.length, total);
  return failuresText(outcome.failed, nothing);
}

function nothingAttached(failed: number, total: number): string {
  return plural(failed, {
    one: () =>
      vscode.l10n.t({
        message: 'Nothing was attached: {0} of {1} files could not be uploaded.',
        args: [failed, total],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Nothing was attached: {0} of {1} files could not be uploaded.',
        args: [failed, total],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Nothing was attached: {0} of {1} files could not be uploaded.',
        args: [failed, total],
        comment: ['many'],
      }),
  });
}

async function tellInDoubt({ server }: Account, { task }: AttachPlan): Promise<void> {
  const open = vscode.l10n.t('Open Task');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t(
      'Cancelled, but the comment had been sent already: it may be in {0} all the same.',
      taskText(task),
    ),
    open,
  );
  if (chosen === open) {
    await openTask(server, task.id);
  }
}
