import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import { confirmAttach } from './attachConfirm';
import type { AttachItem } from './attachItem';
import { planFor } from './attachPlan';
import type { AttachPlan } from './attachPlan';
import { askAboutVersions } from './attachVersions';
import type { Services } from './services';
import { askForTask } from './taskPicker';

/** Where the files go and how, agreed to by the user. Nothing is sent before. @throws Cancelled */
export async function askHow(
  services: Services,
  account: Account,
  items: readonly AttachItem[],
): Promise<AttachPlan> {
  const near = items.find(({ file }) => file?.uri !== undefined)?.file?.uri;
  for (;;) {
    const task = await askForTask(services, account, { title: titleFor(items), near });
    const plan = planFor(task, await askAboutVersions(task, items));
    const agreed = await confirmAttach(plan, account);
    if (agreed !== undefined) {
      return agreed;
    }
  }
}

function titleFor(items: readonly AttachItem[]): string {
  const [first] = items;
  const count = items.length;
  if (count === 1 && first !== undefined) {
    return vscode.l10n.t('Attach “{0}” to Pyrus Task', fileNameText(first.name, 40));
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Attach {0} File to Pyrus Task',
        args: [count],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Attach {0} Files to Pyrus Task',
        args: [count],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Attach {0} Files to Pyrus Task',
        args: [count],
        comment: ['many'],
      }),
  });
}
