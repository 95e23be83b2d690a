import { countDay, type LabourDay } from '../../../shared/domain/labour-day.ts';
import type { LabourLaw, LabourSettings } from '../../../shared/contracts/labour.ts';
import { minutesOf, type Shift } from '../../../shared/contracts/shift.ts';
import { doubtfulSpans } from '../../../shared/domain/clock-doubt.ts';
import { shiftsOn, startOfDay, type WorkerPlan } from '../../../shared/domain/shift.ts';
import type { TimesheetDay, TimesheetLine } from '../../../shared/domain/timesheet.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import {
  eachWorker, isWorkFresh, keepWorkDays, readClockMarks, readKiosk, readShifts, readStaleWorkers, readWorkDates, readWorkDays, readWorkerCorrections, readWorkerPlan, setWorkRules, sha256,
  workGeneration, type SheetWorker, type StaleWorker, type Store, type WorkDay, type WorkMonth, type WorkRules,
} from '../../store/index.ts';
import { attendanceRules } from '../gate/gate-attendance.ts';
import { labourLaw, readLabourSettings } from './labour-law.ts';
import { sheetDesk, type SheetDesk, type SheetPeriod, type WorkerSheet } from './timesheets.ts';

/** Grows when the way of working out changes: rows of an older program are made anew. */
const version = 3;
const minuteMs = 60_000;
/** A scan may change the line of some dates before its own: a night, a late way out. */
const marginDays = 3;
/** Any shift and its late way out are over so long after the beginning of its date. */
const longestDays = 4;
const never = Number.MAX_SAFE_INTEGER;

/** One worker's rows, worked out and not yet kept. */
export interface WorkedOut {
  workerNo: number; fromDate: string; mark: number | null; generation: number; dueAt: number | null;
  days: WorkDay[]; months: WorkMonth[];
}

/** What the kept rows depend on besides scans, plans of workers and corrections. A shift's name bears on none. */
export function workRules(store: Store): WorkRules {
  const lanes = (readKiosk(store)?.lanes ?? []).map(({ lane, direction }) => [lane, direction]);
  // Whom a zone held stands with the scan: what zones are now changes no line.
  const rules = { ...attendanceRules(store), passback: undefined };
  return {
    common: sha256(JSON.stringify([version, rules, lanes, doubtfulSpans(readClockMarks(store)), labourLaw().version, readLabourSettings(store)])),
    shifts: Object.fromEntries([...readShifts(store).values()].map((shift) => [shift.id, sha256(JSON.stringify({ ...shift, name: '' })).slice(0, 16)])),
  };
}

/**
 * The same as `timesheets`, from what is kept; a worker whose rows are stale, or hold for another end of the period, is
 * worked out on the spot. So the answer never depends on how far the keeping has come.
 */
export function* keptSheets(
  store: Store, { wanted = () => true, ...period }: SheetPeriod & { wanted?: (worker: SheetWorker) => boolean },
): Generator<WorkerSheet> {
  const daysOf = keptDays(store, period);
  for (const worker of eachWorker(store)) {
    if (!wanted(worker)) continue;
    const days = daysOf(worker).map(({ line, shiftIds }) => ({ line, shiftIds }));
    if (days.length > 0) yield { worker, days, lines: days.map(({ line }) => line) };
  }
}

/** A date of a worker, with what the plan had for it. */
export type PlannedDay = Omit<WorkDay, 'validFrom' | 'validTo'>;

