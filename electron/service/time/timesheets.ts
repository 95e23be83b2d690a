import type { Attendance, AttendanceScan, AttendanceWorker } from '../../../shared/domain/attendance.ts';
import { clockDoubter } from '../../../shared/domain/clock-doubt.ts';
import { correctedPlan, type DateCorrection, type Punch } from '../../../shared/domain/correction.ts';
import { shiftsOn, startOfDay, type ShiftDay } from '../../../shared/domain/shift.ts';
import { timesheetDays, type TimesheetDay, type TimesheetLine } from '../../../shared/domain/timesheet.ts';
import { addDays } from '../../../shared/domain/work-date.ts';
import { eachWorker, readClockMarks, readCorrectionsByWorker, readShifts, type SheetWorker, type Store } from '../../store/index.ts';
import { attendanceRules, attendanceWorker, laneDirections, planDays, scansFromRest } from '../gate/gate-attendance.ts';

/** Bộ luật Lao động 2019 art. 106: night is from 22:00 to 06:00, in minutes of the day. */
const night = { nightFrom: 22 * 60, nightTo: 6 * 60 };
/** A night begins on one date and ends on another: so many days beside the period are looked at. */
const margin = 3;

export interface SheetPeriod { from: string; to: string; /** Milliseconds since 1970. */ until?: number }

export interface WorkerSheet {
  worker: SheetWorker;
  lines: TimesheetLine[];
  /** The same lines, each with what else is known of its date. */
  days: TimesheetDay[];
}

/**
 * The timesheet of every worker with presence between two work dates, ISO, both included, by employer, department and
 * code. Each worker is worked out alone, from his own scans and the approved corrections of his dates. `wanted` leaves out
 * those whom nobody asks for; `until`: a period that still goes on is known up to this instant, in milliseconds since 1970.
 */
export function* timesheets(
  store: Store, { wanted = () => true, ...period }: SheetPeriod & { wanted?: (worker: SheetWorker) => boolean },
): Generator<WorkerSheet> {
  const desk = sheetDesk(store, period);
  const corrections = readCorrectionsByWorker(store, desk.knownFrom, desk.knownTo);
  for (const worker of eachWorker(store)) {
    if (!wanted(worker)) continue;
    const days = desk.daysOf(worker, corrections.get(worker.workerId) ?? []);
    if (days.length > 0) yield { worker, days, lines: days.map(({ line }) => line) };
  }
}

/** Works out one worker after another over the same period. */
export interface SheetDesk {
  /** Work dates whose corrections bear on the period, both included. */
  knownFrom: string;
  knownTo: string;
  /** `onPunch` is told how each scan and added punch was taken. */
  daysOf(worker: SheetWorker, corrections: readonly DateCorrection[], onPunch?: (punch: Punch, attendance: Attendance) => void): TimesheetDay[];
  /** The worker's shifts of a date, the earliest first. */
  shiftsOf(worker: SheetWorker, corrections: readonly DateCorrection[], date: string): ShiftDay[];
}

/** What is the same for all workers of a period is read once. */
export function sheetDesk(store: Store, { from, to, until }: SheetPeriod): SheetDesk {
  const rules = { ...attendanceRules(store), ...night };
  const directions = laneDirections(store);
  const shifts = readShifts(store);
  const doubter = clockDoubter(readClockMarks(store));
  const doubtful = doubter === null ? undefined : (scan: AttendanceScan): boolean => doubter(scan) !== null;
  const [first, last] = [addDays(from, -margin), addDays(to, margin)];
  const planFrom = addDays(first, -planDays);
  const planOf = (worker: SheetWorker): AttendanceWorker => attendanceWorker(store, worker, planFrom, last, shifts);
  return {
    knownFrom: planFrom, knownTo: last,
    daysOf: (worker, corrections, onPunch) => {
      const scans = scansFromRest(store, worker.workerNo, startOfDay(first), startOfDay(last));
      if (scans.length === 0 && corrections.length === 0) return [];
      return timesheetDays(scans, planOf(worker), directions, { from, to, rules, corrections, ...(doubtful && { doubtful }), ...(until !== undefined && { until }) }, onPunch);
    },
    shiftsOf: (worker, corrections, date) => shiftsOn(correctedPlan(planOf(worker), new Map(corrections.map((one) => [one.workDate, one.changes]))), date),
  };
}
