import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { TaskSummary } from '../pyrus/inboxWire';
import { parseTaskReference } from '../pyrus/taskLinks';
import type { Task } from '../pyrus/taskWire';
import { failureText, needsSignIn } from '../words/failures';
import { branchTask } from './branchTask';
import { Cancelled, isCancel, logFailure } from './command';
import { waitText } from './progress';
import type { Services } from './services';
import { suggestedTask, taskChoices } from './taskChoices';
import type { TaskChoice } from './taskChoices';
import { choiceRows, messageRow, typedRow } from './taskRows';
import type { TaskRow } from './taskRows';

export interface TaskQuestion {
  readonly title: string;
  /** A file whose git branch may name the task. */
  readonly near?: vscode.Uri | undefined;
}

/**
 * Asks which task is meant: a recent one, one of the inbox, the one that the selection, the
 * clipboard or the git branch names, or any that is typed or pasted. Reads it before the box closes:
 * a task that cannot be read is said so there, and another one may be chosen.
 * @throws Cancelled; PyrusError when signing in again is what helps
 */
export async function askForTask(
  services: Services,
  account: Account,
  question: TaskQuestion,
): Promise<Task> {
  const picker = new TaskPicker(services, account, question);
  try {
    const task = await picker.ask(await suggestion(account));
    await services.recentTasks.remember(account.id, task);
    return task;
  } finally {
    picker.dispose();
  }
}

async function suggestion({ server }: Account): Promise<TaskChoice | undefined> {
  const editor = vscode.window.activeTextEditor;
  const selected = editor === undefined ? '' : editor.document.getText(editor.selection);
  return suggestedTask(selected, await vscode.env.clipboard.readText(), server);
}

class TaskPicker {
  readonly #pick = vscode.window.createQuickPick<TaskRow>();
  readonly #left = new AbortController();
  readonly #signal: AbortSignal;
  /** Aborted when something else is typed meanwhile. */
  #reading: AbortController | undefined;
  #loading = true;
  readonly #branch: TaskChoice | undefined;
  #suggested: TaskChoice | undefined;
  #inbox: readonly TaskSummary[] = [];
  #choices: readonly TaskChoice[] = [];
  /** Says below the list that there is no inbox, and why. */
  #inboxTrouble: TaskRow | undefined;
  /** Says above all else why the task last chosen cannot be read. */
  #trouble: TaskRow | undefined;

  constructor(
    private readonly services: Services,
    private readonly account: Account,
    { title, near }: TaskQuestion,
  ) {
    this.#branch = branchTask(near);
    this.#signal = AbortSignal.any([this.#left.signal, services.transfers.signal]);
    const pick = this.#pick;
    pick.title = title;
    pick.placeholder = vscode.l10n.t('Choose a task, type its id or paste its link');
    pick.matchOnDescription = true;
    // The link is in a browser, and fetching it must not end the question.
    pick.ignoreFocusOut = true;
  }

  async ask(suggested: TaskChoice | undefined): Promise<Task> {
    this.#suggested = suggested;
    this.#refresh();
    this.#pick.show();
    void this.#loadInbox();
    return new Promise<Task>((resolve, reject) => {
      this.#pick.onDidHide(() => reject(new Cancelled()));
      this.#pick.onDidChangeValue(() => this.#typed());
      this.#pick.onDidAccept(() => {
        const id = this.#chosenId();
        if (id !== undefined && this.#reading === undefined) {
          this.#read(id).then(task => task !== undefined && resolve(task), reject);
        }
      });
    });
  }

  dispose(): void {
    this.#left.abort();
    this.#pick.dispose();
  }

  /** Enter may come before the list shows what was typed: what is typed as a task is that task. */
  #chosenId(): number | undefined {
    const typed = parseTaskReference(this.#pick.value, this.account.server);
    return typed.kind === 'task' ? typed.id : this.#pick.selectedItems[0]?.taskId;
  }

  #typed(): void {
    this.#reading?.abort();
    this.#reading = undefined;
    this.#trouble = undefined;
    this.#refresh();
  }

  /** @returns undefined when it cannot be read, or something else was typed; the box says which */
  async #read(id: number): Promise<Task | undefined> {
    const reading = new AbortController();
    const say = (text: string): void => {
      this.#pick.items = [messageRow(text, 'loading~spin')];
    };
    this.#reading = reading;
    this.#pick.busy = true;
    say(vscode.l10n.t('Reading task {0}…', id));
    try {
      return await this.services.clientOf(this.account).task(id, {
        signal: AbortSignal.any([reading.signal, this.#signal]),
        onWait: wait => say(waitText(wait)),
      });
    } catch (error) {
      if (reading.signal.aborted) {
        return undefined;
      }
      if (isCancel(error) || needsSignIn(error)) {
        throw error;
      }
      logFailure(this.services.log, `task ${id}`, error);
      this.#trouble = messageRow(failureText(error), 'error');
      this.#reading = undefined;
      this.#refresh();
      return undefined;
    }
  }

  async #loadInbox(): Promise<void> {
    try {
      const client = this.services.clientOf(this.account);
      this.#inbox = await client.inbox({ signal: this.#signal });
    } catch (error) {
      if (this.#signal.aborted) {
        return;
      }
      logFailure(this.services.log, 'inbox', error);
      const text = vscode.l10n.t('The inbox could not be read. {0}', failureText(error));
      this.#inboxTrouble = messageRow(text, 'warning');
    }
    this.#loading = false;
    if (this.#reading === undefined) {
      this.#refresh();
    }
  }

  /** What follows from what is typed and known; the row that was active stays so. */
  #refresh(): void {
    const pick = this.#pick;
    pick.busy = this.#loading;
    this.#choices = taskChoices({
      suggested: this.#suggested,
      branch: this.#branch,
      recent: this.services.recentTasks.of(this.account.id),
      inbox: this.#inbox,
    });
    const active = pick.activeItems[0]?.taskId;
    const typed = this.#typedRow();
    const rows = typed === undefined ? this.#listRows() : [typed];
    pick.keepScrollPosition = true;
    pick.items = this.#trouble === undefined ? rows : [this.#trouble, ...rows];
    const choosable = rows.filter(({ taskId }) => taskId !== undefined);
    const still = choosable.find(({ taskId }) => taskId === active) ?? choosable[0];
    pick.activeItems = still === undefined ? [] : [still];
  }

  #typedRow(): TaskRow | undefined {
    const { value } = this.#pick;
    if (value.trim() === '') {
      return undefined;
    }
    const titleOf = (id: number): string | undefined =>
      this.#choices.find(choice => choice.id === id)?.title;
    return typedRow(parseTaskReference(value, this.account.server), titleOf);
  }

  #listRows(): TaskRow[] {
    const rows = choiceRows(this.#choices);
    return this.#inboxTrouble === undefined ? rows : [...rows, this.#inboxTrouble];
  }
}
