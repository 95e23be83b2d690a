import type { LabourLaw, LabourSettings } from '../contracts/labour.ts';
import type { DayCount } from './labour-day.ts';
import { valueOn, yearCap } from './labour-rules.ts';
import { weekday } from './shift.ts';
import { addDays } from './work-date.ts';

/** Sums over work dates in minutes. Overtime by pay class (art. 98): working day 150 %, weekly rest 200 %, holiday 300 %. */
export interface LabourSums {
  days: number;
  normal: number;
  overtime: number;
  capped: number;
  night: number;
  nightOvertime: number;
  workingDayOvertime: number;
  restDayOvertime: number;
  holidayOvertime: number;
}

export const noLabour: LabourSums = {
  days: 0, normal: 0, overtime: 0, capped: 0, night: 0, nightOvertime: 0, workingDayOvertime: 0, restDayOvertime: 0, holidayOvertime: 0,
};

/** Sums with one more day; minutes. */
export function addCount(sums: LabourSums, { kind, normal, overtime, capped, night, nightOvertime }: DayCount): LabourSums {
  return {
    days: sums.days + 1, normal: sums.normal + normal, overtime: sums.overtime + overtime, capped: sums.capped + capped,
    night: sums.night + night, nightOvertime: sums.nightOvertime + nightOvertime,
    workingDayOvertime: sums.workingDayOvertime + (kind === 'working' ? overtime : 0),
    restDayOvertime: sums.restDayOvertime + (kind === 'rest' ? overtime : 0),
    holidayOvertime: sums.holidayOvertime + (kind === 'holiday' ? overtime : 0),
  };
}

export type PeriodKind = 'day' | 'week' | 'month' | 'year';

/** The period of a kind that a date lies in: the date, the Monday of its week, its month, its year. */
export function periodOf(kind: PeriodKind, date: string): string {
  return kind === 'day' ? date : kind === 'week' ? weekOf(date) : date.slice(0, kind === 'month' ? 7 : 4);
}

/** The Monday of a date's week. */
export function weekOf(date: string): string {
  const known = mondays.get(date);
  if (known !== undefined) return known;
  const monday = addDays(date, 1 - weekday(date));
  // A few years of dates are asked for again and again, for each of thousands of workers.
  if (mondays.size < mostMondays) mondays.set(date, monday);
  return monday;
}

const mondays = new Map<string, string>();
const mostMondays = 10_000;

/** Sums by day, week, month or year. */
export function sumsBy(kind: PeriodKind, counts: readonly DayCount[]): Map<string, LabourSums> {
  const sums = new Map<string, LabourSums>();
  for (const count of counts) {
    const period = periodOf(kind, count.workDate);
    sums.set(period, addCount(sums.get(period) ?? noLabour, count));
  }
  return sums;
}

/** How far a worker has gone towards each cap, in minutes. `week` is null where neither law nor customer bounds it for him yet. */
export interface Standing {
  week: { used: number; cap: number } | null;
  month: { used: number; cap: number };
  year: { used: number; cap: number };
}

/** The week as far as it counts for a standing: normal and all hours. */
export interface WeekWork { normal: number; overtime: number }

/**
 * Where somebody stands on a date, from what counts in the month and the year and from the week's hours. The law bounds the
 * normal hours of a week (art. 105), which a full week reaches every time: they are told only once they are passed; a
 * customer's cap on all hours is told like the others.
 */
export function standingOn(law: LabourLaw, settings: LabourSettings, date: string, used: { week: WeekWork; month: number; year: number }): Standing {
  const normalCap = Math.min(settings.normalWeekMinutes, valueOn(law, date, 'normalWeek'));
  const total = used.week.normal + used.week.overtime;
  const week = used.week.normal > normalCap ? { used: used.week.normal, cap: normalCap }
    : settings.weekLimitMinutes === null ? null : { used: total, cap: settings.weekLimitMinutes };
  return { week, month: { used: used.month, cap: valueOn(law, date, 'overtimeMonth') }, year: { used: used.year, cap: yearCap(law, settings, date) } };
}

/** Minutes left to a cap; none once it is reached. */
export function leftOf({ used, cap }: { used: number; cap: number }): number {
  return Math.max(0, cap - used);
}

/** The greatest share of any cap, percent, rounded down so that 100 is never told before the cap is reached. */
export function shareOf({ week, month, year }: Standing): number {
  return Math.max(...[week, month, year].map((one) => (one === null ? 0 : Math.floor((one.used * 100) / one.cap))));
}

/** Whether a cap is passed, not only reached. */
export function isOver({ week, month, year }: Standing): boolean {
  return [week, month, year].some((one) => one !== null && one.used > one.cap);
}
