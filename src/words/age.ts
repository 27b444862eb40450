import { env } from 'vscode';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const YEAR = 365 * DAY;

let kept: Intl.RelativeTimeFormat | undefined;

/**
 * How long ago something was: now · 5 minutes ago · yesterday · 5 минут назад · вчера.
 * @param time in milliseconds since 1970; one in the future, by a clock that was set, is now
 */
export function age(time: number, now = Date.now()): string {
  const elapsed = Math.max(0, now - time);
  // Made once: a list of thousands of uploads asks for as many ages.
  kept ??= new Intl.RelativeTimeFormat(env.language, { numeric: 'auto' });
  if (elapsed < MINUTE) {
    return kept.format(0, 'second');
  }
  if (elapsed < HOUR) {
    return kept.format(-Math.floor(elapsed / MINUTE), 'minute');
  }
  if (elapsed < DAY) {
    return kept.format(-Math.floor(elapsed / HOUR), 'hour');
  }
  if (elapsed < MONTH) {
    return kept.format(-nightsBetween(time, now), 'day');
  }
  return elapsed < YEAR
    ? kept.format(-Math.floor(elapsed / MONTH), 'month')
    : kept.format(-Math.floor(elapsed / YEAR), 'year');
}

/** "Yesterday" is the day before, be it 25 or 47 hours ago. */
function nightsBetween(time: number, now: number): number {
  const midnight = (when: number): number => new Date(when).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(time)) / DAY);
}
