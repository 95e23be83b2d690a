import type { LabourLaw } from '../contracts/labour.ts';
import type { Finding } from './labour-check.ts';
import type { LabourDay } from './labour-day.ts';
import { basisOf, valueOn } from './labour-rules.ts';
import { weekOf } from './labour-sums.ts';
import { startOfDay } from './shift.ts';
import { addDays } from './work-date.ts';

const minuteMs = 60_000;

interface Span { from: number; to: number; day: LabourDay }

/**
 * Rests that are too short: before another shift (art. 110; before the same one it is only a warning), and of the week
 * (art. 111). `days` in order of dates.
 */
export function findRestFaults(law: LabourLaw, days: readonly LabourDay[], known: { from: string; to: string }): Finding[] {
  const spans = days.flatMap((day): Span[] => (day.in === null || day.out === null || day.out < day.in ? [] : [{ from: day.in, to: day.out, day }]));
  return [...shiftRests(law, spans), ...weeklyRests(law, days, spans, known)];
}

function shiftRests(law: LabourLaw, spans: readonly Span[]): Finding[] {
  return spans.flatMap(({ from, day }, i): Finding[] => {
    const before = spans[i - 1];
    if (before === undefined) return [];
    const [actual, allowed] = [Math.max(0, Math.floor((from - before.to) / minuteMs)), valueOn(law, day.workDate, 'shiftRest')];
    if (actual >= allowed) return [];
    const changes = day.shiftId !== null && before.day.shiftId !== null && day.shiftId !== before.day.shiftId;
    return [{ fault: changes ? 'shift-rest' : 'short-rest', level: changes ? 'violation' : 'warning', date: day.workDate, actual, allowed, basis: basisOf(law, day.workDate, 'shiftRest') }];
  });
}

/**
 * Each week that lies within what is known must have a rest of 24 hours that begins or ends in it. Where it has none, the
 * month decides: with four dates of rest on average it is a special cycle to look at, with fewer it is a violation.
 */
function weeklyRests(law: LabourLaw, days: readonly LabourDay[], spans: readonly Span[], { from, to }: { from: string; to: string }): Finding[] {
  const worked = new Set(days.map(({ workDate }) => workDate));
  const found: Finding[] = [];
  // The first work that begins in the week.
  let first = 0;
  for (const { week, sunday, begin, end } of weeksIn(from, to)) {
    const allowed = valueOn(law, week, 'weeklyRest');
    while (first < spans.length && spans[first]!.from < begin) first += 1;
    const actual = longestRest(spans, first, end);
    if (actual >= allowed) continue;
    const rested = restDays(worked, sunday.slice(0, 7), from, to);
    const enough = rested === null || rested >= valueOn(law, week, 'monthlyRestDays');
    found.push({ fault: 'weekly-rest', level: enough ? 'warning' : 'violation', date: sunday, actual, allowed, basis: basisOf(law, week, 'weeklyRest') });
  }
  return found;
}

interface Week { week: string; sunday: string; begin: number; end: number }
let lastWeeks: { from: string; to: string; weeks: readonly Week[] } | null = null;

/** The weeks, Monday to Sunday, that lie whole between two dates; of the same dates for thousands of workers. */
function weeksIn(from: string, to: string): readonly Week[] {
  if (lastWeeks?.from === from && lastWeeks.to === to) return lastWeeks.weeks;
  const weeks: Week[] = [];
  for (let week = weekOf(from) === from ? from : addDays(weekOf(from), 7); addDays(week, 6) <= to; week = addDays(week, 7)) {
    weeks.push({ week, sunday: addDays(week, 6), begin: startOfDay(week), end: startOfDay(addDays(week, 7)) });
  }
  lastWeeks = { from, to, weeks };
  return weeks;
}

/**
 * Minutes of the longest rest that ends with the work at `first` or later and begins before an instant; without end before
 * the first work and after the last.
 */
function longestRest(spans: readonly Span[], first: number, end: number): number {
  let longest = 0;
  for (let i = first; i <= spans.length; i += 1) {
    const [rest, work] = [spans[i - 1]?.to ?? -Infinity, spans[i]?.from ?? Infinity];
    if (rest >= end) break;
    longest = Math.max(longest, work - rest);
  }
  return Math.floor(longest / minuteMs);
}

/** Dates of a month without work; null while the month is not known whole, since more may come. */
function restDays(worked: ReadonlySet<string>, month: string, from: string, to: string): number | null {
  const dates: string[] = [];
  for (let date = `${month}-01`; date.startsWith(month); date = addDays(date, 1)) dates.push(date);
  if (dates[0]! < from || dates.at(-1)! > to) return null;
  return dates.filter((date) => !worked.has(date)).length;
}
