import { describe, expect, it } from 'vitest';
import catalogue from '../../resources/catalogue/calendar-vn.json' with { type: 'json' };
import { dueAfterPause, dueDate } from '../../shared/domain/due-date.ts';
import { dayOff, instantOf, localMoment, nextWorkingDay, WorkingCalendar } from '../../shared/domain/working-calendar.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import type { Procedure } from '../../shared/contracts/dossier.ts';

const calendar = WorkingCalendar.parse(catalogue);

/** `2026-11-20 09:00` in Vietnam as an instant. */
const at = (local: string): string => `${local.replace(' ', 'T')}:00+07:00`;
const local = (instant: string): string => {
  const { date, minute } = localMoment(instant);
  return `${date} ${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
};
const days = (amount: number): Procedure['term'] => ({ amount, unit: 'working-day' });
const hours = (amount: number): Procedure['term'] => ({ amount, unit: 'working-hour' });
const sameDay: Procedure['term'] = { amount: 1, unit: 'working-day', firstDayCounts: true };
const due = (term: Procedure['term'], cutOff: string | null, received: string): string => local(dueDate({ term, cutOff }, at(received), calendar)!.dueAt);

describe('working days: the day of intake does not count', () => {
  it.each([
    // 16 to 20 November 2026 are Monday to Friday.
    [1, '2026-11-16 08:00', '2026-11-17 17:00'],
    [1, '2026-11-16 16:59', '2026-11-17 17:00'],
    [1, '2026-11-20 09:00', '2026-11-23 17:00'],
    [2, '2026-11-20 09:00', '2026-11-24 17:00'],
    [3, '2026-11-16 10:00', '2026-11-19 17:00'],
    [3, '2026-11-18 10:00', '2026-11-23 17:00'],
    [5, '2026-11-16 07:30', '2026-11-23 17:00'],
    [5, '2026-11-20 07:30', '2026-11-27 17:00'],
    [7, '2026-11-16 10:00', '2026-11-25 17:00'],
    [10, '2026-11-16 10:00', '2026-11-30 17:00'],
    [20, '2026-11-16 10:00', '2026-12-14 17:00'],
    [30, '2026-11-16 10:00', '2026-12-28 17:00'],
    [1, '2026-11-16 06:00', '2026-11-17 17:00'],
    [1, '2026-11-16 12:15', '2026-11-17 17:00'],
  ])('%i days from %s → %s', (amount, received, expected) => expect(due(days(amount), null, received)).toBe(expected));
});

describe('intake outside office days and hours counts from the next working day', () => {
  it.each([
    [1, '2026-11-16 17:00', '2026-11-18 17:00'],
    [1, '2026-11-16 20:00', '2026-11-18 17:00'],
    [1, '2026-11-20 18:00', '2026-11-24 17:00'],
    [1, '2026-11-21 09:00', '2026-11-24 17:00'],
    [1, '2026-11-22 23:59', '2026-11-24 17:00'],
    [3, '2026-11-21 09:00', '2026-11-26 17:00'],
    [1, '2026-09-02 09:00', '2026-09-04 17:00'],
    [1, '2026-02-18 09:00', '2026-02-24 17:00'],
  ])('%i days from %s → %s', (amount, received, expected) => expect(due(days(amount), null, received)).toBe(expected));
});

describe('after 15:00', () => {
  it.each([
    [days(3), '2026-11-16 14:59', '2026-11-19 17:00'],
    [days(3), '2026-11-16 15:00', '2026-11-19 17:00'],
    [days(3), '2026-11-16 15:01', '2026-11-20 17:00'],
    [days(3), '2026-11-20 15:20', '2026-11-26 17:00'],
    [days(3), '2026-11-21 08:00', '2026-11-26 17:00'],
    [sameDay, '2026-11-16 08:00', '2026-11-16 17:00'],
    [sameDay, '2026-11-16 15:00', '2026-11-16 17:00'],
    [sameDay, '2026-11-16 15:01', '2026-11-17 17:00'],
    [sameDay, '2026-11-20 15:01', '2026-11-23 17:00'],
    [sameDay, '2026-11-20 19:00', '2026-11-23 17:00'],
    [sameDay, '2026-11-21 10:00', '2026-11-23 17:00'],
    [sameDay, '2026-04-29 16:00', '2026-05-04 17:00'],
    [hours(4), '2026-11-16 15:30', '2026-11-17 11:30'],
  ])('%j from %s → %s', (term, received, expected) => expect(due(term, '15:00', received)).toBe(expected));
});

describe('holidays, days in lieu and make-up days', () => {
  it.each([
    ['New Year 2026', 1, '2025-12-31 09:00', '2026-01-02 17:00'],
    ['Tết 2025', 1, '2025-01-24 09:00', '2025-02-03 17:00'],
    ['Tết 2026', 1, '2026-02-13 09:00', '2026-02-23 17:00'],
    ['Tết 2026 within a longer term', 5, '2026-02-11 09:00', '2026-02-25 17:00'],
    ['Tết 2027', 1, '2027-02-04 09:00', '2027-02-12 17:00'],
    ['Giỗ Tổ 2025 on a Monday', 1, '2025-04-04 09:00', '2025-04-08 17:00'],
    ['Giỗ Tổ 2026 on a Sunday: Monday in lieu', 1, '2026-04-24 09:00', '2026-04-28 17:00'],
    ['Giỗ Tổ 2027 on a Friday', 1, '2027-04-15 09:00', '2027-04-19 17:00'],
    ['make-up Saturday 26/4/2025 works', 1, '2025-04-25 09:00', '2025-04-26 17:00'],
    ['intake on the make-up Saturday', 1, '2025-04-26 09:00', '2025-04-28 17:00'],
    ['30/4 to 4/5/2025 with the swapped Friday', 1, '2025-04-29 09:00', '2025-05-05 17:00'],
    ['30/4 and 1/5/2026', 1, '2026-04-29 09:00', '2026-05-04 17:00'],
    ['1/5/2027 on a Saturday: Monday in lieu', 1, '2027-04-29 09:00', '2027-05-04 17:00'],
    ['2/9/2025 and the day before', 1, '2025-08-29 09:00', '2025-09-03 17:00'],
    ['2/9/2026 and the day before', 1, '2026-08-31 09:00', '2026-09-03 17:00'],
    ['2/9/2027 and the day after', 1, '2027-09-01 09:00', '2027-09-06 17:00'],
    ['24/11/2026 is announced, not yet off', 1, '2026-11-23 09:00', '2026-11-24 17:00'],
    ['over the turn of the year', 3, '2026-12-30 09:00', '2027-01-05 17:00'],
    ['29 February', 1, '2028-02-28 09:00', '2028-02-29 17:00'],
  ])('%s', (_, amount, received, expected) => expect(due(days(amount), null, received)).toBe(expected));
});

describe('working hours and half days', () => {
  it.each([
    [hours(1), '2026-11-16 08:00', '2026-11-16 09:00'],
    [hours(2), '2026-11-16 10:30', '2026-11-16 14:00'],
    [hours(4), '2026-11-16 07:30', '2026-11-16 11:30'],
    [hours(4), '2026-11-16 13:00', '2026-11-16 17:00'],
    [hours(4), '2026-11-16 12:00', '2026-11-16 17:00'],
    [hours(8), '2026-11-16 07:30', '2026-11-16 17:00'],
    [hours(8), '2026-11-16 10:00', '2026-11-17 10:00'],
    [hours(4), '2026-11-20 16:00', '2026-11-23 10:30'],
    [hours(4), '2026-11-21 09:00', '2026-11-23 11:30'],
    [hours(2), '2026-11-16 05:00', '2026-11-16 09:30'],
    [hours(16), '2026-02-13 13:00', '2026-02-24 11:30'],
    [days(0.5), '2026-11-16 09:00', '2026-11-16 14:30'],
    [days(0.25), '2026-11-16 09:00', '2026-11-16 11:00'],
    [days(1.5), '2026-11-16 07:30', '2026-11-17 11:30'],
    [days(2.5), '2026-11-20 13:00', '2026-11-24 17:00'],
  ])('%j from %s → %s', (term, received, expected) => expect(due(term, null, received)).toBe(expected));
});

describe('explanation', () => {
  const lines = (term: Procedure['term'], cutOff: string | null, received: string): string => dueDate({ term, cutOff }, at(received), calendar)!.explanation.join('\n');

  it('says when it was received, from when it counts, what was left out and when it is due', () => {
    expect(dueDate({ term: days(3), cutOff: '15:00' }, at('2026-11-19 15:20'), calendar)!.explanation).toEqual([
      'Nhận 15:20 19/11/2026 → nhận sau 15 giờ, tính từ 20/11/2026',
      'Thời hạn 3 ngày làm việc, không tính ngày bắt đầu',
      'Trừ thứ bảy (21/11/2026); chủ nhật (22/11/2026)',
      '24/11/2026 (Ngày Văn hóa Việt Nam) chưa tính là ngày nghỉ',
      'Hẹn trả: 17:00 25/11/2026',
    ]);
  });
  it('names a holiday', () => expect(lines(days(1), null, '2026-02-13 09:00')).toContain('Tết Bính Ngọ (5 ngày, 16/02/2026–20/02/2026)'));
  it('says that a year has no list of holidays yet', () => expect(lines(days(3), null, '2027-12-30 09:00')).toContain('Chưa có lịch nghỉ lễ năm 2028'));
  it('says same day', () => expect(lines(sameDay, '15:00', '2026-11-16 09:00')).toContain('Thời hạn: trong ngày làm việc'));
  it('writes half days with a comma', () => expect(lines(days(0.5), null, '2026-11-16 09:00')).toContain('0,5 ngày'));
  it('no term, no date', () => expect(dueDate({ term: null, cutOff: '15:00' }, at('2026-11-16 09:00'), calendar)).toBeNull());
});

describe('pause while a supplement is awaited', () => {
  const shifted = (received: string, paused: string, resumed: string, term = days(5)): string => {
    const first = dueDate({ term, cutOff: null }, at(received), calendar)!;
    return local(dueAfterPause(first, at(paused), at(resumed), calendar).dueAt);
  };
  it.each([
    ['two working days away', '2026-11-16 09:00', '2026-11-17 10:00', '2026-11-19 10:00', '2026-11-25 17:00'],
    ['over a weekend', '2026-11-16 09:00', '2026-11-20 10:00', '2026-11-23 10:00', '2026-11-24 17:00'],
    ['less than a day still ends with office hours', '2026-11-16 09:00', '2026-11-17 09:00', '2026-11-17 15:00', '2026-11-24 17:00'],
    ['after the due date nothing is left: the day it comes back', '2026-11-16 09:00', '2026-11-26 09:00', '2026-11-30 09:00', '2026-11-30 17:00'],
    ['stopped and resumed on days off: no working time was lost', '2026-11-16 09:00', '2026-11-21 09:00', '2026-11-22 09:00', '2026-11-23 17:00'],
  ])('%s', (_, received, paused, resumed, expected) => expect(shifted(received, paused, resumed)).toBe(expected));
  it('adds its reason to the explanation', () => {
    const first = dueDate({ term: days(5), cutOff: null }, at('2026-11-16 09:00'), calendar)!;
    const lines = dueAfterPause(first, at('2026-11-17 10:00'), at('2026-11-19 10:00'), calendar).explanation;
    expect(lines.slice(0, first.explanation.length)).toEqual(first.explanation);
    expect(lines.join('\n')).toContain('Tạm dừng từ 10:00 17/11/2026 đến 10:00 19/11/2026');
  });
});

describe('calendar', () => {
  it('local time is +07:00 whatever the machine says', () => {
    expect(localMoment('2026-11-20T17:30:00Z')).toEqual({ date: '2026-11-21', minute: 30 });
    expect(instantOf({ date: '2026-11-21', minute: 30 })).toBe('2026-11-20T17:30:00.000Z');
  });
  it('every listed day off stands on a weekday, every make-up day on a weekend', () => {
    const weekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
    for (const { date, kind } of calendar.days) expect([date, weekend(date)]).toEqual([date, kind === 'work']);
  });
  it('days are in order, once each, with a source', () => {
    const dates = calendar.days.map(({ date }) => date);
    expect(dates).toEqual([...new Set(dates)].toSorted());
    for (const { source } of calendar.days) expect(source).not.toBe('');
  });
  it('a property: the term ends on a working day and never before a shorter one', () => {
    let last = '';
    for (let n = 1; n <= 260; n++) {
      const end = due(days(n), null, '2026-01-05 09:00');
      expect(dayOff(end.slice(0, 10), calendar)).toBeNull();
      expect(end > last).toBe(true);
      last = end;
    }
  });
  it('a calendar without a working day is refused', () => {
    expect(() => nextWorkingDay('2026-01-01', { ...calendar, weekend: [0, 1, 2, 3, 4, 5, 6], days: [] })).toThrow(TypeError);
  });
  it('adds days over a leap day', () => expect(addDays('2028-02-28', 2)).toBe('2028-03-01'));
});
