import type { TimesheetSums } from '../contracts/requests/shift.ts';
import type { LaneDirection } from '../contracts/requests/system.ts';
import type { z } from 'zod';
import {
  attend, moved, nobodySeen, sameShift, type Attendance, type AttendanceScan, type AttendanceState, type AttendanceWorker,
} from './attendance.ts';
import { correctedPlan, exceptionsLeft, punchesOf, toldAttendance, type DateCorrection, type Punch } from './correction.ts';
import { shiftsOn, startOfDay } from './shift.ts';
import { lineOf, type Day, type Stay, type TimesheetLine, type TimesheetRules } from './timesheet-line.ts';
import { addDays } from './work-date.ts';

export type { TimesheetLine, TimesheetRules } from './timesheet-line.ts';

export interface TimesheetPeriod {
  /** Work dates, ISO, both included. */
  from: string;
  to: string;
  rules: TimesheetRules;
  /** Milliseconds since 1970: what is not over by then is not closed either, for a period that still goes on. */
  until?: number;
  /** Approved corrections, at most one a work date; those of some days before `from` too. */
  corrections?: readonly DateCorrection[];
  /** Whether the clock of a scan's gate was not to be relied on when it was made; its date says so, its time stays. */
  doubtful?: (scan: AttendanceScan) => boolean;
}

/** A line with all that one may ask of its date beside it. */
export interface TimesheetDay {
  line: TimesheetLine;
  /** All shifts of the date, the earliest first: a split day has several. */
  shiftIds: string[];
}

const minuteMs = 60_000;

/**
 * A worker's timesheet: a function of all scans, the plan and the approved corrections, whatever the gates answered and in
 * whichever order it all came. Dates from `from` to `to`; only those with presence. `scans` may begin some days before and
 * should go on two days after, so that nights are whole. Where no way out is known, a shift that has closed before the end
 * of `to` is closed by the system, with the end of the shift and without overtime; a later one is told as still inside.
 */
export function timesheet(
  scans: readonly AttendanceScan[], worker: AttendanceWorker, laneDirection: (lane: string) => z.infer<typeof LaneDirection>, period: TimesheetPeriod,
): TimesheetLine[] {
  return timesheetDays(scans, worker, laneDirection, period).map(({ line }) => line);
}

