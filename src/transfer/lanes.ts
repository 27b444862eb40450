/** How many transfers may run at a time, as {@link runBatch} asks and tells. */
export interface Lanes {
  /**
   * Whether one more may start.
   * @param running those under way
   * @param size bytes of the next one, when they are known
   */
  hasRoom(running: number, size?: number): boolean;
  /** A transfer went well; it took so many milliseconds. */
  took(milliseconds: number): void;
}

/** As many at a time as the connection rewards: see {@link AdaptiveLanes}. */
export const fewestLanes = 4;
/** More are rewarded by hardly any connection, and not every server would like them. */
export const mostLanes = 12;

/** Files above this move bytes most of the time: four of them fill any line, and more cost memory. */
const large = 16 * 1024 * 1024;
/** No server is further away, in milliseconds: what takes longer is moving bytes. */
const farthest = 500;
/** What takes less has not been to a server. */
const nearest = 1;
/** How much longer than the quickest a transfer may take: up to here one more lane is a gain … */
const waiting = 1.75;
/** … and from here one less is no loss. In simulated links these two come closest to the best. */
const crowded = 3;

/**
 * Finds the number of lanes by itself. While a transfer takes hardly longer than the quickest one,
 * it mostly waits for an answer, and one more lane is a gain; when it takes much longer, the line
 * or the server is full, and more lanes would only share what there is.
 */
export class AdaptiveLanes implements Lanes {
  #count = fewestLanes;
  #quickest = farthest;
  /** Of the latest transfers, the last one most. */
  #usual: number | undefined;

  /** How many lanes there are for files that are not large. */
  get count(): number {
    return this.#count;
  }

  hasRoom(running: number, size = 0): boolean {
    return running < (size > large ? fewestLanes : this.#count);
  }

  took(milliseconds: number): void {
    if (milliseconds < nearest) {
      return;
    }
    this.#quickest = Math.min(this.#quickest, milliseconds);
    this.#usual = (this.#usual ?? milliseconds) * 0.75 + milliseconds * 0.25;
    if (this.#usual < this.#quickest * waiting) {
      this.#count = Math.min(mostLanes, this.#count + 1);
    } else if (this.#usual > this.#quickest * crowded) {
      this.#count = Math.max(fewestLanes, this.#count - 1);
    }
  }
}

/** Always the same number. */
export class FixedLanes implements Lanes {
  constructor(private readonly count: number) {}

  hasRoom(running: number): boolean {
    return running < this.count;
  }

  took(): void {
    // Nothing is learned from it.
  }
}
