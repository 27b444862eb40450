/** What a connection is like. */
export interface LinkNature {
  /** Milliseconds until a server answers, each time. */
  readonly latency: number;
  /** Shared by whatever moves at the same time; Infinity when left out. */
  readonly bytesPerSecond?: number;
  /** The most a single transfer gets of that. */
  readonly bytesPerSecondEach?: number;
  /** Milliseconds of our own one thread for each transfer. */
  readonly work?: number;
  /** How much the latency varies, as a part of it. */
  readonly jitter?: number;
}

interface Transfer {
  /** Work, then bytes, then latency are used up in turn. */
  work: number;
  bytes: number;
  latency: number;
  readonly ended: () => void;
}

/** A line, a server behind it and a thread before it, in a time of its own that takes none. */
export class SimulatedLink {
  #now = 0;
  #seed = 1;
  readonly #transfers = new Set<Transfer>();
  /** The most there ever were at a time. */
  most = 0;

  constructor(private readonly nature: LinkNature) {}

  readonly now = (): number => this.#now;

  /** Moves so many bytes. */
  move(bytes: number): Promise<void> {
    const { latency, work = 0, jitter = 0 } = this.nature;
    const varied = latency * (1 + jitter * this.#random());
    return new Promise(ended => {
      this.#transfers.add({ work, bytes, latency: varied, ended });
      this.most = Math.max(this.most, this.#transfers.size);
    });
  }

  /** Lets time pass until `over` is. @returns the milliseconds it took */
  async until(over: Promise<unknown>): Promise<number> {
    const begun = this.#now;
    const ended = over.then(() => 'ended');
    // A turn of the event loop is enough for whatever follows from the end of a transfer.
    while ((await Promise.race([ended, new Promise(setImmediate)])) !== 'ended') {
      this.#pass();
    }
    return this.#now - begun;
  }

  /** To the next moment at which something ends. */
  #pass(): void {
    const transfers = [...this.#transfers];
    const working = transfers.find(({ work }) => work > 0);
    const moving = transfers.filter(({ work, bytes }) => work <= 0 && bytes > 0);
    const waiting = transfers.filter(({ work, bytes }) => work <= 0 && bytes <= 0);
    const { bytesPerSecond = Infinity, bytesPerSecondEach = Infinity } = this.nature;
    const speed = Math.min(bytesPerSecond / moving.length, bytesPerSecondEach) / 1000;
    const step = Math.min(
      working?.work ?? Infinity,
      ...moving.map(({ bytes }) => bytes / speed),
      ...waiting.map(({ latency }) => latency),
    );
    this.#now += step;
    // Nothing is left but what rounding has left over.
    const less = (left: number, by: number): number => (left - by < 1e-6 ? 0 : left - by);
    if (working !== undefined) {
      working.work = less(working.work, step);
    }
    for (const transfer of moving) {
      transfer.bytes = speed === Infinity ? 0 : less(transfer.bytes, step * speed);
    }
    for (const transfer of waiting) {
      transfer.latency = less(transfer.latency, step);
      if (transfer.latency === 0) {
        this.#transfers.delete(transfer);
        transfer.ended();
      }
    }
  }

  /** −1 … 1, the same numbers every time. */
  #random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return (this.#seed / 2_147_483_647) * 2 - 1;
  }
}
