import { correctionLane, type CorrectionChanges } from '../contracts/correction.ts';
import type { Direction } from '../contracts/requests/gate.ts';
import type { TimesheetException } from '../contracts/requests/shift.ts';
import { inOrder, type Attendance, type AttendanceScan, type AttendanceWorker } from './attendance.ts';
import { replaceAssignments } from './assignment.ts';
import { shiftsOn, type ShiftDay } from './shift.ts';
import { addDays } from './work-date.ts';

/** The correction that counts for a work date of a worker; at most one for each date. */
export interface DateCorrection { workDate: string; changes: CorrectionChanges }

/** A scan, or a punch that a correction added: its direction and work date are told, not worked out. */
export interface Punch extends AttendanceScan { told: { direction: Direction; workDate: string } | null }

/** No change at all; corrections are written as what differs from it. */
export const noChanges: CorrectionChanges = { kind: 'keep', add: [], leaveOut: [], overtimeMinutes: null, shift: null, wholeDay: false };

/** Two people corrected the date: what was merely odd about it needs no third look. What is still missing does. */
const settledByChange: readonly TimesheetException[] = ['in-twice', 'out-twice', 'no-shift', 'outside-window', 'clock-doubtful'];

/** The exceptions of a date that are left after its correction. */
export function exceptionsLeft(exceptions: Iterable<TimesheetException>, changes: CorrectionChanges | undefined): TimesheetException[] {
  const all = [...exceptions];
  if (changes === undefined || changes.kind === 'restore') return all;
  return all.filter((one) => (changes.kind === 'keep' ? one === 'still-inside' : !settledByChange.includes(one)));
}

/** A worker's scans with the punches added and those left out that do not count, in the order in which they are decided. */
export function punchesOf(scans: readonly AttendanceScan[], changes: ReadonlyMap<string, CorrectionChanges>): Punch[] {
  const gone = new Set([...changes.values()].flatMap(({ kind, leaveOut }) => (kind === 'change' ? leaveOut.map(keyOf) : [])));
  const added = [...changes].flatMap(([workDate, { kind, add }]) => (kind === 'change' ? add.map(({ direction, at }) => ({ direction, at, workDate })) : []))
    .sort((a, b) => a.at - b.at || order(a.direction, b.direction) || order(a.workDate, b.workDate));
  return [
    ...scans.filter((scan) => !gone.has(keyOf(scan))).map((scan) => ({ ...scan, told: null })),
    ...added.map(({ at, direction, workDate }, seq) => ({ at, lane: correctionLane, seq, told: { direction, workDate } })),
  ].sort(inOrder);
}

function keyOf({ at, lane }: Pick<AttendanceScan, 'at' | 'lane'>): string {
  return `${at} ${lane}`;
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/**
 * A worker with the shifts that corrections give to single dates. A shift that was told for a date counts on it even where
 * it does not run on that day of the week.
 */
export function correctedPlan(worker: AttendanceWorker, changes: ReadonlyMap<string, CorrectionChanges>): AttendanceWorker {
  const told = [...changes].flatMap(([date, { kind, shift }]) => (kind === 'change' && shift !== null ? [{ date, id: shift.id }] : []));
  if (told.length === 0) return worker;
  const shifts = new Map(worker.shifts);
  const assignments = told.map(({ date, id }) => {
    const shift = id === null ? undefined : worker.shifts.get(id);
    if (shift !== undefined) shifts.set(everyDay(shift.id), { ...shift, days: [1, 2, 3, 4, 5, 6, 7] });
    return { workerId: '', shiftId: shift === undefined ? '' : everyDay(shift.id), from: date, to: date };
  });
  return { ...worker, shifts, assignments: replaceAssignments(worker.assignments, assignments) };
}

/** No shift's own id has such a sign. */
function everyDay(shiftId: string): string {
  return `${shiftId}\u0000`;
}

/** What a punch that was told is: of its own work date, in the shift that is open or else the nearest one of that date. */
export function toldAttendance(punch: Punch & { told: NonNullable<Punch['told']> }, plan: AttendanceWorker, open: Attendance | null): Attendance {
  const { at, told: { direction, workDate } } = punch;
  const distance = (shift: ShiftDay): number => Math.abs(at - (direction === 'in' ? shift.startAt : shift.endAt));
  const shift = direction === 'out' && open?.workDate === workDate ? open.shift
    : shiftsOn(plan, workDate).reduce<ShiftDay | null>((best, one) => (best === null || distance(one) < distance(best) ? one : best), null);
  return { outcome: 'recorded', direction, reason: 'lane', shift, workDate };
}

/** Between which instants a punch of a work date may lie, in milliseconds since 1970: the day before at noon to the second day after at noon. */
export function punchBounds(workDate: string): { from: number; to: number } {
  return { from: Date.parse(`${addDays(workDate, -1)}T12:00:00+07:00`), to: Date.parse(`${addDays(workDate, 2)}T12:00:00+07:00`) };
}

/** A correction that says the same as the one before and these punches beside. */
export function addTo(known: CorrectionChanges | null, add: CorrectionChanges['add']): CorrectionChanges {
  const base = known !== null && known.kind === 'change' && !known.wholeDay ? known : noChanges;
  return { ...base, kind: 'change', add: [...base.add, ...add] };
}
