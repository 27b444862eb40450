import { performance } from 'node:perf_hooks';
import type { BatchItem } from './batch';

/** A moment of a batch, for people. */
export interface BatchState {
  /** The item most lately started that still moves. */
  readonly name: string;
  /** 1-based, of `count`. */
  readonly index: number;
  readonly count: number;
  readonly movedBytes: number;
  /** 0 when no size is known. */
  readonly totalBytes: number;
  /** Of the whole batch, 0 … 1. Finished items count fully even where sizes are unknown. */
  readonly fraction: number;
  readonly bytesPerSecond: number;
  /** Absent while the speed is not settled. */
  readonly secondsLeft?: number;
}

/** People read ten numbers a second at the most, and the window has other work. */
const INTERVAL = 100;
/** Speed is judged over this many milliseconds: shorter jumps, longer lags. */
const SPEED_WINDOW = 3000;

interface Progress {
  moved: number;
  size: number | undefined;
  finished: boolean;
}

/** Adds the items' bytes up and reports at a reading pace, always the last state too. */
export class BatchProgress<I extends BatchItem> {
  readonly #progress: Map<I, Progress>;
  readonly #running: I[] = [];
  readonly #history: { time: number; bytes: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #lastReport = -Infinity;

  constructor(
    private readonly items: readonly I[],
    private readonly report: (state: BatchState) => void,
  ) {
    this.#progress = new Map(
      items.map(item => [item, { moved: 0, size: item.size, finished: false }]),
    );
  }

  start(item: I): void {
    this.#running.push(item);
    this.#changed();
  }

  /** @param moved bytes of this item by its current try; falls when a try starts over */
  move(item: I, moved: number, size?: number): void {
    const progress = this.#progress.get(item);
    if (progress !== undefined) {
      progress.moved = moved;
      progress.size = size ?? progress.size;
      this.#changed();
    }
  }

  finish(item: I): void {
    this.#running.splice(this.#running.indexOf(item), 1);
    const progress = this.#progress.get(item);
    if (progress !== undefined) {
      progress.finished = true;
    }
    this.#changed();
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #changed(): void {
    const wait = this.#lastReport + INTERVAL - performance.now();
    if (wait <= 0) {
      this.#tell();
    } else {
      this.#timer ??= setTimeout(() => this.#tell(), wait);
    }
  }

  #tell(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#lastReport = performance.now();
    const current = this.#running.at(-1);
    if (current !== undefined) {
      this.report(this.#state(current));
    }
  }

  #state(current: I): BatchState {
    const all = [...this.#progress.values()];
    const movedBytes = sum(all.map(({ moved }) => moved));
    const totalBytes = sum(all.map(({ size }) => size ?? 0));
    const bytesPerSecond = this.#speed(movedBytes);
    const left = totalBytes - movedBytes;
    return {
      name: current.name,
      index: this.items.indexOf(current) + 1,
      count: this.items.length,
      movedBytes,
      totalBytes,
      fraction: sum(all.map(fraction)) / Math.max(1, sum(all.map(weight))),
      bytesPerSecond,
      ...(bytesPerSecond > 0 && left > 0 ? { secondsLeft: left / bytesPerSecond } : {}),
    };
  }

  #speed(bytes: number): number {
    const time = performance.now();
    this.#history.push({ time, bytes });
    while ((this.#history[0]?.time ?? time) < time - SPEED_WINDOW) {
      this.#history.shift();
    }
    const first = this.#history[0] ?? { time, bytes };
    const seconds = (time - first.time) / 1000;
    return seconds < 0.5 ? 0 : Math.max(0, (bytes - first.bytes) / seconds);
  }
}

/** An item weighs its bytes; one of unknown or small size still weighs something, so that it shows. */
function weight({ size }: Progress): number {
  return Math.max(size ?? 0, 64 * 1024);
}

function fraction(progress: Progress): number {
  if (progress.finished) {
    return weight(progress);
  }
  const { moved, size } = progress;
  return size === undefined || size === 0 ? 0 : weight(progress) * Math.min(1, moved / size);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
