import { EventEmitter } from 'vscode';
import type { Disposable, TreeDataProvider, TreeItem } from 'vscode';
import type { UploadHistory } from '../history/uploadHistory';
import { byDay, dateOf } from './days';
import type { Day } from './days';
import { isDay } from './row';
import type { Row } from './row';
import { dayItem, timeText, uploadItem } from './treeItems';
import { uploadTooltip } from './uploadTooltip';

/** Milliseconds: a batch notes many uploads, and one look at the history shows them all. */
const GATHERING = 100;
/** Milliseconds: the smallest step of an age. */
const TICK = 60_000;

/** The upload history as days with their uploads. Follows the history and, while it is seen, the clock. */
export class UploadsTree implements TreeDataProvider<Row>, Disposable {
  readonly #changed = new EventEmitter<Day | undefined>();
  readonly onDidChangeTreeData = this.#changed.event;
  #following: { dispose(): void } | undefined;
  #gathering: NodeJS.Timeout | undefined;
  #clock: NodeJS.Timeout | undefined;
  /** As the view has them. */
  #days: readonly Day[] = [];
  #shownDate: string | undefined;
  #shownTimes = '';

  /** @param now what the clock says */
  constructor(
    private readonly history: UploadHistory,
    private readonly now = () => new Date(),
  ) {}

  async getChildren(row?: Row): Promise<Row[]> {
    if (row !== undefined) {
      return isDay(row) ? [...row.records] : [];
    }
    this.#following ??= this.history.onDidChange(() => this.#changeSoon());
    this.#days = byDay(await this.history.all());
    this.#shownDate = dateOf(this.now());
    this.#shownTimes = this.#times();
    return [...this.#days];
  }

  getTreeItem(row: Row): TreeItem {
    const now = this.now();
    return isDay(row) ? dayItem(row, now, row === this.#days[0]) : uploadItem(row, now);
  }

  /** Only what the mouse rests on has a tooltip made. */
  resolveTreeItem(item: TreeItem, row: Row): TreeItem {
    if (!isDay(row)) {
      item.tooltip = uploadTooltip(row);
    }
    return item;
  }

  /** Ages grow and days end, which concerns nobody who does not look. */
  setVisible(isVisible: boolean): void {
    clearInterval(this.#clock);
    this.#clock = undefined;
    if (isVisible) {
      this.#clock = setInterval(() => this.tick(), TICK);
      this.tick();
    }
  }

  /** Shows the rows anew if, by the clock, they would say something else. */
  tick(): void {
    const times = this.#times();
    if (this.#shownDate === undefined) {
      return;
    }
    if (this.#shownDate !== dateOf(this.now())) {
      this.#changed.fire(undefined);
    } else if (times !== this.#shownTimes) {
      this.#shownTimes = times;
      this.#changed.fire(this.#today());
    }
  }

  dispose(): void {
    this.setVisible(false);
    clearTimeout(this.#gathering);
    this.#following?.dispose();
    this.#changed.dispose();
  }

  #changeSoon(): void {
    this.#gathering ??= setTimeout(() => {
      this.#gathering = undefined;
      this.#changed.fire(undefined);
    }, GATHERING);
  }

  #today(): Day | undefined {
    return this.#days.find(({ date }) => date === this.#shownDate);
  }

  #times(): string {
    const now = this.now();
    const records = this.#today()?.records ?? [];
    return records.map(record => timeText(record, now)).join();
  }
}
