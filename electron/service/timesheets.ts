import { startOfDay } from '../../shared/domain/shift.ts';
import { timesheet, type TimesheetLine } from '../../shared/domain/timesheet.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import { eachWorker, readShifts, type SheetWorker, type Store } from '../store/index.ts';
import { attendanceRules, attendanceWorker, laneDirections, planDays, scansFromRest } from './gate-attendance.ts';

/** Bộ luật Lao động 2019 art. 106: night is from 22:00 to 06:00, in minutes of the day. */
const night = { nightFrom: 22 * 60, nightTo: 6 * 60 };
/** A night begins on one date and ends on another: so many days beside the period are looked at. */
const margin = 3;

export interface SheetPeriod { from: string; to: string; /** Milliseconds since 1970. */ until?: number }

/**
 * The timesheet of every worker with presence between two work dates, ISO, both included, by employer, department and
 * code. Each worker is worked out alone, from his own scans. `wanted` leaves out those whom nobody asks for; `until`: a
 * period that still goes on is known up to this instant, in milliseconds since 1970.
 */
export function* timesheets(
  store: Store, { wanted = () => true, ...period }: SheetPeriod & { wanted?: (worker: SheetWorker) => boolean },
): Generator<{ worker: SheetWorker; lines: TimesheetLine[] }> {
  const sheetOf = workerSheets(store, period);
  for (const worker of eachWorker(store)) {
    if (!wanted(worker)) continue;
    const lines = sheetOf(worker);
    if (lines.length > 0) yield { worker, lines };
  }
}

/** What gives one worker's lines of a period, from his own scans alone; what all workers share is read once. */
export function workerSheets(store: Store, { from, to, until }: SheetPeriod): (worker: SheetWorker) => TimesheetLine[] {
  const rules = { ...attendanceRules(store), ...night };
  const directions = laneDirections(store);
  const shifts = readShifts(store);
  const [first, last] = [addDays(from, -margin), addDays(to, margin)];
  return (worker) => {
    const scans = scansFromRest(store, worker.workerNo, startOfDay(first), startOfDay(last));
    if (scans.length === 0) return [];
    return timesheet(scans, attendanceWorker(store, worker, addDays(first, -planDays), last, shifts), directions, { from, to, rules, ...(until !== undefined && { until }) });
  };
}
