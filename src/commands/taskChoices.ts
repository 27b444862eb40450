import type { TaskSummary } from '../pyrus/inboxWire';
import { parseTaskReference } from '../pyrus/taskLinks';
import type { Server } from '../pyrus/servers';
import type { RecentTask } from './recentTasks';

/** A task that is offered, and why. */
export interface TaskChoice {
  readonly id: number;
  /** Untrusted, as all texts here. */
  readonly title?: string;
  readonly source: 'selection' | 'clipboard' | 'branch' | 'recent' | 'inbox';
  /** The git branch, or who wrote a task of the inbox. */
  readonly detail?: string;
}

/** Where tasks to offer come from. */
export interface TaskSources {
  readonly suggested?: TaskChoice | undefined;
  readonly branch?: TaskChoice | undefined;
  readonly recent: readonly RecentTask[];
  readonly inbox: readonly TaskSummary[];
}

/** Each task once, at its first place, with the title that any of the sources knows. */
export function taskChoices({ suggested, branch, recent, inbox }: TaskSources): TaskChoice[] {
  const all: TaskChoice[] = [
    ...(suggested === undefined ? [] : [suggested]),
    ...(branch === undefined ? [] : [branch]),
    ...recent.map(task => ({ ...task, source: 'recent' as const })),
    ...inbox.map(inboxChoice),
  ];
  const titles = new Map<number, string>();
  const first = new Map<number, TaskChoice>();
  for (const choice of all.toReversed()) {
    first.set(choice.id, choice);
    if (choice.title !== undefined) {
      titles.set(choice.id, choice.title);
    }
  }
  return all
    .filter(choice => first.get(choice.id) === choice)
    .map(choice => {
      const title = titles.get(choice.id);
      return title === undefined ? choice : { ...choice, title };
    });
}

function inboxChoice({ id, title, author, group }: TaskSummary): TaskChoice {
  const detail = [group, author?.name]
    .filter(part => part !== undefined && part !== '')
    .join(' · ');
  return {
    id,
    source: 'inbox',
    ...(title === undefined ? {} : { title }),
    ...(detail === '' ? {} : { detail }),
  };
}

/** Shorter ones on a clipboard are years, amounts and line numbers. */
const SHORT_NUMBER = /^\s*\d{1,4}\s*$/;

/**
 * The task that the selection or the clipboard names, all of it and nothing else.
 * @param server of the account that will be asked for it
 */
export function suggestedTask(
  selection: string,
  clipboard: string,
  server: Server,
): TaskChoice | undefined {
  const selected = taskIn(selection, server);
  if (selected !== undefined) {
    return { id: selected, source: 'selection' };
  }
  const copied = SHORT_NUMBER.test(clipboard) ? undefined : taskIn(clipboard, server);
  return copied === undefined ? undefined : { id: copied, source: 'clipboard' };
}

/** No link is longer; a whole document may be on the clipboard, though. */
const LONGEST_LINK = 2000;

function taskIn(text: string, server: Server): number | undefined {
  const word = text.slice(0, LONGEST_LINK + 1).trim();
  if (word.length > LONGEST_LINK || (/\s/.test(word) && !/^[#№]\s*\d+$/.test(word))) {
    return undefined;
  }
  const reference = parseTaskReference(word, server);
  return reference.kind === 'task' ? reference.id : undefined;
}
