import type { LabourLaw, LabourPeriod, LabourSettings, LabourValueName, Permission, ProtectedGroup } from '../contracts/labour.ts';
import type { Protection, WorkerDetails } from '../contracts/worker-details.ts';
import { weekday } from './shift.ts';
import { addDays } from './work-date.ts';

/** What the law asks of a worker besides his hours. Dates ISO; null is not known. */
export interface LabourWorker extends Pick<WorkerDetails, 'protections' | 'overtimeConsent'> {
  birthDate: string | null;
  department: string;
}

/** The rules that hold on a date: those of the last period that has begun, else the first that the file has. */
export function rulesOn({ periods }: LabourLaw, date: string): LabourPeriod {
  // Asked dozens of times for each date of each worker, nearly always of the law of today.
  const last = periods[periods.length - 1]!;
  if (last.from <= date && last.to === null) return last;
  return periods.findLast(({ from, to }) => from <= date && (to === null || date <= to)) ?? periods[0]!;
}

/** A value of the law on a date. */
export function valueOn(law: LabourLaw, date: string, name: LabourValueName): number {
  return rulesOn(law, date).values[name].value;
}

/** The article that a value stands in. */
export function basisOf(law: LabourLaw, date: string, name: LabourValueName): string {
  return rulesOn(law, date).values[name].basis;
}

export type DayKind = 'working' | 'rest' | 'holiday';

const holidays = new WeakMap<LabourLaw, ReadonlyMap<string, 'holiday' | 'substitute'>>();

/**
 * What a date is for a worker: a holiday of art. 112; a day of weekly rest (no shift on a date of somebody who has one, or
 * the site's day of rest), which a substitute day is too (art. 111.3); else a working day.
 */
export function dayKind(law: LabourLaw, settings: LabourSettings, date: string, plan: 'shift' | 'day-off' | 'none'): DayKind {
  const known = holidays.get(law) ?? new Map(law.holidays.map((one) => [one.date, one.kind]));
  holidays.set(law, known);
  const special = known.get(date);
  if (special !== undefined) return special === 'holiday' ? 'holiday' : 'rest';
  if (plan === 'none') return weekday(date) === settings.restWeekday ? 'rest' : 'working';
  return plan === 'day-off' ? 'rest' : 'working';
}

/** The normal minutes of a day at a site, which the law bounds (art. 105). */
export function normalDay(law: LabourLaw, settings: LabourSettings, date: string): number {
  return Math.min(settings.normalDayMinutes, valueOn(law, date, settings.scheme === 'week' ? 'weeklySchemeDay' : 'normalDay'));
}

/** The cap of a year in minutes, by the basis that the site has chosen (art. 107). */
export function yearCap(law: LabourLaw, settings: LabourSettings, date: string): number {
  return valueOn(law, date, settings.yearBasis === 'extended' ? 'overtimeYearExtended' : 'overtimeYear');
}

export interface Guarding {
  group: ProtectedGroup;
  basis: string;
  overtimeForbidden: boolean;
  nightForbidden: boolean;
  dayMinutes: number | null;
  weekMinutes: number | null;
}

/** Which protections hold for a worker on a date, those that forbid something; empty for nearly everybody. */
export function guardingOn(law: LabourLaw, settings: LabourSettings, worker: LabourWorker, date: string): Guarding[] {
  if (worker.protections.length === 0 && worker.birthDate === null) return [];
  const { groups, values } = rulesOn(law, date);
  const age = worker.birthDate === null ? null : ageOn(worker.birthDate, date);
  if (worker.protections.length === 0 && age !== null && age >= values.minorAge.value) return [];
  const names = new Set<ProtectedGroup>(worker.protections.filter((one) => covers(guardedTime(one, values, settings), date)).map(({ kind }) => kind));
  if (age !== null && age < values.childAge.value) names.add('child');
  else if (age !== null && age < values.minorAge.value) names.add('minor');
  return [...names].sort().map((group) => {
    const { overtime, night, dayMinutes, weekMinutes, basis } = groups[group];
    return { group, basis, dayMinutes, weekMinutes, overtimeForbidden: forbids(overtime, group, settings), nightForbidden: forbids(night, group, settings) };
  }).filter((one) => one.overtimeForbidden || one.nightForbidden || one.dayMinutes !== null);
}

/** Whether a worker has agreed to overtime on a date, as the roster tells. */
export function hasConsent({ overtimeConsent }: LabourWorker, date: string): boolean {
  return overtimeConsent !== null && covers(overtimeConsent, date);
}

/** Full years on a date; whoever is born on 29 February is a year older on 1 March of other years. */
export function ageOn(birthDate: string, date: string): number {
  return Number(date.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (date.slice(5) < birthDate.slice(5) ? 1 : 0);
}

function covers({ from, to }: Pick<Protection, 'from' | 'to'>, date: string): boolean {
  return (from === null || from <= date) && (to === null || date <= to);
}

/**
 * When the law guards somebody. A pregnancy is noted from its beginning, and counts from the first day of the 7th month (of
 * the 6th in a remote area); nursing from the birth on, for twelve months. Where the beginning is not known it always counts.
 */
function guardedTime({ kind, from, to }: Protection, values: LabourPeriod['values'], { remoteArea }: LabourSettings): Pick<Protection, 'from' | 'to'> {
  if (from === null) return { from, to };
  if (kind === 'pregnant') return { from: addMonths(from, (remoteArea ? values.pregnantMonthRemote : values.pregnantMonth).value - 1), to };
  const end = kind === 'nursing' ? addDays(addMonths(from, values.nursingMonths.value), -1) : to;
  return { from, to: to === null || (end !== null && end < to) ? end : to };
}

/** The same day of the month so many months later, or the last of that month. */
function addMonths(date: string, months: number): string {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0));
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last.getUTCDate()))).toISOString().slice(0, 10);
}

function forbids(permission: Permission, group: ProtectedGroup, settings: LabourSettings): boolean {
  if (permission === 'forbidden') return true;
  if (permission === 'listed-work') return !settings.minorsListedWork;
  if (permission === 'consent') return group === 'disabled' ? !settings.disabledConsent : !settings.nursingConsent;
  return false;
}
