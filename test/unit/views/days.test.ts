import assert from 'node:assert/strict';
import { byDay, dateOf, dayName, fullDate } from '../../../src/views/days';
import type { UploadRecord } from '../../../src/history/uploadRecord';
import { guidLines } from '../../../src/views/row';
import { newUpload } from '../history/uploads';

/** Records at these times, which are UTC, in this order. */
function uploadsAt(...times: readonly string[]): UploadRecord[] {
  return times.map((time, index) => ({
    ...newUpload(index, { uploadedAt: Date.parse(time), name: time }),
    state: { kind: 'unattached' },
  }));
}

/** Dates, and the names of the uploads under each. */
function grouped(records: readonly UploadRecord[]): Record<string, string[]> {
  return Object.fromEntries(
    byDay(records).map(({ date, records: own }) => [date, own.map(({ name }) => name)]),
  );
}

describe('days of uploads', () => {
  const zone = process.env['TZ'];
  const inZone = (name: string): void => {
    process.env['TZ'] = name;
  };
  afterEach(() => {
    if (zone === undefined) {
      delete process.env['TZ'];
    } else {
      process.env['TZ'] = zone;
    }
  });

  it('end at midnight here, not in Greenwich', () => {
    const [late, early] = ['2026-11-23T21:30Z', '2026-11-23T20:30Z'];
    inZone('Europe/Moscow');
    assert.deepEqual(grouped(uploadsAt(late, early)), {
      '2026-11-24': [late],
      '2026-11-23': [early],
    });
    inZone('UTC');
    assert.deepEqual(grouped(uploadsAt(late, early)), { '2026-11-23': [late, early] });
    inZone('America/New_York');
    assert.deepEqual(grouped(uploadsAt('2026-11-24T04:59Z')), {
      '2026-11-23': ['2026-11-24T04:59Z'],
    });
  });

  it('have 23 or 25 hours when the clock is put forward or back', () => {
    inZone('Europe/Berlin');
    const longest = uploadsAt('2026-10-25T22:59Z', '2026-10-24T22:00Z');
    assert.deepEqual(Object.keys(grouped(longest)), ['2026-10-25']);
    const shortest = uploadsAt('2026-03-29T22:00Z', '2026-03-29T21:59Z', '2026-03-28T23:00Z');
    assert.deepEqual(
      Object.values(grouped(shortest)).map(({ length }) => length),
      [1, 2],
    );
  });

  it('are one each, also when the clock is put back over midnight', () => {
    inZone('America/St_Johns');
    // 00:00:30 of the 7th comes before the second 23:30 of the 6th.
    const [later, midnight, before] = [
      '2010-11-07T03:00:00Z',
      '2010-11-07T02:30:30Z',
      '2010-11-07T02:00:00Z',
    ];
    assert.deepEqual(grouped(uploadsAt(later, midnight, before)), {
      '2010-11-06': [later, before],
      '2010-11-07': [midnight],
    });
  });

  it('are as many as there are, newest first, and lose no upload', () => {
    inZone('Europe/Moscow');
    const newest = Date.parse('2026-11-24T12:00Z');
    const records = Array.from({ length: 1000 }, (_, index) => ({
      ...newUpload(0, { uploadedAt: newest - index * 600_000 }),
      state: { kind: 'unattached' as const },
    }));
    const days = byDay(records);
    assert.deepEqual(
      days.flatMap(({ records: own }) => own),
      records,
    );
    const dates = days.map(({ date }) => date);
    assert.deepEqual(dates, [...dates].sort().reverse());
    assert.equal(dates[0], '2026-11-24');
  });

  it('are called by their distance, else by their date, as one writes it in the language', () => {
    inZone('Europe/Moscow');
    const now = new Date('2026-11-24T21:30Z');
    assert.equal(dateOf(now), '2026-11-25');
    const names = (language: string): string[] =>
      ['2026-11-25', '2026-11-24', '2026-11-23', '2025-12-31', '2026-11-26'].map(date =>
        dayName(date, now, language),
      );
    assert.deepEqual(names('en'), [
      'Today',
      'Yesterday',
      'November 23',
      'December 31, 2025',
      'November 26',
    ]);
    assert.deepEqual(names('ru'), [
      'Сегодня',
      'Вчера',
      '23 ноября',
      '31 декабря 2025 г.',
      '26 ноября',
    ]);
    assert.deepEqual(names('de').slice(0, 3), ['Heute', 'Gestern', '23. November']);
    assert.equal(fullDate('2026-11-24', 'ru'), 'Вторник, 24 ноября 2026 г.');
    assert.equal(fullDate('2026-11-24', 'en'), 'Tuesday, November 24, 2026');
  });

  it('are yesterday half an hour after midnight, after a day of 23 hours, and in January', () => {
    inZone('Europe/Berlin');
    assert.equal(dayName('2026-03-29', new Date('2026-03-30T00:30'), 'en'), 'Yesterday');
    assert.equal(dayName('2026-10-25', new Date('2026-10-26T00:30'), 'en'), 'Yesterday');
    assert.equal(dayName('2025-12-31', new Date('2026-01-01T00:00'), 'en'), 'Yesterday');
    assert.equal(dayName('2026-03-28', new Date('2026-03-30T00:30'), 'en'), 'March 28');
  });

  it('stand for their GUIDs when dragged, and each GUID is dropped once', () => {
    inZone('UTC');
    const records = uploadsAt('2026-11-24T12:00Z', '2026-11-24T11:00Z', '2026-11-23T12:00Z');
    const [today] = byDay(records);
    const [first, second, third] = records;
    assert.ok(today && first && second && third);
    const lines = (...guids: readonly string[]): string => guids.join('\n');
    assert.equal(guidLines([second]), second.guid);
    assert.equal(guidLines([third, today, first]), lines(third.guid, first.guid, second.guid));
    assert.equal(guidLines([]), '');
  });
});
