import type { LabourLaw, LabourSettings } from '../contracts/labour.ts';
import { dayKind, normalDay, valueOn, type DayKind, type LabourWorker } from './labour-rules.ts';
import { midnightsFrom } from './shift.ts';
import type { TimesheetLine } from './timesheet.ts';

/** A work date as the law looks at it: the timesheet's line, and what the plan had for it. Minutes are whole. */
export interface LabourDay extends Pick<TimesheetLine, 'workDate' | 'shiftId' | 'in' | 'out' | 'workedMinutes' | 'overtimeMinutes' | 'nightMinutes'> {
  /** `none`: the worker has no shift at all. */
  plan: 'shift' | 'day-off' | 'none';
  /** Break of the shifts of the date; null without a shift. */
  breakMinutes: number | null;
}

/** What a work date counts. `normal` + `overtime` = all work, the break that counts as work included. */
export interface DayCount {
  workDate: string;
  kind: DayKind;
  normal: number;
  overtime: number;
  /** What counts against the caps of month and year: a break that counts as work is taken off (Decree 145/2020 art. 60.5). */
  capped: number;
  night: number;
  /** The part of the overtime that lies in the night (art. 98.3). */
  nightOvertime: number;
  countedBreak: number;
}

const minuteMs = 60_000;

/**
 * Counts a work date by the law: on a holiday or a day of rest all work is overtime; on others what lies after the shift or
 * over the normal hours of a day. A continuous shift's break counts as work (Labour Code art. 109, Decree 145/2020 art. 64).
 */
export function countDay(law: LabourLaw, settings: LabourSettings, worker: Pick<LabourWorker, 'department'>, day: LabourDay): DayCount {
  const { workDate, workedMinutes } = day;
  const kind = dayKind(law, settings, workDate, day.plan);
  const countedBreak = countsBreak(law, settings, worker, day) ? day.breakMinutes! : 0;
  const work = workedMinutes + countedBreak;
  const normal = kind === 'working' ? Math.min(work - day.overtimeMinutes, normalDay(law, settings, workDate)) : 0;
  const overtime = work - normal;
  return {
    workDate, kind, normal, overtime, countedBreak, capped: Math.max(0, overtime - countedBreak), night: day.nightMinutes,
    nightOvertime: Math.min(kind === 'working' ? nightAtEnd(law, day, overtime) : day.nightMinutes, overtime),
  };
}

/** A continuous shift of at least six hours (Decree 145/2020 art. 63.1). */
function countsBreak(law: LabourLaw, { continuousDepartments }: LabourSettings, { department }: Pick<LabourWorker, 'department'>, day: LabourDay): boolean {
  return day.breakMinutes !== null && day.breakMinutes > 0 && continuousDepartments.includes(department)
    && day.workedMinutes + day.breakMinutes >= valueOn(law, day.workDate, 'breakAfter');
}

/** Minutes of the night in the last part of a work date, which is its overtime. */
function nightAtEnd(law: LabourLaw, { out, workDate, nightMinutes }: LabourDay, overtime: number): number {
  if (out === null || overtime === 0 || nightMinutes === 0) return 0;
  const from = out - overtime * minuteMs;
  const [begin, end] = [valueOn(law, workDate, 'nightFrom'), valueOn(law, workDate, 'nightTo')];
  const length = (end - begin + (end <= begin ? 1_440 : 0)) * minuteMs;
  let sum = 0;
  for (const midnight of midnightsFrom(from - 1_440 * minuteMs)) {
    if (midnight >= out) break;
    const start = midnight + begin * minuteMs;
    sum += Math.max(0, Math.min(out, start + length) - Math.max(from, start));
  }
  return Math.min(nightMinutes, Math.floor(sum / minuteMs));
}
