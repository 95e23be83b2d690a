import type { LabourLaw, LabourSettings } from '../contracts/labour.ts';
import { countDay, type DayCount, type LabourDay } from './labour-day.ts';
import { basisOf, guardingOn, hasConsent, normalDay, rulesOn, valueOn, yearCap, type LabourWorker } from './labour-rules.ts';
import { periodOf } from './labour-sums.ts';
import { findRestFaults } from './labour-rest.ts';

export const labourFaults = [
  'overtime-day', 'day-total', 'rest-day-overtime', 'normal-week', 'week-limit', 'overtime-month', 'overtime-year', 'shift-rest', 'short-rest',
  'weekly-rest', 'break-short', 'overtime-forbidden', 'night-forbidden', 'guarded-day', 'guarded-week', 'no-consent',
] as const;
export type LabourFault = (typeof labourFaults)[number];

/** One thing that the law does not allow (`violation`) or that somebody should look at (`warning`). */
export interface Finding {
  fault: LabourFault;
  level: 'violation' | 'warning';
  /** The work date on which it came about; of a week, month or year the one that passed the bound. */
  date: string;
  /** Minutes that there were and minutes that are allowed: at most, of a rest or break at least. */
  actual: number;
  allowed: number;
  /** Article. */
  basis: string;
}

const customer = 'Quy định của khách hàng, không phải pháp luật';

/**
 * What a worker's days are by the law: the count of each, and everything that is not allowed, in order of dates. Pure: the
 * order of `days` does not matter, each work date is given once. `known`: from and to between which all work is in `days`
 * (ISO, both included), for what only the absence of work can tell.
 */
export function checkLabour(
  law: LabourLaw, settings: LabourSettings, worker: LabourWorker, given: readonly LabourDay[], known: { from: string; to: string },
): { counts: DayCount[]; findings: Finding[] } {
  const days = given.toSorted((a, b) => (a.workDate < b.workDate ? -1 : 1));
  const counts = days.map((day) => countDay(law, settings, worker, day));
  const findings = [
    ...counts.flatMap((count, i) => [...dayFaults(law, settings, count), ...breakFault(law, days[i]!), ...guardFaults(law, settings, worker, count)]),
    ...periodFaults(law, settings, worker, counts),
    ...findRestFaults(law, days, known),
  ];
  return { counts, findings: findings.toSorted((a, b) => (a.date === b.date ? labourFaults.indexOf(a.fault) - labourFaults.indexOf(b.fault) : a.date < b.date ? -1 : 1)) };
}

function dayFaults(law: LabourLaw, settings: LabourSettings, { workDate: date, kind, normal, overtime }: DayCount): Finding[] {
  const over = (fault: LabourFault, actual: number, allowed: number, basis: string): Finding[] => (
    actual > allowed ? [{ fault, level: 'violation', date, actual, allowed, basis }] : []);
  if (kind !== 'working') return over('rest-day-overtime', overtime, valueOn(law, date, 'restDayOvertime'), basisOf(law, date, 'restDayOvertime'));
  if (overtime === 0) return [];
  if (settings.scheme === 'week') return over('day-total', normal + overtime, valueOn(law, date, 'dayTotal'), basisOf(law, date, 'dayTotal'));
  const allowed = Math.floor((normalDay(law, settings, date) * valueOn(law, date, 'overtimeDayPercent')) / 100);
  return over('overtime-day', overtime, allowed, basisOf(law, date, 'overtimeDayPercent'));
}

/** The plan's break is looked at: what somebody does with it inside the gate no gate sees. */
function breakFault(law: LabourLaw, { workDate: date, breakMinutes, workedMinutes, nightMinutes }: LabourDay): Finding[] {
  if (breakMinutes === null || workedMinutes + breakMinutes < valueOn(law, date, 'breakAfter')) return [];
  const name = nightMinutes >= valueOn(law, date, 'nightBreakFrom') ? 'nightBreak' : 'break';
  const allowed = valueOn(law, date, name);
  return breakMinutes < allowed ? [{ fault: 'break-short', level: 'violation', date, actual: breakMinutes, allowed, basis: basisOf(law, date, name) }] : [];
}

