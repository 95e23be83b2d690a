import type { LabourLaw, LabourSettings, LabourValueName } from '../contracts/labour.ts';
import { countDay, type DayCount, type LabourDay } from './labour-day.ts';
import { basisOf, guardingOn, hasConsent, normalDay, valueOn, type Guarding, type LabourWorker } from './labour-rules.ts';
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
  const guards = counts.map(({ workDate }) => guardingOn(law, settings, worker, workDate));
  const findings: Finding[] = [];
  counts.forEach((count, i) => {
    findings.push(...dayFaults(law, settings, count), ...breakFault(law, days[i]!), ...guardFaults(settings, worker, count, guards[i]!));
  });
  findings.push(...periodFaults(law, settings, counts, guards), ...findRestFaults(law, days, known));
  return { counts, findings: findings.toSorted((a, b) => (a.date === b.date ? labourFaults.indexOf(a.fault) - labourFaults.indexOf(b.fault) : a.date < b.date ? -1 : 1)) };
}

/** What of one date's overtime is over its bound. */
export function dayFaults(law: LabourLaw, settings: LabourSettings, { workDate: date, kind, normal, overtime }: DayCount): Finding[] {
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

function guardFaults(settings: LabourSettings, worker: LabourWorker, { workDate: date, normal, overtime, night }: DayCount, guards: readonly Guarding[]): Finding[] {
  const findings: Finding[] = guards.flatMap(({ basis, overtimeForbidden, nightForbidden, dayMinutes }): Finding[] => [
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
function periodFaults(law: LabourLaw, settings: LabourSettings, counts: readonly DayCount[], guards: readonly Guarding[][]): Finding[] {
  const weekGuard = (i: number): Guarding | undefined => (guards[i]!.length === 0 ? undefined : guards[i]!.find(({ weekMinutes }) => weekMinutes !== null));
  const yearValue = settings.yearBasis === 'extended' ? 'overtimeYearExtended' : 'overtimeYear';
  const all = ({ normal, overtime }: DayCount): number => normal + overtime;
  const capped = (count: DayCount): number => count.capped;
  const value = (name: LabourValueName): Pick<Bound, 'allowed' | 'basis'> => ({ allowed: (_, date) => valueOn(law, date, name), basis: (_, date) => basisOf(law, date, name) });
  return [
    ...passed(counts, 'week', ({ normal }) => normal, { ...value('normalWeek'), fault: 'normal-week', allowed: (_, date) => Math.min(settings.normalWeekMinutes, valueOn(law, date, 'normalWeek')) }),
    ...(settings.weekLimitMinutes === null ? [] : passed(counts, 'week', all, { fault: 'week-limit', level: 'warning', allowed: () => settings.weekLimitMinutes, basis: () => customer })),
    ...(guards.every((one) => one.length === 0) ? [] : passed(counts, 'week', all, {
      fault: 'guarded-week', allowed: (i) => weekGuard(i)?.weekMinutes ?? null, basis: (i) => weekGuard(i)!.basis,
    })),
    ...passed(counts, 'month', capped, { fault: 'overtime-month', ...value('overtimeMonth') }),
    ...passed(counts, 'year', capped, { fault: 'overtime-year', ...value(yearValue) }),
  ];
}

/** A cap by the place of a date among the counts, and the date; `allowed` null: no cap on that date. */
interface Bound { fault: LabourFault; level?: Finding['level']; allowed(at: number, date: string): number | null; basis(at: number, date: string): string }

function passed(counts: readonly DayCount[], kind: 'week' | 'month' | 'year', of: (count: DayCount) => number, { fault, level = 'violation', ...bound }: Bound): Finding[] {
  const found: Finding[] = [];
  let period = '';
  let used = 0;
  let finding: Finding | null = null;
  for (const [i, count] of counts.entries()) {
    const own = periodOf(kind, count.workDate);
    if (own !== period) [period, used, finding] = [own, 0, null];
    used += of(count);
    const allowed = bound.allowed(i, count.workDate);
    if (allowed === null) continue;
    if (finding !== null) finding.actual = used;
    else if (used > allowed) {
      finding = { fault, level, date: count.workDate, actual: used, allowed, basis: bound.basis(i, count.workDate) };
      found.push(finding);
    }
  }
  return found;
}
