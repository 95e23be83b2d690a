import { expect, it } from 'vitest';
import { momentOf } from '../../renderer/views/admin/date-entry.ts';

it.each([
  ['22/11/2026', '08:00', '2026-11-22T01:00:00.000Z'], ['1/2/2026', '7:05', '2026-02-01T00:05:00.000Z'], ['1-2-2026', '23h59', '2026-02-01T16:59:00.000Z'], ['29/02/2028', '0000', '2028-02-28T17:00:00.000Z'],
  ['31/11/2026', '08:00', null], ['29/02/2026', '08:00', null], ['22/13/2026', '08:00', null], ['2026-11-22', '08:00', null], ['22/11/2026', '24:00', null], ['22/11/2026', '8', null], ['', '', null],
])('%s %s is %s', (date, clock, instant) => expect(momentOf({ date, clock })).toBe(instant));
