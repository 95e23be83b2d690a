import { describe, expect, it } from 'vitest';
import { clockText, minutesText } from '../../renderer/views/admin/device/clock-text.ts';

describe('a time of day as people type it', () => {
  it.each([['6', '06:00'], ['6h', '06:00'], ['6h30', '06:30'], ['06:00', '06:00'], ['22.15', '22:15'], ['600', '06:00'], ['2359', '23:59'], [' 0:05 ', '00:05']])('%j is %s', (typed, clock) => {
    expect(clockText(typed)).toBe(clock);
  });
  it.each(['', '24:00', '12:60', '1:2', 'sáu', '-1', '12345', '6:00 PM'])('%j is none', (typed) => {
    expect(clockText(typed)).toBe(null);
  });
  it('minutes are whole and of one day', () => {
    expect(['0', '45', ' 1440 ', '1441', '-5', '1.5', '', '1e2'].map(minutesText)).toEqual([0, 45, 1440, null, null, null, null, null]);
  });
});
