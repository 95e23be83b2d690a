import { describe, expect, it } from 'vitest';
import { addDays, workDateOf } from '../../shared/domain/work-date.ts';

describe('work date', () => {
  it.each([
    ['2026-11-22T16:59:59.999Z', '2026-11-22'], ['2026-11-22T17:00:00Z', '2026-11-23'], ['2026-12-31T17:00:00Z', '2027-01-01'], ['2024-02-28T17:00:00Z', '2024-02-29'],
  ])('%s is %s in Vietnam', (at, date) => {
    expect(workDateOf(Date.parse(at))).toBe(date);
  });
  it('days are added over months, years and leap days', () => {
    expect([addDays('2026-12-31', 1), addDays('2024-02-28', 1), addDays('2026-03-01', -1)]).toEqual(['2027-01-01', '2024-02-29', '2026-02-28']);
  });
});
