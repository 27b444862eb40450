import * as vscode from 'vscode';

/** Where the step stands: "Sign in to Pyrus (2/3)". */
export interface StepPlace {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  /** False on the first step. */
  readonly canGoBack: boolean;
}

export interface TextQuestion<T> extends StepPlace {
  readonly prompt: string;
  readonly placeholder: string;
  readonly value?: string;
  readonly password?: boolean;
  /** A button in the title bar, and what it opens. */
  readonly link?: { readonly tooltip: string; readonly target: vscode.Uri };
  /** Why the text cannot be right, or undefined. */
  readonly validate: (text: string) => string | undefined;
  /**
   * Runs on Enter, with the input busy; what it throws is shown in the input, which stays open.
   * Aborted when the user leaves.
   */
  readonly accept: (text: string, signal: AbortSignal) => Promise<T>;
  /** Words for what `accept` threw. */
  readonly explain: (error: unknown) => string;
}

export interface Choice<T> extends vscode.QuickPickItem {
  readonly answer: T;
}

/** How a step ended; `undefined` is Esc. */
export type StepResult<T> = { readonly answer: T } | 'back' | undefined;

/** Shows an input box until it is answered, left, or gone back from. */
export function askText<T>(question: TextQuestion<T>): Promise<StepResult<T>> {
  const input = vscode.window.createInputBox();
  const leaving = new AbortController();
  input.title = question.title;
  input.step = question.step;
  input.totalSteps = question.totalSteps;
  input.prompt = question.prompt;
  input.placeholder = question.placeholder;
  input.value = question.value ?? '';
  input.password = question.password ?? false;
  input.ignoreFocusOut = true;
  const link = question.link && {
    iconPath: new vscode.ThemeIcon('link-external'),
    tooltip: question.link.tooltip,
  };
  input.buttons = [
    ...(question.canGoBack ? [vscode.QuickInputButtons.Back] : []),
    ...(link === undefined ? [] : [link]),
  ];
  return new Promise<StepResult<T>>((resolve, reject) => {
    const accept = async (): Promise<void> => {
      const text = input.value.trim();
      input.validationMessage = question.validate(text);
      if (input.validationMessage !== undefined || input.busy) {
        return;
      }
      input.busy = true;
      try {
        resolve({ answer: await question.accept(text, leaving.signal) });
      } catch (error) {
        if (!leaving.signal.aborted) {
          input.validationMessage = question.explain(error);
        }
      } finally {
        input.busy = false;
      }
    };
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
    });
    input.onDidAccept(() => void accept());
    input.onDidHide(() => resolve(undefined));
    input.onDidTriggerButton(button => {
      if (button === vscode.QuickInputButtons.Back) {
        resolve('back');
      } else if (question.link !== undefined) {
        vscode.env.openExternal(question.link.target).then(undefined, reject);
      }
    });
    input.show();
  }).finally(() => {
    leaving.abort();
    input.dispose();
  });
}

/** Shows a pick list until one is chosen, it is left, or gone back from. */
export function askChoice<T>(
  place: StepPlace & { readonly placeholder: string },
  choices: readonly Choice<T>[],
): Promise<StepResult<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  pick.title = place.title;
  pick.step = place.step;
  pick.totalSteps = place.totalSteps;
  pick.placeholder = place.placeholder;
  pick.items = choices;
  pick.ignoreFocusOut = true;
  pick.buttons = place.canGoBack ? [vscode.QuickInputButtons.Back] : [];
  return new Promise<StepResult<T>>(resolve => {
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (chosen !== undefined) {
        resolve({ answer: chosen.answer });
      }
    });
    pick.onDidHide(() => resolve(undefined));
    pick.onDidTriggerButton(() => resolve('back'));
    pick.show();
  }).finally(() => pick.dispose());
}
