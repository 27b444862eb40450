import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { Attached } from '../pyrus/attach';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { accountSentence } from './accountRows';
import type { AttachPlan } from './attachPlan';
import { openTask } from './openTask';
import type { Services } from './services';
import { taskText } from './taskText';

/** Says that the files are in the task, and offers to look at it there. */
export async function tellAttached(
  { accounts }: Pick<Services, 'accounts'>,
  account: Account,
  plan: AttachPlan,
  { task, files }: Attached,
): Promise<void> {
  const ids = files.flatMap(({ fileId }) => fileId ?? []);
  const open = vscode.l10n.t('Open Task');
  const copy = ids.length === 1 ? vscode.l10n.t('Copy File Id') : vscode.l10n.t('Copy File Ids');
  const isReopened = plan.task.isClosed && !task.isClosed;
  const text = [
    attachedText(plan, files[0]?.version),
    ...(isReopened ? [vscode.l10n.t('The task is open again.')] : []),
    accountSentence(account, await accounts.all()),
  ]
    .join(' ')
    .trimEnd();
  const chosen = await vscode.window.showInformationMessage(
    text,
    open,
    // Of files that are the same nobody can tell which id is whose.
    ...(ids.length === files.length ? [copy] : []),
  );
  if (chosen === open) {
    await openTask(account.server, task.id);
  } else if (chosen === copy) {
    await vscode.env.clipboard.writeText(ids.join('\n'));
    vscode.window.setStatusBarMessage(
      vscode.l10n.t('$(check) On the clipboard: {0}', ids.join(', ').slice(0, 60)),
      3000,
    );
  }
}

function attachedText({ task, items }: AttachPlan, version = 0): string {
  const where = taskText(task);
  const [first] = items;
  const count = items.length;
  if (count === 1 && first !== undefined) {
    const name = fileNameText(first.name);
    return first.rootId === undefined || version < 2
      ? vscode.l10n.t('“{0}” is attached to {1}.', name, where)
      : vscode.l10n.t('“{0}” is attached to {1} as version {2}.', name, where, version);
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: '{0} file is attached to {1}.',
        args: [count, where],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: '{0} files are attached to {1}.',
        args: [count, where],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: '{0} files are attached to {1}.',
        args: [count, where],
        comment: ['many'],
      }),
  });
}
