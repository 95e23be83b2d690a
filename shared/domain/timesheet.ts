import type { TimesheetException, TimesheetSums } from '../contracts/requests/shift.ts';
import type { LaneDirection } from '../contracts/requests/system.ts';
import type { z } from 'zod';
import {
  attend, inOrder, nobodySeen, sameShift, type Attendance, type AttendanceRules, type AttendanceScan, type AttendanceState, type AttendanceWorker,
} from './attendance.ts';
import { midnightsFrom, startOfDay, type ShiftDay } from './shift.ts';
import { addDays } from './work-date.ts';

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
  closedBy: 'scan' | 'system' | 'correction' | null;
  /** What somebody must look at before the line is paid. */
  exceptions: TimesheetException[];
}

export interface TimesheetRules extends AttendanceRules {
  /** Night as minutes of the day; Bộ luật Lao động 2019 art. 106: 22:00 to 06:00. */
  nightFrom: number;
  nightTo: number;
}

interface Stay {
  from: number;
  to: number;
  shift: ShiftDay | null;
  by: 'scan' | 'system' | null;
}

interface Day {
  workDate: string;
  stays: Stay[];
  firstIn: number | null;
  lastOut: number | null;
  shifts: ShiftDay[];
  exceptions: Set<TimesheetException>;
}

const minuteMs = 60_000;

/**
 * A worker's timesheet: a function of all scans and the plan, whatever the gates answered and in whichever order the scans
 * came. Dates from `from` to `to`, ISO, both included; only those with presence. `scans` may begin some days before and
 * should go on two days after, so that nights are whole. Where no way out is known, a shift that has closed before the end
 * of `to` is closed by the system, with the end of the shift and without overtime; a later one is told as still inside.
 * `until` in milliseconds since 1970: what is not over by then is not closed either, for a period that still goes on.
 */
export function timesheet(
  scans: readonly AttendanceScan[], worker: AttendanceWorker, laneDirection: (lane: string) => z.infer<typeof LaneDirection>,
  { from, to, rules, until = Infinity }: { from: string; to: string; rules: TimesheetRules; until?: number },
): TimesheetLine[] {
  const days = new Map<string, Day>();
  const dayOf = (workDate: string): Day => {
    const known = days.get(workDate) ?? { workDate, stays: [], firstIn: null, lastOut: null, shifts: [], exceptions: new Set() };
    days.set(workDate, known);
    return known;
  };
  const periodEnd = startOfDay(addDays(to, 1));
  const end = Math.min(periodEnd, until);
  let state: AttendanceState = nobodySeen;
  let open: { at: number; attendance: Attendance } | null = null;
  const closeBySystem = (seenAgain = Infinity): void => {
    if (open === null) return;
    const { at, attendance: { shift, workDate } } = open;
    const day = dayOf(workDate);
    const closesAt = shift === null ? at + rules.unplannedHours * 60 * minuteMs : shift.closesAt;
    const isOver = closesAt < end || seenAgain < periodEnd;
    day.stays.push({ from: at, to: shift === null || !isOver ? at : Math.max(at, Math.min(shift.endAt, seenAgain)), shift, by: isOver ? 'system' : null });
    day.exceptions.add(isOver ? 'no-out' : 'still-inside');
    open = null;
  };
  for (const scan of scans.toSorted(inOrder)) {
    const decided = attend(state, scan, worker, laneDirection(scan.lane), rules);
    state = decided.state;
    const { attendance } = decided;
    if (attendance.outcome !== 'recorded') continue;
    const { at } = scan;
    const same: boolean = open !== null && open.attendance.workDate === attendance.workDate && sameShift(open.attendance.shift, attendance.shift);
    // Seen at the gate again, nobody is still in the work before: no hour counts twice.
    if (!same) closeBySystem(at);
    const day = dayOf(attendance.workDate);
    const { shift } = attendance;
    if (shift === null) day.exceptions.add('no-shift');
    else if (!day.shifts.some((one) => sameShift(one, shift))) day.shifts.push(shift);
    if (shift !== null && (at < shift.opensAt || at > shift.closesAt)) day.exceptions.add('outside-window');
    if (attendance.direction === 'in') {
      if (same) day.exceptions.add('in-twice');
      else open = { at, attendance };
      day.firstIn ??= at;
    } else {
      if (open !== null) day.stays.push({ from: (open as { at: number }).at, to: at, shift, by: 'scan' });
      else day.exceptions.add(day.lastOut === null ? 'missing-in' : 'out-twice');
      day.lastOut = at;
      open = null;
    }
  }
  closeBySystem();
  return [...days.values()].filter(({ workDate }) => from <= workDate && workDate <= to)
    .sort((a, b) => (a.workDate < b.workDate ? -1 : 1)).map((day) => lineOf(day, rules));
}

