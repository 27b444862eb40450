import * as vscode from 'vscode';
import { userSetting } from '../settings/userSetting';
import type { Format } from './format';
import { templateProblemText } from './formatLabels';
import { userTemplates } from './userTemplates';
import type { TemplateProblem } from './userTemplates';

const SETTING = 'insert.templates';

/** The user's templates, as the setting has them whenever they are asked for. */
export class TemplateSetting {
  #told = '';

  constructor(
    private readonly log: vscode.LogOutputChannel,
    private readonly onError: (error: unknown) => void,
  ) {}

  /** What is wrong with them is told once, and those are left out. */
  readonly formats = (): readonly Format[] => {
    const { formats, problems } = userTemplates(userSetting(SETTING, isThere));
    const texts = problems.map((problem: TemplateProblem) => templateProblemText(problem));
    const all = texts.join('\n');
    if (all !== this.#told) {
      this.#told = all;
      texts.forEach(text => this.log.warn(text));
      tell(texts).catch(this.onError);
    }
    return formats;
  };
}

async function tell([first, ...others]: readonly string[]): Promise<void> {
  if (first === undefined) {
    return;
  }
  const open = vscode.l10n.t('Open Settings');
  const text =
    others.length === 0
      ? first
      : vscode.l10n.t('{0} The log names {1} more like this.', first, others.length);
  if ((await vscode.window.showWarningMessage(text, open)) === open) {
    await vscode.commands.executeCommand('workbench.action.openSettings', `pyrus.${SETTING}`);
  }
}

function isThere(value: unknown): value is unknown {
  return value !== undefined;
}
