import { describe, expect, it } from 'vitest';
import { momentOf, usualEnd } from '../../renderer/views/admin/date-entry.ts';

describe('until when a visit is offered', () => {
  it.each([
    ['2026-11-22T08:00:00+07:00', '22/11/2026 17:30'], ['2026-11-22T16:30:00+07:00', '22/11/2026 17:30'],
    ['2026-11-22T16:31:00+07:00', '22/11/2026 20:31'], ['2026-11-22T22:01:00+07:00', '23/11/2026 02:01'],
  ])('from %s: %s', (now, end) => {
    const { date, clock } = usualEnd(new Date(now));
    expect(`${date} ${clock}`).toBe(end);
    expect(Date.parse(momentOf({ date, clock })!)).toBeGreaterThan(Date.parse(now));
  });
});
