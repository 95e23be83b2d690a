import { z } from 'zod';
import { LocalDate } from '../contracts/identity.ts';
import { vietnamOffsetMs } from './local-day.ts';
import { addDays } from './work-date.ts';

const LocalTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/**
 * A working calendar as data: weekly rest days, holidays, make-up days and office hours.
 * `kind`: `off` a day off; `work` a make-up working day; `announced` talked of, not yet counted as a day off.
 * Source: Bộ luật Lao động 2019 art. 111, 112 and the yearly notices.
 */
export const WorkingCalendar = z.object({
  /** Years whose holidays the list knows; in other years only weekly rest days are left out. */
  years: z.array(z.number().int()),
  /** Days of weekly rest, Sunday = 0. */
  weekend: z.array(z.number().int().min(0).max(6)).max(6),
  officeHours: z.array(z.object({ from: LocalTime, to: LocalTime })).min(1).max(4),
  verified: z.boolean(),
  days: z.array(z.object({
    date: LocalDate, kind: z.enum(['off', 'work', 'announced']), name: z.string().max(200), source: z.string().max(500), verified: z.boolean(),
  })),
});
export type WorkingCalendar = z.infer<typeof WorkingCalendar>;

/** Minutes since local midnight. */
export type DayMinute = number;

/** A local moment in Vietnam, UTC+07:00 all year since 1975. */
export interface LocalMoment { date: string; minute: DayMinute }


/** The local date and minute of an instant (ISO with offset, or milliseconds); seconds are cut off. */
export function localMoment(instant: string | number): LocalMoment {
  const ms = typeof instant === 'number' ? instant : Date.parse(instant);
  const iso = new Date(ms + vietnamOffsetMs).toISOString();
  return { date: iso.slice(0, 10), minute: Number(iso.slice(11, 13)) * 60 + Number(iso.slice(14, 16)) };
}

/** The instant of a local moment, ISO in UTC. */
export function instantOf({ date, minute }: LocalMoment): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + minute * 60_000 - vietnamOffsetMs).toISOString();
}

/** Sunday = 0. */
export function weekday(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}

/** `07:30` as minutes of the day. */
export function minuteOf(time: string): DayMinute {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
}

/** What a day is: a working day, or why it is a day off, in Vietnamese. */
export function dayOff(date: string, calendar: WorkingCalendar): string | null {
  const special = calendar.days.find((day) => day.date === date && day.kind !== 'announced');
  if (special !== undefined) return special.kind === 'off' ? special.name : null;
  if (!calendar.weekend.includes(weekday(date))) return null;
  return weekday(date) === 0 ? 'chủ nhật' : weekday(date) === 6 ? 'thứ bảy' : 'nghỉ hằng tuần';
}

/** The first working day strictly after a date. `onSkip` hears of every day off that is passed over. */
export function nextWorkingDay(date: string, calendar: WorkingCalendar, onSkip?: (date: string, reason: string) => void): string {
  // A year of days off in a row is a broken calendar, not a long holiday.
  for (let step = 1; step <= 366; step++) {
    const day = addDays(date, step);
    const off = dayOff(day, calendar);
    if (off === null) return day;
    onSkip?.(day, off);
  }
  throw new TypeError('the calendar has no working day within a year');
}

/** Office hours as minutes, in order. */
export function officeSpans(calendar: WorkingCalendar): { from: DayMinute; to: DayMinute }[] {
  return calendar.officeHours.map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) })).sort((a, b) => a.from - b.from);
}

/** When the office opens on a working day. */
export function openingMinute(calendar: WorkingCalendar): DayMinute {
  return officeSpans(calendar)[0]!.from;
}

/** When the office closes on a working day. */
export function closingMinute(calendar: WorkingCalendar): DayMinute {
  return officeSpans(calendar).at(-1)!.to;
}
