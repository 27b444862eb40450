import type { TaskSummary } from '../pyrus/inboxWire';
import type { Server } from '../pyrus/servers';
import { parseTaskReference } from '../pyrus/taskLinks';
import { taskChoices } from './taskChoices';
import type { TaskChoice, TaskSources } from './taskChoices';
import { choiceRows, typedRow } from './taskRows';
import type { TaskRow } from './taskRows';

/** What the task picker knows, as rows. */
export class TaskList {
  #sources: TaskSources;
  #choices: readonly TaskChoice[];
  #rows: readonly TaskRow[];

  constructor(
    private readonly server: Server,
    sources: Omit<TaskSources, 'inbox'>,
  ) {
    this.#sources = { ...sources, inbox: [] };
    this.#choices = taskChoices(this.#sources);
    this.#rows = choiceRows(this.#choices);
  }

  addInbox(inbox: readonly TaskSummary[]): void {
    this.#sources = { ...this.#sources, inbox };
    this.#choices = taskChoices(this.#sources);
    this.#rows = choiceRows(this.#choices);
  }

  /** Says below the list why there is no inbox. */
  addInboxTrouble(row: TaskRow): void {
    this.#rows = [...this.#rows, row];
  }

  /** The task that a text is, all of it. */
  taskIn(text: string): number | undefined {
    const typed = parseTaskReference(text, this.server);
    return typed.kind === 'task' ? typed.id : undefined;
  }

  /**
   * @param text what is typed: a task, why it is none, or something to filter the list with
   * @returns the same array as long as the list is the same
   */
  rows(text: string): readonly TaskRow[] {
    const titleOf = (id: number): string | undefined =>
      this.#choices.find(choice => choice.id === id)?.title;
    const typed =
      text.trim() === '' ? undefined : typedRow(parseTaskReference(text, this.server), titleOf);
    return typed === undefined ? this.#rows : [typed];
  }
}
