import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Assignment } from '../../../shared/contracts/shift.ts';
import { mapAssignmentColumns, readAssignmentRow, replaceAssignments } from '../../../shared/domain/assignment.ts';
import type { Cell } from '../../../shared/domain/sheet-cell.ts';
import { addDays } from '../../../shared/domain/work-date.ts';

const of = (shiftId: string, from: string, to = from): Assignment => ({ workerId: 'W1', shiftId, from: `2026-11-${from}`, to: `2026-11-${to}` });
const row = (...texts: (string | Cell)[]) => readAssignmentRow(
  texts.map((text) => (typeof text === 'string' ? { text, kind: 'text' } : text)), { workerId: 0, shiftId: 1, from: 2, to: 3 });
const reason = (...texts: (string | Cell)[]): string => { const read = row(...texts); return 'refusal' in read ? read.refusal.detail : 'taken'; };

describe('a sheet of assignments', () => {
  it('is known by Vietnamese and by English headers, in any order; all four are needed', () => {
    expect(mapAssignmentColumns(['Từ ngày', 'Đến ngày', 'Ca làm việc', 'Mã công nhân'])).toEqual({ workerId: 3, shiftId: 2, from: 0, to: 1 });
    expect(mapAssignmentColumns(['workerId', 'shiftId', 'from', 'to'])).toEqual({ workerId: 0, shiftId: 1, from: 2, to: 3 });
    expect(mapAssignmentColumns(['Mã NV', 'Ca', 'Từ ngày'])).toBe(null);
  });
  it('takes Vietnamese dates, ISO dates and dates of a spreadsheet', () => {
    expect(row('NV1', 'CA1', '1/11/2026', '2026-11-30')).toEqual({ assignment: { workerId: 'NV1', shiftId: 'CA1', from: '2026-11-01', to: '2026-11-30' } });
    expect(row('NV1', 'CA1', { text: '2026-11-01', kind: 'date' }, '30-11-2026')).toHaveProperty('assignment.to', '2026-11-30');
  });
  it('refuses a row with what is wrong in it', () => {
    expect(reason('', 'CA1', '01/11/2026', '01/11/2026')).toBe('Thiếu mã công nhân.');
    expect(reason('NV1', '', '01/11/2026', '01/11/2026')).toBe('Thiếu mã ca.');
    expect(reason('NV1', 'CA1', '', '01/11/2026')).toBe('Thiếu từ ngày.');
    expect(reason('NV1', 'CA1', '31/02/2026', '01/11/2026')).toContain('không phải ngày');
    expect(reason('NV1', 'CA1', { text: '46327', kind: 'number' }, '01/11/2026')).toContain('là số, không phải ngày');
    expect(reason('NV1', 'CA1', '02/11/2026', '01/11/2026')).toBe('Đến ngày sớm hơn từ ngày.');
  });
});

describe('new assignments in the place of old ones', () => {
  it('take only the dates that they name', () => {
    expect(replaceAssignments([of('A', '01', '30')], [of('B', '10', '12')])).toEqual([of('A', '01', '09'), of('B', '10', '12'), of('A', '13', '30')]);
  });
  it('of one date are a split day; the same again changes nothing', () => {
    const split = [of('am', '02'), of('pm', '02')];
    expect(replaceAssignments([], split)).toEqual(split);
    expect(replaceAssignments(split, split)).toEqual(split);
  });
  it('on each date give the new shifts where there are any, else the old ones', () => {
    const dates = fc.tuple(fc.integer({ min: 1, max: 28 }), fc.integer({ min: 0, max: 9 })).map(([start, length]) => {
      const from = `2026-11-${String(start).padStart(2, '0')}`;
      return { from, to: addDays(from, length) };
    });
    const list = fc.array(fc.tuple(dates, fc.constantFrom('A', 'B', 'C')).map(([range, shiftId]): Assignment => ({ workerId: 'W1', shiftId, ...range })), { maxLength: 6 });
    const on = (all: readonly Assignment[], date: string): string[] => [...new Set(all.filter(({ from, to }) => from <= date && date <= to).map(({ shiftId }) => shiftId))].sort();
    fc.assert(fc.property(list, list, (old, fresh) => {
      const after = replaceAssignments(old, fresh);
      for (let date = '2026-11-01'; date <= '2026-12-10'; date = addDays(date, 1)) {
        expect([date, on(after, date)]).toEqual([date, on(fresh, date).length > 0 ? on(fresh, date) : on(old, date)]);
      }
      expect(replaceAssignments(after, fresh)).toEqual(after);
    }), { numRuns: 300 });
  });
});
