import { systemClock } from '../pyrus/clock';
import type { Alarm, Clock } from '../pyrus/clock';

/** Tells once a second how many are left, until there are none or something else is going on. */
export class Countdown {
  #alarm: Alarm | undefined;

  constructor(private readonly clock: Clock = systemClock) {}

  /** @param tell called now and at every second, with the seconds left, rounded up */
  start(seconds: number, tell: (left: number) => void): void {
    this.stop();
    const end = this.clock.now() + seconds * 1000;
    const tick = (): void => {
      const left = Math.ceil((end - this.clock.now()) / 1000);
      if (left > 0) {
        tell(left);
        this.#alarm = this.clock.alarm(1000, tick);
      }
    };
    tick();
  }

  stop(): void {
    this.#alarm?.cancel();
  }
}
