import type { ReplyHeaders } from './replies';

export interface RateLimit {
  /** Requests of one user in one interval. */
  readonly limit: number;
  readonly intervalSeconds: number;
}

interface Interval {
  left: number;
  endsAt: number;
}

/** Counts requests per user in fixed intervals (help page: 5,000 in 10 minutes). */
export class RateLimiter {
  readonly #intervals = new Map<string, Interval>();

  constructor(
    private readonly rate: RateLimit,
    private readonly now: () => number,
  ) {}

  /** Takes one request of `user`; `X-RateLimit-Reset` is a number of seconds, not a date. */
  take(user: string): { readonly allowed: boolean; readonly headers: ReplyHeaders } {
    const interval = this.#current(user);
    const allowed = interval.left > 0;
    interval.left = Math.max(0, interval.left - 1);
    const reset = Math.max(0, Math.ceil((interval.endsAt - this.now()) / 1000));
    return {
      allowed,
      headers: {
        'X-RateLimit-Limit': String(this.rate.limit),
        'X-RateLimit-Remaining': String(interval.left),
        'X-RateLimit-Reset': String(reset),
      },
    };
  }

  /** Leaves a user `left` requests until `seconds` from now. */
  set(user: string, left: number, seconds: number): void {
    this.#intervals.set(user, { left, endsAt: this.now() + seconds * 1000 });
  }

  #current(user: string): Interval {
    const known = this.#intervals.get(user);
    if (known !== undefined && known.endsAt > this.now()) {
      return known;
    }
    const endsAt = this.now() + this.rate.intervalSeconds * 1000;
    const fresh = { left: this.rate.limit, endsAt };
    this.#intervals.set(user, fresh);
    return fresh;
  }
}
