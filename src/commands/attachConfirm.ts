import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import { askForComment, questionText } from './attachComment';
import type { AttachPlan } from './attachPlan';
import { confirmRows, fieldRows } from './attachRows';
import type { AttachRow } from './attachRows';
import { Cancelled } from './command';

/**
 * The last question before anything is sent: names the files, the task and the account. Enter
 * attaches; the rows below attach with a comment, or change how.
 * @returns the plan agreed to; undefined when the user goes back
 * @throws Cancelled
 */
export async function confirmAttach(
  plan: AttachPlan,
  account: Account,
): Promise<AttachPlan | undefined> {
  for (let current = plan; ;) {
    const confirmation = new Confirmation(current, account);
    const answer = await confirmation.ask().finally(() => confirmation.dispose());
    if (answer?.withComment !== true) {
      return answer?.plan;
    }
    const commented = await askForComment(answer.plan);
    if (commented !== undefined) {
      return commented;
    }
    current = answer.plan;
  }
}

interface Answer {
  readonly plan: AttachPlan;
  /** It is still to be written. */
  readonly withComment: boolean;
}

class Confirmation {
  readonly #pick = vscode.window.createQuickPick<AttachRow>();
  #plan: AttachPlan;

  constructor(
    plan: AttachPlan,
    private readonly account: Account,
  ) {
    this.#plan = plan;
    const pick = this.#pick;
    pick.title = questionText(plan);
    pick.placeholder = vscode.l10n.t('Enter attaches. Nothing has been sent yet.');
    pick.buttons = [vscode.QuickInputButtons.Back];
    pick.items = confirmRows(plan, account);
    pick.ignoreFocusOut = true;
  }

  ask(): Promise<Answer | undefined> {
    const pick = this.#pick;
    return new Promise((resolve, reject) => {
      pick.onDidHide(() => reject(new Cancelled()));
      pick.onDidTriggerButton(() => resolve(undefined));
      pick.onDidAccept(() => {
        const choice = pick.selectedItems[0]?.choice;
        switch (choice?.kind) {
          case 'attach':
          case 'comment':
            resolve({ plan: this.#plan, withComment: choice.kind === 'comment' });
            break;
          case 'fields':
            this.#show(fieldRows(this.#plan));
            break;
          case 'change':
            this.#plan = choice.plan;
            this.#show(confirmRows(this.#plan, this.account));
            break;
          case undefined:
        }
      });
      pick.show();
    });
  }

  dispose(): void {
    this.#pick.dispose();
  }

  /** With the first row active: after a change, Enter attaches. */
  #show(rows: readonly AttachRow[]): void {
    this.#pick.value = '';
    this.#pick.items = rows;
  }
}