/** As `timesheet`, with what else is known of each date. `onPunch` is told how each scan and added punch was taken, in order. */
export function timesheetDays(
  scans: readonly AttendanceScan[], worker: AttendanceWorker, laneDirection: (lane: string) => z.infer<typeof LaneDirection>,
  { from, to, rules, until = Infinity, corrections = [], doubtful }: TimesheetPeriod, onPunch?: (punch: Punch, attendance: Attendance) => void,
): TimesheetDay[] {
  const changes = new Map(corrections.map((one) => [one.workDate, one.changes]));
  const plan = correctedPlan(worker, changes);
  const days = new Map<string, Day>();
  const dayOf = (workDate: string): Day => {
    const known = days.get(workDate) ?? { workDate, stays: [], firstIn: null, lastOut: null, lastOutBy: 'scan' as const, shifts: [], exceptions: new Set() };
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
    const overtime = isOver && shift !== null && changes.get(workDate)?.kind === 'change' ? changes.get(workDate)!.overtimeMinutes : null;
    // Two people said how long somebody stayed whom nobody saw leave.
    const leftAt = overtime === null || shift === null ? null : Math.max(at, Math.min(shift.endAt + overtime * minuteMs, seenAgain));
    const closed: Stay = leftAt !== null ? { from: at, to: leftAt, shift, by: 'correction' }
      : { from: at, to: shift === null || !isOver ? at : Math.max(at, Math.min(shift.endAt, seenAgain)), shift, by: isOver ? 'system' : null };
    day.stays.push(closed);
    if (leftAt === null) day.exceptions.add(isOver ? 'no-out' : 'still-inside');
    else [day.lastOut, day.lastOutBy] = [leftAt, 'correction'];
    open = null;
  };
  for (const punch of punchesOf(scans, changes)) {
    const attendance = attendanceOf(punch);
    onPunch?.(punch, attendance);
    if (attendance.outcome !== 'recorded') continue;
    const { at } = punch;
    const by = punch.told === null ? 'scan' : 'correction';
    const same: boolean = open !== null && open.attendance.workDate === attendance.workDate && sameShift(open.attendance.shift, attendance.shift);
    // Seen at the gate again, nobody is still in the work before: no hour counts twice.
    if (!same) closeBySystem(at);
    const day = dayOf(attendance.workDate);
    const { shift } = attendance;
    if (shift === null) day.exceptions.add('no-shift');
    else if (!day.shifts.some((one) => sameShift(one, shift))) day.shifts.push(shift);
    if (shift !== null && (at < shift.opensAt || at > shift.closesAt)) day.exceptions.add('outside-window');
    if (by === 'scan' && doubtful?.(punch) === true) day.exceptions.add('clock-doubtful');
    if (attendance.direction === 'in') {
      if (same) day.exceptions.add('in-twice');
      else open = { at, attendance };
      day.firstIn ??= at;
    } else if (open !== null && by === 'scan' && shift !== null && at > shift.closesAt) {
      // Hours beyond the late window are nobody's until somebody confirms them.
      closeBySystem(at);
    } else {
      if (open !== null) day.stays.push({ from: (open as { at: number }).at, to: at, shift, by });
      else day.exceptions.add(day.lastOut === null ? 'missing-in' : 'out-twice');
      [day.lastOut, day.lastOutBy] = [at, by];
      open = null;
    }
  }
  closeBySystem();
  for (const [workDate, { kind, wholeDay }] of changes) {
    const shifts = shiftsOn(plan, workDate);
    const [first, final] = [shifts[0], shifts.at(-1)];
    if (kind !== 'change' || !wholeDay || first === undefined || final === undefined || final.endAt > until) continue;
    days.set(workDate, {
      workDate, shifts, firstIn: first.startAt, lastOut: final.endAt, lastOutBy: 'correction', exceptions: new Set(),
      // An hour in two shifts counts once.
      stays: shifts.map((shift, i) => ({ from: Math.max(shift.startAt, ...shifts.slice(0, i).map(({ endAt }) => endAt)), to: shift.endAt, shift, by: 'correction' as const }))
        .filter((stay) => stay.from < stay.to),
    });
  }
  return [...days.values()].filter(({ workDate }) => from <= workDate && workDate <= to)
    .sort((a, b) => (a.workDate < b.workDate ? -1 : 1))
    .map((day) => ({
      line: lineOf(day, exceptionsLeft(day.exceptions, changes.get(day.workDate)), rules),
      shiftIds: day.shifts.toSorted((a, b) => a.startAt - b.startAt).map(({ shiftId }) => shiftId),
    }));

  function attendanceOf(punch: Punch): Attendance {
    const { told } = punch;
    if (told !== null) {
      const attendance = toldAttendance({ ...punch, told }, plan, open?.attendance ?? null);
      state = moved(state, punch, attendance, rules);
      return attendance;
    }
    const decided = attend(state, punch, plan, laneDirection(punch.lane), rules);
    state = decided.state;
    return decided.attendance;
  }
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

/** Both sums together; minutes. */
export function addSums(a: TimesheetSums, b: TimesheetSums): TimesheetSums {
  return {
    days: a.days + b.days, workedMinutes: a.workedMinutes + b.workedMinutes, overtimeMinutes: a.overtimeMinutes + b.overtimeMinutes,
    nightMinutes: a.nightMinutes + b.nightMinutes, late: a.late + b.late, lateMinutes: a.lateMinutes + b.lateMinutes,
    early: a.early + b.early, earlyMinutes: a.earlyMinutes + b.earlyMinutes, toCheck: a.toCheck + b.toCheck,
  };
}