/** What gives one worker's dates of a period, kept or worked out; what all workers share is read once. */
export function keptDays(store: Store, period: SheetPeriod): (worker: SheetWorker) => PlannedDay[] {
  const { from, to, until = Infinity } = period;
  const end = Math.min(startOfDay(addDays(to, 1)), until);
  const generation = workGeneration(store, workRules(store));
  let desk: SheetDesk | undefined;
  return (worker) => {
    if (generation !== null && isWorkFresh(store, worker.workerNo, generation)) {
      const days = readWorkDays(store, worker.workerNo, from, to);
      if (days.every(({ validFrom, validTo }) => validFrom <= end && end <= validTo)) return days;
    }
    desk ??= sheetDesk(store, period);
    const days = desk.daysOf(worker, readWorkerCorrections(store, worker.workerId, desk.knownFrom, desk.knownTo));
    const plan = planOf(store, worker, from, to);
    return days.map((day) => ({ ...day, ...planned(plan, day.line) }));
  };
}

/**
 * Works out some stale workers' rows and keeps nothing: it may run on a connection that only reads. `generation`: of the
 * rules in force, which the writer has set; `now` in milliseconds since 1970.
 */
export function workOut(store: Store, { generation, now, limit }: { generation: number; now: number; limit: number }): WorkedOut[] {
  const law = labourLaw();
  // One snapshot: marks, scans, plans and rules all of the same moment.
  return store.db.transaction(() => {
    if (workGeneration(store, workRules(store)) !== generation) return [];
    const settings = readLabourSettings(store);
    return readStaleWorkers(store, { generation, now, limit }).map((stale) => workOutOne(store, stale, { generation, now, law, settings }));
  })();
}

function workOutOne(
  store: Store, { worker, fromDate: marked, mark }: StaleWorker, { generation, now, law, settings }: { generation: number; now: number; law: LabourLaw; settings: LabourSettings },
): WorkedOut {
  const { workerNo } = worker;
  const today = workDateOf(now);
  const { first, last } = readWorkDates(store, worker) ?? { first: today, last: today };
  const isWhole = marked <= first;
  const fromDate = addDays(isWhole ? first : marked, -marginDays);
  const to = addDays(last > today ? last : today, marginDays);
  const plan = planOf(store, worker, fromDate, to);
  const desk = sheetDesk(store, { from: fromDate, to, until: now });
  const corrections = readWorkerCorrections(store, worker.workerId, desk.knownFrom, desk.knownTo);
  const corrected = new Set(corrections.map(({ workDate }) => workDate));
  const days = desk.daysOf(worker, corrections).map((day) => keptDay(plan, day, corrected.has(day.line.workDate), now));
  const before = isWhole ? [] : readWorkDays(store, workerNo, `${fromDate.slice(0, 7)}-01`, addDays(fromDate, -1));
  const dueAt = days.reduce((due, day) => Math.min(due, changesAt(day, now)), never);
  return { workerNo, fromDate: isWhole ? '0001-01-01' : fromDate, mark, generation, dueAt: dueAt === never ? null : dueAt, days, months: monthsOf([...before, ...days], law, settings) };
}

/** For which ends of a period a line holds: nearly always for all. */
function keptDay(plan: WorkerPlan, { line, shiftIds }: TimesheetDay, isCorrected: boolean, now: number): WorkDay {
  const shifts = shiftsOn(plan, line.workDate);
  const day = (validFrom: number, validTo: number): WorkDay => ({ line, shiftIds, ...planned(plan, line), validFrom, validTo });
  const open = line.exceptions.filter((one) => one === 'no-out' || one === 'still-inside');
  if (open.length === 0 && line.closedBy === 'scan' && !isCorrected) return day(0, never);
  const settledAt = startOfDay(addDays(line.workDate, longestDays));
  if (now > settledAt) return day(settledAt + 1, never);
  const isPlanned = line.shiftId !== null && shifts.some(({ shiftId }) => shiftId === line.shiftId) && !line.exceptions.includes('no-shift') && !isCorrected;
  // Until then it is worked out each time that somebody asks.
  if (!isPlanned) return day(never, settledAt);
  const closings = shifts.map(({ closesAt }) => closesAt);
  const [first, last] = [Math.min(...closings), Math.max(...closings)];
  if (now > last) return day(last + 1, never);
  return open.length === 1 && open[0] === 'still-inside' && now <= first ? day(0, first) : day(never, last);
}

