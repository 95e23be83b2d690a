import { minutesOf, type Assignment, type Shift } from '../contracts/shift.ts';
import { dayOfDate, vietnamOffsetMs } from './local-day.ts';
import { addDays, workDateOf } from './work-date.ts';

const minuteMs = 60_000;
const dayMs = 1_440 * minuteMs;

/** One shift on one work date; instants in milliseconds since 1970. */
export interface ShiftDay {
  shiftId: string;
  /** The date on which the shift starts, whatever day it ends on. */
  workDate: string;
  startAt: number;
  endAt: number;
  /** From here to there a scan may belong to it. */
  opensAt: number;
  closesAt: number;
  breakMs: number;
  graceMs: number;
}

/** Who works when, as far as one worker is concerned. */
export interface WorkerPlan {
  /** By work date, both ends included; on dates without one the roster's shift counts. */
  assignments: readonly Assignment[];
  /** The roster's shift. */
  shiftId: string | null;
  shifts: ReadonlyMap<string, Shift>;
}

/** The instant of local midnight at the beginning of a date. */
export function startOfDay(date: string): number {
  return dayOfDate(date) * dayMs - vietnamOffsetMs;
}

/** The instants of local midnight from the one before an instant on, without end. */
export function* midnightsFrom(at: number): Generator<number, never> {
  for (let midnight = Math.floor((at + vietnamOffsetMs) / dayMs) * dayMs - vietnamOffsetMs; ; midnight += dayMs) yield midnight;
}

/** Monday is 1, Sunday is 7. */
export function weekday(date: string): number {
  return (dayOfDate(date) + 3) % 7 + 1;
}

/** A worker's shifts of a date, the earliest first; none on a day off. */
export function shiftsOn({ assignments, shiftId, shifts }: WorkerPlan, date: string): ShiftDay[] {
  const assigned = assignments.filter(({ from, to }) => from <= date && date <= to).map((one) => one.shiftId);
  const ids = new Set(assigned.length > 0 ? assigned : shiftId === null ? [] : [shiftId]);
  const day = weekday(date);
  return [...ids].flatMap((id) => {
    const shift = shifts.get(id);
    return shift?.days.includes(day) === true ? [shiftDay(shift, date)] : [];
  }).sort((a, b) => a.startAt - b.startAt || (a.shiftId < b.shiftId ? -1 : 1));
}

function shiftDay(shift: Shift, workDate: string): ShiftDay {
  const midnight = startOfDay(workDate);
  const start = minutesOf(shift.start);
  const end = minutesOf(shift.end);
  const startAt = midnight + start * minuteMs;
  const endAt = midnight + (end > start ? end : end + 1_440) * minuteMs;
  return {
    shiftId: shift.id, workDate, startAt, endAt,
    opensAt: startAt - shift.earlyInMinutes * minuteMs, closesAt: endAt + shift.lateOutMinutes * minuteMs,
    breakMs: shift.breakMinutes * minuteMs, graceMs: shift.graceMinutes * minuteMs,
  };
}

/** Every shift of the worker that an instant may belong to: those of the two days before (a long shift with a late way out), the day, the day after. */
export function shiftsAround(plan: WorkerPlan, at: number): readonly ShiftDay[] {
  const date = workDateOf(at);
  const known = around.get(plan) ?? new Map<string, readonly ShiftDay[]>();
  around.set(plan, known);
  const shifts = known.get(date) ?? [addDays(date, -2), addDays(date, -1), date, addDays(date, 1)].flatMap((each) => shiftsOn(plan, each));
  known.set(date, shifts);
  return shifts;
}

/** What a plan gives for a date is always the same: worked out once, however many scans the date has. */
const around = new WeakMap<WorkerPlan, Map<string, readonly ShiftDay[]>>();
