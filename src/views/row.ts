import type { UploadRecord } from '../history/uploadRecord';
import type { Day } from './days';

/** A row of the view: a day, or an upload under its day. */
export type Row = Day | UploadRecord;

export function isDay(row: Row): row is Day {
  return 'records' in row;
}

/** What rows stand for, each GUID once, one per line; a day stands for its uploads. */
export function guidLines(rows: readonly Row[]): string {
  const records = rows.flatMap(row => (isDay(row) ? row.records : row));
  return [...new Set(records.map(({ guid }) => guid))].join('\n');
}
