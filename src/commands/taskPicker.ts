import * as vscode from 'vscode';
import type { Account } from '../account/accounts';
import type { Task } from '../pyrus/taskWire';
import { failureText, needsSignIn } from '../words/failures';
import { branchTask } from './branchTask';
import { Cancelled, isCancel, logFailure } from './command';
import { waitText, withTransferProgress } from './progress';
import type { Services } from './services';
import { suggestedTask } from './taskChoices';
import type { TaskChoice } from './taskChoices';
import { TaskList } from './taskList';
import { messageRow } from './taskRows';
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
  { title, near }: TaskQuestion,
): Promise<Task> {
  const list = new TaskList(account.server, {
    suggested: await suggestion(account),
    branch: branchTask(near),
    recent: services.recentTasks.of(account.id),
  });
  const picker = new TaskPicker(services, account, title, list);
  try {
    const task = await picker.ask();
    await services.recentTasks.remember(account.id, task);
    return task;
  } finally {
    picker.dispose();
  }
}

/** Reads a task that was typed as one where files are asked for. @throws Cancelled; PyrusError */
export async function readTask(services: Services, account: Account, id: number): Promise<Task> {
  const title = vscode.l10n.t('Reading task {0}…', id);
  const task = await withTransferProgress(services.transfers, title, ({ signal, showWait }) =>
    services.clientOf(account).task(id, { signal, onWait: showWait }),
  );
  await services.recentTasks.remember(account.id, task);
  return task;
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
  #isLoading = true;
  #shown: readonly TaskRow[] = [];
  /** Says above all else why the task last chosen cannot be read. */
  #trouble: TaskRow | undefined;

  constructor(
    private readonly services: Services,
    private readonly account: Account,
    title: string,
    private readonly list: TaskList,
  ) {
    this.#signal = AbortSignal.any([this.#left.signal, services.transfers.signal]);
    this.#pick.title = title;
    this.#pick.placeholder = vscode.l10n.t('Choose a task, type its id or paste its link');
    this.#pick.matchOnDescription = true;
    this.#pick.keepScrollPosition = true;
    // The link is in a browser, and fetching it must not end the question.
    this.#pick.ignoreFocusOut = true;
  }

  ask(): Promise<Task> {
    const pick = this.#pick;
    return new Promise<Task>((resolve, reject) => {
      pick.onDidHide(() => reject(new Cancelled()));
      pick.onDidChangeValue(() => this.#typed());
      pick.onDidAccept(() => {
        // Enter may come before the list shows what was typed: what is a task is that task.
        const id = this.list.taskIn(pick.value) ?? pick.selectedItems[0]?.taskId;
        if (id !== undefined && this.#reading === undefined) {
          this.#read(id).then(task => task !== undefined && resolve(task), reject);
        }
      });
      this.#refresh();
      pick.show();
      void this.#loadInbox();
    });
  }

  dispose(): void {
    this.#left.abort();
    this.#pick.dispose();
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
      this.#shown = [messageRow(text, 'loading~spin')];
      this.#pick.items = this.#shown;
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
      this.#reading = undefined;
      this.#trouble = messageRow(failureText(error), 'error');
      this.#refresh();
      return undefined;
    }
  }

  /** In the background: whoever knows the task need not wait. */
  async #loadInbox(): Promise<void> {
    try {
      const client = this.services.clientOf(this.account);
      this.list.addInbox(await client.inbox({ signal: this.#signal }));
    } catch (error) {
      if (this.#signal.aborted) {
        return;
      }
      logFailure(this.services.log, 'inbox', error);
      const text = vscode.l10n.t('The inbox could not be read. {0}', failureText(error));
      this.list.addInboxTrouble(messageRow(text, 'warning'));
    }
    this.#isLoading = false;
    if (this.#reading === undefined) {
      this.#refresh();
    }
  }

  #refresh(): void {
    const pick = this.#pick;
    const active = pick.activeItems[0]?.taskId;
    pick.busy = this.#isLoading;
    const list = this.list.rows(pick.value);
    const rows = this.#trouble === undefined ? list : [this.#trouble, ...list];
    if (rows === this.#shown) {
      // VS Code filters them by itself.
      return;
    }
    this.#shown = rows;
    pick.items = rows;
    const still = rows.find(({ taskId }) => taskId !== undefined && taskId === active);
    if (pick.value === '' && still !== undefined) {
      pick.activeItems = [still];
    }
  }
}
