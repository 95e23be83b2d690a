import type { LabourLaw, LabourSettings } from '../../../shared/contracts/labour.ts';
import type { GateNotice } from '../../../shared/contracts/requests/gate.ts';
import { minutesOf } from '../../../shared/contracts/shift.ts';
import { countDay } from '../../../shared/domain/labour-day.ts';
import { dayKind, guardingOn, valueOn, type LabourWorker } from '../../../shared/domain/labour-rules.ts';
import { leftOf, standingOn, weekOf } from '../../../shared/domain/labour-sums.ts';
import { startOfDay } from '../../../shared/domain/shift.ts';
import { localMoment } from '../../../shared/domain/working-calendar.ts';
import { addDays } from '../../../shared/domain/work-date.ts';
import { readShifts, readWorkDays, readWorkMonths, type Store, type StoredWorker, type WorkDay } from '../../store/index.ts';
import type { NoticeRule } from '../gate/gate-notices.ts';
import { labourLaw, readLabourSettings } from './labour-law.ts';
import { labourDay } from './work-days.ts';

const minuteMs = 60_000;
/** A few minutes at the gate are no overtime. */
const toleranceMinutes = 15;

/**
 * What the labour law has to say to somebody who passes: caps of overtime that are nearly used up, too short a rest, work
 * that is forbidden. From the kept work days, by key: a dozen rows of months and a week's dates.
 */
export const labourNotices: NoticeRule = (store, worker, { outcome, direction, workDate, shiftId }, at) => {
  if (outcome !== 'recorded' || direction === null) return [];
  const law = labourLaw();
  const settings = readLabourSettings(store);
  const person: LabourWorker = { birthDate: worker.birthDate, department: worker.department, ...worker.details };
  const guards = guardingOn(law, settings, person, workDate);
  const plan = shiftId !== null ? 'shift' : worker.shiftId === null ? 'none' : 'day-off';
  const isFree = dayKind(law, settings, workDate, plan) !== 'working';
  if (direction === 'out') {
    const isOver = shiftId !== null && guards.some(({ overtimeForbidden }) => overtimeForbidden) && hasStayedLonger(store, shiftId, workDate, at);
    return isOver ? [{ kind: 'overtime-forbidden' }] : [];
  }
  const days = readWorkDays(store, worker.workerNo, [weekOf(workDate), addDays(workDate, -3)].toSorted()[0]!, workDate);
  const notices: GateNotice[] = [];
  if (guards.some(({ nightForbidden }) => nightForbidden) && isNightWork(store, shiftId, at, law, workDate)) notices.push({ kind: 'night-forbidden' });
  if (isFree && guards.some(({ overtimeForbidden }) => overtimeForbidden)) notices.push({ kind: 'overtime-forbidden' });
  return [...notices, ...restNotice(law, days, workDate, workBegins(store, shiftId, workDate, at)), ...leftNotices(store, worker, days, workDate, law, settings)];
};

/** What is left of each cap, the least first, where it is little. */
function leftNotices(store: Store, worker: StoredWorker, days: readonly WorkDay[], workDate: string, law: LabourLaw, settings: LabourSettings): GateNotice[] {
  const month = workDate.slice(0, 7);
  const isContinuous = settings.continuousDepartments.includes(worker.department);
  const months = readWorkMonths(store, worker.workerNo, `${month.slice(0, 4)}-01`, month).map((one) => ({ month: one.month, capped: isContinuous ? one.cappedContinuous : one.capped }));
  const week = days.filter(({ line }) => line.workDate >= weekOf(workDate)).map((day) => countDay(law, settings, worker, labourDay(day)))
    .reduce((sum, { normal, overtime }) => ({ normal: sum.normal + normal, overtime: sum.overtime + overtime }), { normal: 0, overtime: 0 });
  const standing = standingOn(law, settings, workDate, {
    week, month: months.find((one) => one.month === month)?.capped ?? 0, year: months.reduce((sum, { capped }) => sum + capped, 0),
  });
  return (['week', 'month', 'year'] as const).flatMap((period) => {
    const one = standing[period];
    const minutes = one === null ? Infinity : leftOf(one);
    return minutes <= settings.tellLeft[period] ? [{ kind: 'overtime-left' as const, period, minutes }] : [];
  }).toSorted((a, b) => a.minutes - b.minutes);
}

/** Whoever comes before his shift begins rests until then, though he is inside. */
function workBegins(store: Store, shiftId: string | null, workDate: string, at: number): number {
  const shift = shiftId === null ? undefined : readShifts(store).get(shiftId);
  return shift === undefined ? at : Math.max(at, startOfDay(workDate) + minutesOf(shift.start) * minuteMs);
}

/** Whoever comes for a new date less than twelve hours after he left (Bộ luật Lao động 2019 art. 110). */
function restNotice(law: LabourLaw, days: readonly WorkDay[], workDate: string, at: number): GateNotice[] {
  const last = days.at(-1);
  if (last === undefined || last.line.workDate === workDate || last.line.out === null) return [];
  const minutes = Math.floor((at - last.line.out) / minuteMs);
  return minutes >= 0 && minutes < valueOn(law, workDate, 'shiftRest') ? [{ kind: 'rest-short', minutes }] : [];
}

/** Whether the shift reaches into the night, or, without one, it is night now. */
function isNightWork(store: Store, shiftId: string | null, at: number, law: LabourLaw, date: string): boolean {
  const [from, to] = [valueOn(law, date, 'nightFrom'), valueOn(law, date, 'nightTo')];
  const shift = shiftId === null ? undefined : readShifts(store).get(shiftId);
  const { minute } = localMoment(at);
  const [start, end] = shift === undefined ? [minute, minute + 1] : [minutesOf(shift.start), minutesOf(shift.end)];
  return start < to || start >= from || end > from || end <= start;
}

/** Whether somebody leaves later than the shift ends. */
function hasStayedLonger(store: Store, shiftId: string, workDate: string, at: number): boolean {
  const shift = readShifts(store).get(shiftId);
  if (shift === undefined) return false;
  const [start, end] = [minutesOf(shift.start), minutesOf(shift.end)];
  const now = localMoment(at);
  const minute = now.minute + (now.date > workDate ? 1_440 : 0);
  const planned = end > start ? end : end + 1_440;
  return minute - planned >= toleranceMinutes;
}
