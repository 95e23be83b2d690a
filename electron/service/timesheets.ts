import { startOfDay } from '../../shared/domain/shift.ts';
import { timesheet, type TimesheetLine } from '../../shared/domain/timesheet.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import { eachWorkersScans, findWorkerByNo, type Store } from '../store/index.ts';
import { attendanceRules, attendanceWorker, laneDirections } from './gate-attendance.ts';

/** Bộ luật Lao động 2019 art. 106: night is from 22:00 to 06:00, in minutes of the day. */
const night = { nightFrom: 22 * 60, nightTo: 6 * 60 };
/** A night begins on one date and ends on another: so many days beside the period are looked at. */
const margin = 3;

/** The timesheet of every worker with presence between two work dates, ISO, both included. */
export function* timesheets(store: Store, from: string, to: string): Generator<{ workerId: string; lines: TimesheetLine[] }> {
  const rules = { ...attendanceRules(store), ...night };
  const directions = laneDirections(store);
  const [first, last] = [addDays(from, -margin), addDays(to, margin)];
  for (const { workerNo, scans } of eachWorkersScans(store, startOfDay(first), startOfDay(last))) {
    const worker = findWorkerByNo(store, workerNo);
    if (worker === null) continue;
    const lines = timesheet(scans, attendanceWorker(store, worker, first, last), directions, { from, to, rules });
    if (lines.length > 0) yield { workerId: worker.workerId, lines };
  }
}
