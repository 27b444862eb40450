import type { Marks } from '../account/accountChoice';
import { isRecord } from '../pyrus/wire';

/** A task as it is remembered. */
export interface RecentTask {
  readonly id: number;
  /** Untrusted. */
  readonly title?: string;
}

const KEY = 'pyrus.recentTasks';
const MOST = 20;
/** Nobody reads on; a server may send a megabyte. */
const LONGEST_TITLE = 300;

/** The tasks that were used last, of each account its own, on this machine. */
export class RecentTasks {
  constructor(private readonly state: Marks) {}

  /** Newest first. */
  of(accountId: string): RecentTask[] {
    const tasks = this.#all()[accountId];
    return Array.isArray(tasks) ? tasks.filter(isRecentTask) : [];
  }

  async remember(accountId: string, { id, title }: RecentTask): Promise<void> {
    const others = this.of(accountId).filter(task => task.id !== id);
    const task = { id, ...(title === undefined ? {} : { title: title.slice(0, LONGEST_TITLE) }) };
    await this.state.update(KEY, {
      ...this.#all(),
      [accountId]: [task, ...others].slice(0, MOST),
    });
  }

  /** The account has been signed out. */
  async forget(accountId: string): Promise<void> {
    const { [accountId]: gone, ...others } = this.#all();
    if (gone !== undefined) {
      await this.state.update(KEY, Object.keys(others).length === 0 ? undefined : others);
    }
  }

  #all(): Readonly<Record<string, unknown>> {
    const stored = this.state.get(KEY);
    return isRecord(stored) ? stored : {};
  }
}

function isRecentTask(value: unknown): value is RecentTask {
  return (
    isRecord(value) &&
    Number.isSafeInteger(value['id']) &&
    (value['title'] === undefined || typeof value['title'] === 'string')
  );
}
