import type { CorrectionChanges } from '../../../shared/contracts/correction.ts';
import { noChanges, type DateCorrection } from '../../../shared/domain/correction.ts';
import type { ShiftDay } from '../../../shared/domain/shift.ts';
import type { TimesheetLine } from '../../../shared/domain/timesheet.ts';
import { addDays } from '../../../shared/domain/work-date.ts';
import { findWorkerById, readWorkerCorrections, type SheetWorker, type Store } from '../../store/index.ts';
import { sheetDesk, type SheetDesk } from './timesheets.ts';

/** A night begins on one date and ends on another: whether it was left is known so many days later. */
export const daysAfter = 2;

/** One worker's date, with and without corrections. */
export interface DateLines {
  worker: SheetWorker;
  /** The correction that counts, null where none does. */
  known: CorrectionChanges | null;
  /** The line with other changes than those that count; null: as the scans alone give it. */
  lineWith(changes: CorrectionChanges | null): TimesheetLine | null;
  shifts(): ShiftDay[];
  desk: SheetDesk;
  /** Corrections of the worker's other dates. */
  others: readonly DateCorrection[];
}

/** Gives the lines of one worker's date after another. Null where the roster has no such worker. `now` in milliseconds since 1970. */
export function dateLines(store: Store, now: number): (workerId: string, workDate: string) => DateLines | null {
  const desks = new Map<string, SheetDesk>();
  return (workerId, workDate) => {
    const stored = findWorkerById(store, workerId);
    if (stored === null) return null;
    const worker: SheetWorker = { ...stored, searchText: '' };
    const desk = desks.get(workDate) ?? sheetDesk(store, { from: workDate, to: addDays(workDate, daysAfter), until: now });
    desks.set(workDate, desk);
    const all = readWorkerCorrections(store, workerId, desk.knownFrom, desk.knownTo);
    const known = all.find((one) => one.workDate === workDate)?.changes ?? null;
    const others = all.filter((one) => one.workDate !== workDate);
    const withChanges = (changes: CorrectionChanges | null): DateCorrection[] => [...others, ...(changes === null ? [] : [{ workDate, changes }])];
    return {
      worker, known, desk, others,
      lineWith: (changes) => desk.daysOf(worker, withChanges(changes)).find(({ line }) => line.workDate === workDate)?.line ?? null,
      shifts: () => desk.shiftsOf(worker, withChanges(known ?? noChanges), workDate),
    };
  };
}

/** What lists show of a worker. */
export function personOf({ workerId, fullName, department, employer }: Pick<SheetWorker, 'workerId' | 'fullName' | 'department' | 'employer'>): Pick<SheetWorker, 'workerId' | 'fullName' | 'department' | 'employer'> {
  return { workerId, fullName, department, employer };
}
