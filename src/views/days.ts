import type { UploadRecord } from '../history/uploadRecord';

/** The uploads of one day, by this machine's clock and time zone. */
export interface Day {
  /** 2026-11-24; its order is that of time. */
  readonly date: string;
  /** Newest first. */
  readonly records: readonly UploadRecord[];
}

/** @param records newest first, and so are the days */
export function byDay(records: readonly UploadRecord[]): Day[] {
  // A map, not stretches of the list: a clock turned back at midnight is twice in the same day.
  const days = new Map<string, UploadRecord[]>();
  for (const record of records) {
    const date = dateOf(new Date(record.uploadedAt));
    const day = days.get(date);
    if (day === undefined) {
      days.set(date, [record]);
    } else {
      day.push(record);
    }
  }
  return Array.from(days, ([date, own]) => ({ date, records: own }));
}

/** 2026-11-24 where this machine is. */
export function dateOf(time: Date): string {
  const month = String(time.getMonth() + 1).padStart(2, '0');
  const day = String(time.getDate()).padStart(2, '0');
  return `${time.getFullYear()}-${month}-${day}`;
}

/** Today · Yesterday · November 20 · November 20, 2025; in the language's own way. */
export function dayName(date: string, now: Date, language: string): string {
  const daysAgo = [0, 1].find(days => dateOf(daysBefore(now, days)) === date);
  if (daysAgo !== undefined) {
    const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
    return capitalized(relative.format(-daysAgo, 'day'), language);
  }
  const noon = noonOf(date);
  const year = noon.getFullYear() === now.getFullYear() ? {} : { year: 'numeric' as const };
  return dateFormat(language, { day: 'numeric', month: 'long', ...year }).format(noon);
}

/** Tuesday, November 24, 2026 */
export function fullDate(date: string, language: string): string {
  return capitalized(dateFormat(language, { dateStyle: 'full' }).format(noonOf(date)), language);
}

const dateFormats = new Map<string, Intl.DateTimeFormat>();

/** Made once of each kind: making one takes longer than using it, and a history has many days. */
function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const kind = `${language} ${Object.keys(options).join()}`;
  const format = dateFormats.get(kind) ?? new Intl.DateTimeFormat(language, options);
  dateFormats.set(kind, format);
  return format;
}

/** No clock is put forward or back at noon. */
function noonOf(date: string): Date {
  return new Date(`${date}T12:00`);
}

/** By the calendar: a day may have 23 or 25 hours. */
function daysBefore(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days, 12);
}

function capitalized(text: string, language: string): string {
  const [first = '', ...rest] = text;
  return first.toLocaleUpperCase(language) + rest.join('');
}
