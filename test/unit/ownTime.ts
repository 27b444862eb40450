/** A breath: what a tick that comes in time takes, in milliseconds. */
const breath = 5;

/**
 * A stopwatch for "at once" on a machine that has other work, too: it counts the milliseconds in
 * which this process could have gone on. Where it waits, its own timer ticks; where it works, its
 * processor time grows; where neither happens, others had the machine, and that is not counted.
 */
export class OwnTime {
  #milliseconds = 0;
  #since = performance.now();
  #used = process.cpuUsage();
  readonly #timer = setInterval(() => this.#tick(), breath).unref();

  /** @returns milliseconds since it was made */
  stop(): number {
    this.#tick();
    clearInterval(this.#timer);
    return this.#milliseconds;
  }

  #tick(): void {
    const now = performance.now();
    const { user, system } = process.cpuUsage(this.#used);
    this.#milliseconds += Math.min(now - this.#since, 2 * breath + (user + system) / 1000);
    this.#since = now;
    this.#used = process.cpuUsage();
  }
}
