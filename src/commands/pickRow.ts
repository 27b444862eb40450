import * as vscode from 'vscode';
import { Cancelled } from './command';

export interface RowQuestion {
  readonly title: string;
  readonly placeholder: string;
  readonly matchOnDescription?: boolean;
  readonly matchOnDetail?: boolean;
  /** Stays when the user looks for the answer elsewhere. */
  readonly ignoreFocusOut?: boolean;
}

/** Shows a list until one row is chosen. @throws Cancelled when the user leaves */
export function pickRow<T extends vscode.QuickPickItem>(
  rows: readonly T[],
  question: RowQuestion,
): Promise<T> {
  const pick = vscode.window.createQuickPick<T>();
  pick.title = question.title;
  pick.placeholder = question.placeholder;
  pick.matchOnDescription = question.matchOnDescription ?? false;
  pick.matchOnDetail = question.matchOnDetail ?? false;
  pick.ignoreFocusOut = question.ignoreFocusOut ?? false;
  pick.items = rows;
  return new Promise<T>((resolve, reject) => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) {
        resolve(chosen);
      }
    });
    pick.onDidHide(() => reject(new Cancelled()));
    pick.show();
  }).finally(() => pick.dispose());
}
