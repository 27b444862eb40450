import * as vscode from 'vscode';
import { plural } from '../words/numbers';
import { fileNameText } from '../words/plainText';
import type { AttachPlan } from './attachPlan';
import { Cancelled } from './command';
import { taskText } from './taskText';

/**
 * Asks for the words of the comment, which then is sent at once.
 * @returns the plan with them; undefined when the user goes back
 * @throws Cancelled
 */
export async function askForComment(plan: AttachPlan): Promise<AttachPlan | undefined> {
  const input = vscode.window.createInputBox();
  input.title = questionText(plan);
  input.prompt = vscode.l10n.t('Enter attaches with this comment.');
  input.placeholder = vscode.l10n.t('Comment');
  input.value = plan.text;
  input.buttons = [vscode.QuickInputButtons.Back];
  // The words may be looked up elsewhere.
  input.ignoreFocusOut = true;
  try {
    return await new Promise((resolve, reject) => {
      input.onDidHide(() => reject(new Cancelled()));
      input.onDidTriggerButton(() => resolve(undefined));
      input.onDidAccept(() => resolve({ ...plan, text: input.value.trim() }));
      input.show();
    });
  } finally {
    input.dispose();
  }
}

/** Attach 3 files to “Оплата счёта” (#11613)? */
export function questionText({ task, items }: AttachPlan): string {
  const [first] = items;
  const count = items.length;
  const where = taskText(task);
  if (count === 1 && first !== undefined) {
    return vscode.l10n.t('Attach “{0}” to {1}?', fileNameText(first.name, 40), where);
  }
  return plural(count, {
    one: () =>
      vscode.l10n.t({
        message: 'Attach {0} file to {1}?',
        args: [count, where],
        comment: ['one'],
      }),
    few: () =>
      vscode.l10n.t({
        message: 'Attach {0} files to {1}?',
        args: [count, where],
        comment: ['few'],
      }),
    many: () =>
      vscode.l10n.t({
        message: 'Attach {0} files to {1}?',
        args: [count, where],
        comment: ['many'],
      }),
  });
}