function lineOf({ workDate, stays, firstIn, lastOut, exceptions, ...day }: Day, rules: TimesheetRules): TimesheetLine {
  const shifts = day.shifts.toSorted((a, b) => a.startAt - b.startAt);
  const last = stays.at(-1);
  const counted = stays.flatMap(countedOf);
  const breaks = shifts.reduce((sum, shift) => sum + breakOf(shift, stays), 0);
  const worked = Math.max(0, sumOf(counted) - breaks);
  const overtime = stays.reduce((sum, stay) => sum + (stay.shift === null ? 0 : Math.max(0, stay.to - Math.max(stay.from, stay.shift.endAt))), 0);
  const [first] = shifts;
  const final = shifts.at(-1);
  const isLate = first !== undefined && firstIn !== null && firstIn > first.startAt + first.graceMs;
  const leftAt = last === undefined || last.by === 'scan' ? lastOut : null;
  const isEarly = final !== undefined && leftAt !== null && leftAt < final.endAt - final.graceMs;
  return {
    workDate, shiftId: first?.shiftId ?? null, in: firstIn,
    out: last?.by === null ? null : last?.by === 'system' ? last.to : lastOut,
    workedMinutes: minutes(worked), overtimeMinutes: Math.min(minutes(overtime), minutes(worked)),
    nightMinutes: Math.min(minutes(counted.reduce((sum, one) => sum + nightOf(one, rules), 0)), minutes(worked)),
    lateMinutes: isLate ? minutes(firstIn - first.startAt) : 0, earlyMinutes: isEarly ? minutes(final.endAt - leftAt) : 0,
    closedBy: last === undefined ? 'scan' : last.by, exceptions: [...exceptions].sort(),
  };
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
  if (own.length !== 1) return 0;
  const [{ from, to }] = own as [Stay];
  return Math.min(shift.breakMs, Math.min(to, shift.endAt) - Math.max(from, shift.startAt));
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

/** Whether somebody must look at a line: who is simply still at work gives no cause. */
export function needsCheck({ exceptions }: Pick<TimesheetLine, 'exceptions'>): boolean {
  return exceptions.some((one) => one !== 'still-inside');
}

/** Sums of nothing. */
export const noSums: TimesheetSums = {
  days: 0, workedMinutes: 0, overtimeMinutes: 0, nightMinutes: 0, late: 0, lateMinutes: 0, early: 0, earlyMinutes: 0, toCheck: 0,
};

/** What a line of one work date adds to sums. */
export function sumsOf({ workedMinutes, overtimeMinutes, nightMinutes, lateMinutes, earlyMinutes, exceptions }: TimesheetLine): TimesheetSums {
  return {
    days: 1, workedMinutes, overtimeMinutes, nightMinutes, lateMinutes, earlyMinutes,
    late: Math.sign(lateMinutes), early: Math.sign(earlyMinutes), toCheck: needsCheck({ exceptions }) ? 1 : 0,
  };
}

export function addSums(a: TimesheetSums, b: TimesheetSums): TimesheetSums {
  return {
    days: a.days + b.days, workedMinutes: a.workedMinutes + b.workedMinutes, overtimeMinutes: a.overtimeMinutes + b.overtimeMinutes,
    nightMinutes: a.nightMinutes + b.nightMinutes, late: a.late + b.late, lateMinutes: a.lateMinutes + b.lateMinutes,
    early: a.early + b.early, earlyMinutes: a.earlyMinutes + b.earlyMinutes, toCheck: a.toCheck + b.toCheck,
  };
}