/** The instant from which a kept line is another one, or holds for more. */
function changesAt({ validTo }: WorkDay, now: number): number {
  return validTo === never ? never : Math.max(validTo, now) + 1;
}

function planOf(store: Store, worker: SheetWorker, from: string, to: string): WorkerPlan {
  return readWorkerPlan(store, worker, addDays(from, -1), addDays(to, 1));
}

function planned(plan: WorkerPlan, line: TimesheetLine): Pick<LabourDay, 'plan' | 'breakMinutes'> {
  const shifts = shiftsOn(plan, line.workDate);
  if (shifts.length > 0) return { plan: 'shift', breakMinutes: shifts.reduce((sum, { breakMs }) => sum + breakMs / minuteMs, 0) };
  const own = line.shiftId === null ? undefined : plan.shifts.get(line.shiftId);
  if (own !== undefined) return { plan: 'shift', breakMinutes: own.breakMinutes };
  return { plan: plan.shiftId === null && plan.assignments.length === 0 ? 'none' : 'day-off', breakMinutes: null };
}

/**
 * A kept line as the law looks at it. `shifts`: whoever comes before his shift begins rests until then, though he is inside.
 */
export function labourDay({ line, plan, breakMinutes }: Omit<PlannedDay, 'shiftIds'>, shifts?: ReadonlyMap<string, Shift>): LabourDay {
  const { workDate, shiftId, in: seen, out, workedMinutes, overtimeMinutes, nightMinutes } = line;
  const shift = shiftId === null ? undefined : shifts?.get(shiftId);
  const from = seen === null || shift === undefined ? seen : Math.max(seen, startOfDay(workDate) + minutesOf(shift.start) * minuteMs);
  return { workDate, shiftId, in: from, out, workedMinutes, overtimeMinutes, nightMinutes, plan, breakMinutes };
}

function monthsOf(days: readonly WorkDay[], law: LabourLaw, settings: LabourSettings): WorkMonth[] {
  const months = new Map<string, WorkMonth>();
  const [department] = ['.'];
  for (const day of days) {
    const month = day.line.workDate.slice(0, 7);
    const sums = months.get(month) ?? { month, days: 0, worked: 0, overtime: 0, night: 0, capped: 0, cappedContinuous: 0 };
    const count = (continuousDepartments: string[]): ReturnType<typeof countDay> => countDay(law, { ...settings, continuousDepartments }, { department }, labourDay(day));
    const plain = count([]);
    months.set(month, {
      month, days: sums.days + 1, worked: sums.worked + day.line.workedMinutes, overtime: sums.overtime + plain.overtime, night: sums.night + plain.night,
      capped: sums.capped + plain.capped, cappedContinuous: sums.cappedContinuous + count([department]).capped,
    });
  }
  return [...months.values()];
}

/** Keeps what was worked out, a transaction for about `rows` rows; the writer's part. Returns how many workers were kept. */
export function* keepWork(store: Store, parts: readonly WorkedOut[], rows = 400): Generator<number> {
  for (let i = 0; i < parts.length;) {
    let taken = 0;
    const slice: WorkedOut[] = [];
    do {
      slice.push(parts[i]!);
      taken += parts[i]!.days.length;
      i += 1;
    } while (i < parts.length && taken < rows);
    yield store.transaction(() => slice.filter((part) => keepWorkDays(store, part)).length);
  }
}

/** Works out and keeps everybody who is stale, at once; for commands and tests, where nobody waits. */
export function keepAllWork(store: Store, now: number): void {
  const generation = setWorkRules(store, workRules(store));
  for (;;) {
    const parts = workOut(store, { generation, now, limit: 100 });
    const kept = [...keepWork(store, parts)].reduce((sum, n) => sum + n, 0);
    if (kept === 0) return;
  }
}
