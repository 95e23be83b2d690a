import type { TimesheetException } from '../contracts/requests/shift.ts';
import { sameShift, type AttendanceRules } from './attendance.ts';
import { midnightsFrom, type ShiftDay } from './shift.ts';

/** One worker's work date. Instants in milliseconds since 1970, times in whole minutes. */
export interface TimesheetLine {
  workDate: string;
  shiftId: string | null;
  /** First way in of the date; null where there was none. */
  in: number | null;
  /** Last way out, or the end of the shift that the system closed; null while inside. */
  out: number | null;
  workedMinutes: number;
  overtimeMinutes: number;
  nightMinutes: number;
  lateMinutes: number;
  earlyMinutes: number;
  /** `correction` where the end of the day comes from one. */
  closedBy: 'scan' | 'system' | 'correction' | null;
  /** What somebody must look at before the line is paid. */
  exceptions: TimesheetException[];
}

export interface TimesheetRules extends AttendanceRules {
  /** Night as minutes of the day; Bộ luật Lao động 2019 art. 106: 22:00 to 06:00. */
  nightFrom: number;
  nightTo: number;
}

export interface Stay {
  from: number;
  to: number;
  shift: ShiftDay | null;
  by: 'scan' | 'system' | 'correction' | null;
}

/** What a walk through a worker's scans has found of one work date. */
export interface Day {
  workDate: string;
  stays: Stay[];
  firstIn: number | null;
  lastOut: number | null;
  lastOutBy: 'scan' | 'correction';
  shifts: ShiftDay[];
  exceptions: Set<TimesheetException>;
}

const minuteMs = 60_000;

/** The line of one work date out of its stays; `exceptions`: those of the day that are left. */
export function lineOf({ workDate, stays, firstIn, lastOut, lastOutBy, ...day }: Day, exceptions: readonly TimesheetException[], rules: TimesheetRules): TimesheetLine {
  const shifts = day.shifts.toSorted((a, b) => a.startAt - b.startAt);
  const last = stays.at(-1);
  const counted = stays.flatMap(countedOf);
  const breaks = shifts.reduce((sum, shift) => sum + breakOf(shift, stays), 0);
  const worked = Math.max(0, sumOf(counted) - breaks);
  const overtime = stays.reduce((sum, stay) => sum + (stay.shift === null ? 0 : Math.max(0, stay.to - Math.max(stay.from, stay.shift.endAt))), 0);
  // Nobody saw how the date ended: overtime scanned before that is work, and nobody's overtime until somebody confirms it.
  const isUnsure = last?.by === 'system' && exceptions.includes('no-out');
  const final = shifts.at(-1);
  const wasLeft = last === undefined || last.by === 'scan' || last.by === 'correction';
  const of = (shift: ShiftDay): Stay[] => stays.filter((stay) => sameShift(stay.shift, shift));
  const came = (shift: ShiftDay): number | null => (shift === shifts[0] ? firstIn : of(shift)[0]?.from ?? null);
  const left = (shift: ShiftDay): number | null => {
    if (shift === final) return wasLeft ? lastOut : null;
    const stay = of(shift).at(-1);
    return stay?.by === 'scan' || stay?.by === 'correction' ? stay.to : null;
  };
  return {
    workDate, shiftId: shifts[0]?.shiftId ?? null, in: firstIn,
    out: wasLeft ? lastOut : last.by === 'system' ? last.to : null,
    workedMinutes: minutes(worked), overtimeMinutes: isUnsure ? 0 : Math.min(minutes(overtime), minutes(worked)),
    nightMinutes: Math.min(minutes(nightWork(stays, breaks, rules)), minutes(worked)),
    // Each part of a split day has its own beginning and end.
    lateMinutes: sum(shifts, (shift) => missed((came(shift) ?? shift.startAt) - shift.startAt, shift)),
    earlyMinutes: sum(shifts, (shift) => missed(shift.endAt - (left(shift) ?? shift.endAt), shift)),
    closedBy: wasLeft ? lastOutBy : last.by, exceptions: exceptions.toSorted(),
  };
}

/** Minutes that somebody was missing at one end of a shift; within the grace none. */
function missed(ms: number, { graceMs }: ShiftDay): number {
  return ms > graceMs ? minutes(ms) : 0;
}

function sum<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}

interface Span { from: number; to: number }

/** The time that counts: what lies before the start of the shift does not. */
function countedOf({ from, to, shift }: Stay): Span[] {
  const start = shift === null ? from : Math.max(from, shift.startAt);
  return to > start ? [{ from: start, to }] : [];
}

function sumOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { from, to }) => sum + to - from, 0);
}

/** The break once, unless it was scanned out and in: then it is no time inside anyway. */
function breakOf(shift: ShiftDay, stays: readonly Stay[]): number {
  const own = stays.filter((stay) => sameShift(stay.shift, shift) && stay.to > shift.startAt && stay.from < shift.endAt);
  const [{ from } = { from: 0 }] = own;
  const { to } = own.at(-1) ?? { to: 0 };
  // Out and in at one instant is a change of jobs and no break.
  const wentOut = own.some((stay, i) => i > 0 && stay.from > own[i - 1]!.to);
  if (own.length === 0 || wentOut) return 0;
  return Math.min(shift.breakMs, Math.min(to, shift.endAt) - Math.max(from, shift.startAt));
}

/** Work at night. A break lies within its shift: of it the night bears what the shift's hours by day cannot hold; overtime bears none. */
function nightWork(stays: readonly Stay[], breaks: number, rules: TimesheetRules): number {
  const parts = stays.flatMap((stay) => countedOf(stay).map((span) => ({ span, endAt: stay.shift?.endAt ?? Infinity })));
  const within = parts.map(({ span, endAt }) => ({ from: span.from, to: Math.min(span.to, endAt) })).filter(({ from, to }) => from < to);
  const beyond = parts.map(({ span, endAt }) => ({ from: Math.max(span.from, endAt), to: span.to })).filter(({ from, to }) => from < to);
  return Math.min(sum(within, (span) => nightOf(span, rules)), Math.max(0, sumOf(within) - breaks)) + sum(beyond, (span) => nightOf(span, rules));
}

function nightOf({ from, to }: Span, { nightFrom, nightTo }: TimesheetRules): number {
  let sum = 0;
  const length = (nightTo - nightFrom + (nightTo <= nightFrom ? 1_440 : 0)) * minuteMs;
  // A night that began the evening before may still go on.
  for (const midnight of midnightsFrom(from - 1_440 * minuteMs)) {
    if (midnight >= to) break;
    const begin = midnight + nightFrom * minuteMs;
    sum += Math.max(0, Math.min(to, begin + length) - Math.max(from, begin));
  }
  return sum;
}

function minutes(ms: number): number {
  return Math.floor(ms / minuteMs);
}
