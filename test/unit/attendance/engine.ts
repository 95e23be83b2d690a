import { Assignment, Shift } from '../../../shared/contracts/shift.ts';
import { attend, defaultRules, inOrder, nobodySeen, type Attendance, type AttendanceScan, type AttendanceWorker } from '../../../shared/domain/attendance.ts';
import { timesheet, type TimesheetLine, type TimesheetRules } from '../../../shared/domain/timesheet.ts';

export const rules: TimesheetRules = { ...defaultRules, nightFrom: 22 * 60, nightTo: 6 * 60 };
/** Two lanes with a direction and one for both ways. */
export const directionOf = (lane: string): 'in' | 'out' | 'both' => (lane === 'in' || lane === 'out' ? lane : 'both');

export const day = Shift.parse({ id: 'day', start: '08:00', end: '17:00', breakMinutes: 60, earlyInMinutes: 60, lateOutMinutes: 240, graceMinutes: 5 });
export const night = Shift.parse({ id: 'night', start: '22:00', end: '06:00', breakMinutes: 45, earlyInMinutes: 60, lateOutMinutes: 180 });
export const early = Shift.parse({ id: 'early', start: '06:00', end: '14:00', breakMinutes: 30 });
export const late = Shift.parse({ id: 'late', start: '14:00', end: '22:00', breakMinutes: 30 });

export function workerOf({ shifts = [day], shiftId = shifts[0]?.id ?? null, assignments = [], ...rest }: {
  shifts?: Shift[]; shiftId?: string | null; assignments?: { shiftId: string; from: string; to: string }[];
} & Partial<Pick<AttendanceWorker, 'barred' | 'startDate' | 'endDate'>> = {}): AttendanceWorker {
  return {
    barred: false, startDate: null, endDate: null, ...rest, shiftId,
    assignments: assignments.map((one) => Assignment.parse({ workerId: 'W1', ...one })), shifts: new Map(shifts.map((one) => [one.id, one])),
  };
}

/** `'02 07:55'` or `'02 07:55 in'`: day of November 2026, local time, lane (both ways when not named). */
export function scansOf(...texts: string[]): AttendanceScan[] {
  return texts.map((text, seq) => {
    const [date = '', time = '', lane = 'gate'] = text.split(' ');
    return { at: Date.parse(`2026-11-${date}T${time.length === 5 ? `${time}:00` : time}+07:00`), lane, seq, laneDirection: directionOf(lane) };
  });
}

export function answers(worker: AttendanceWorker, scans: readonly AttendanceScan[], with_ = rules): Attendance[] {
  let state = nobodySeen;
  return scans.toSorted(inOrder).map((scan) => {
    const decided = attend(state, scan, worker, directionOf(scan.lane), with_);
    state = decided.state;
    return decided.attendance;
  });
}

/** `in shift-window day 02`: direction, reason, shift and work date of each scan. */
export function told(worker: AttendanceWorker, ...texts: string[]): string[] {
  return answers(worker, scansOf(...texts)).map(({ outcome, direction, reason, shift, workDate }) => (
    `${outcome === 'recorded' ? '' : `${outcome} `}${direction} ${reason} ${shift?.shiftId ?? '-'} ${workDate.slice(-2)}`));
}

export function sheet(worker: AttendanceWorker, texts: readonly string[], from = '2026-11-01', to = '2026-11-30'): TimesheetLine[] {
  return timesheet(scansOf(...texts), worker, directionOf, { from, to, rules });
}

export function clock(at: number | null): string | null {
  return at === null ? null : new Date(at + 7 * 3_600_000).toISOString().slice(8, 16).replace('T', ' ');
}