function guardFaults(law: LabourLaw, settings: LabourSettings, worker: LabourWorker, { workDate: date, normal, overtime, night }: DayCount): Finding[] {
  const findings: Finding[] = guardingOn(law, settings, worker, date).flatMap(({ basis, overtimeForbidden, nightForbidden, dayMinutes }): Finding[] => [
    ...(overtimeForbidden && overtime > 0 ? [{ fault: 'overtime-forbidden', level: 'violation', date, actual: overtime, allowed: 0, basis } as const] : []),
    ...(nightForbidden && night > 0 ? [{ fault: 'night-forbidden', level: 'violation', date, actual: night, allowed: 0, basis } as const] : []),
    ...(dayMinutes !== null && normal + overtime > dayMinutes ? [{ fault: 'guarded-day', level: 'violation', date, actual: normal + overtime, allowed: dayMinutes, basis } as const] : []),
  ]);
  if (settings.consentTracked && overtime > 0 && !hasConsent(worker, date)) {
    findings.push({ fault: 'no-consent', level: 'warning', date, actual: overtime, allowed: 0, basis: 'Nghị định 145/2020/NĐ-CP Điều 59' });
  }
  return findings;
}

/** Caps over several dates: each period once, on the date that passed the cap, with the figure of the whole period. */
function periodFaults(law: LabourLaw, settings: LabourSettings, worker: LabourWorker, counts: readonly DayCount[]): Finding[] {
  const weekCap = (date: string): number => Math.min(settings.normalWeekMinutes, valueOn(law, date, 'normalWeek'));
  const guardedWeek = (date: string): { minutes: number; basis: string } | null => {
    const bounded = guardingOn(law, settings, worker, date).find(({ weekMinutes }) => weekMinutes !== null);
    return bounded === undefined ? null : { minutes: bounded.weekMinutes!, basis: bounded.basis };
  };
  const all = ({ normal, overtime }: DayCount): number => normal + overtime;
  return [
    ...passed(counts, 'week', ({ normal }) => normal, 'normal-week', (date) => ({ allowed: weekCap(date), basis: basisOf(law, date, 'normalWeek') })),
    ...passed(counts, 'week', all, 'week-limit', () => (settings.weekLimitMinutes === null ? null : { allowed: settings.weekLimitMinutes, basis: customer, level: 'warning' })),
    ...passed(counts, 'week', all, 'guarded-week', (date) => { const bound = guardedWeek(date); return bound && { allowed: bound.minutes, basis: bound.basis }; }),
    ...passed(counts, 'month', ({ capped }) => capped, 'overtime-month', (date) => ({ allowed: valueOn(law, date, 'overtimeMonth'), basis: basisOf(law, date, 'overtimeMonth') })),
    ...passed(counts, 'year', ({ capped }) => capped, 'overtime-year', (date) => ({
      allowed: yearCap(law, settings, date), basis: rulesOn(law, date).values[settings.yearBasis === 'extended' ? 'overtimeYearExtended' : 'overtimeYear'].basis,
    })),
  ];
}

interface Bound { allowed: number; basis: string; level?: 'warning' }

function passed(
  counts: readonly DayCount[], kind: 'week' | 'month' | 'year', of: (count: DayCount) => number, fault: LabourFault, boundOn: (date: string) => Bound | null,
): Finding[] {
  const found: Finding[] = [];
  let period = '';
  let used = 0;
  let finding: Finding | null = null;
  for (const count of counts) {
    const own = periodOf(kind, count.workDate);
    if (own !== period) [period, used, finding] = [own, 0, null];
    used += of(count);
    const bound = boundOn(count.workDate);
    if (bound === null) continue;
    if (finding !== null) finding.actual = used;
    else if (used > bound.allowed) {
      finding = { fault, level: bound.level ?? 'violation', date: count.workDate, actual: used, allowed: bound.allowed, basis: bound.basis };
      found.push(finding);
    }
  }
  return found;
}
