import type { LabourLaw, LabourSettings } from '../../../shared/contracts/labour.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import type { LabourFilter, LabourRow } from '../../../shared/contracts/requests/labour.ts';
import { checkLabour } from '../../../shared/domain/labour-check.ts';
import { countDay, type DayCount } from '../../../shared/domain/labour-day.ts';
import { addCount, isOver, noLabour, shareOf, standingOn, sumsBy, weekOf, type Standing, type WeekWork } from '../../../shared/domain/labour-sums.ts';
import { periodDates } from '../../../shared/domain/timesheet-words.ts';
import { fold } from '../../../shared/domain/vietnamese.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import { countStaleWorkers, eachWorker, findWorkerById, readLabourWorker, readShifts, readWorkDays, readYearWork, type SheetWorker, type Store } from '../../store/index.ts';
import { labourLaw, readLabourSettings } from './labour-law.ts';
import { keptDays, labourDay } from './work-days.ts';

type Asked<N extends 'labour/list' | 'labour/worker' | 'labour/export'> = Input<N> & { now: number };
interface Listed { row: LabourRow; worker: SheetWorker }
interface Kept { month: string; at: number; listed: readonly Listed[] }

/** A list that is no older than this is shown again without being made anew. */
const keptMs = 20_000;
const kept = new WeakMap<Store, Kept>();

/** Everybody near a cap or over it, by the kept months; a page of them. `now` in milliseconds since 1970. */
export function labourList(store: Store, { month, filter, offset, limit, fresh, now }: Asked<'labour/list'>): Output<'labour/list'> {
  const known = kept.get(store);
  const isOld = known === undefined || known.month !== month || (offset === 0 && (fresh || Math.abs(now - known.at) > keptMs));
  const list = isOld ? { month, at: now, listed: listedOf(store, month, now) } : known;
  kept.set(store, list);
  const law = labourLaw();
  const rows = list.listed.filter(wants(filter)).map(({ row }) => row);
  const over = rows.filter((row) => row.isOver).length;
  return {
    rows: rows.slice(offset, offset + limit), total: rows.length, over, fromPercent: readLabourSettings(store).listFromPercent,
    penalty: penaltyOf(law, over, lastDate(month, now)), waiting: countStaleWorkers(store), holidaysKnown: law.holidayYears.includes(Number(month.slice(0, 4))),
    at: new Date(list.at).toISOString(),
  };
}

/** One worker's year up to a month: hours by pay class and everything that the law does not allow. Problem: `not-found`. */
export function labourWorker(store: Store, { workerId, month, now }: Asked<'labour/worker'>): Output<'labour/worker'> {
  const stored = findWorkerById(store, workerId);
  if (stored === null) throw new ProblemError('not-found');
  const worker: SheetWorker = { ...stored, searchText: '' };
  const [law, settings] = [labourLaw(), readLabourSettings(store)];
  const { counts, findings } = yearOf(store, month, now, law, settings)(worker);
  const last = lastDate(month, now);
  const inWeek = counts.filter(({ workDate }) => workDate >= weekOf(last) && workDate <= last);
  const sums = [...sumsBy('month', counts)].map(([name, of]) => ({ month: name, ...of }));
  const used = { month: sums.find((one) => one.month === month)?.capped ?? 0, year: sums.reduce((sum, { capped }) => sum + capped, 0), week: inWeek.reduce(addWeek, noWeek) };
  return {
    row: rowOf(worker, standingOn(law, settings, last, isCurrent(month, now) ? used : { ...used, week: noWeek })), findings,
    months: sums,
  };
}

/** The list of a month and, worker by worker, every finding of it: what a file is made of. */
export function* labourFindings(store: Store, { month, filter, now }: Asked<'labour/export'>): Generator<Listed & Output<'labour/worker'>> {
  const [law, settings] = [labourLaw(), readLabourSettings(store)];
  const year = yearOf(store, month, now, law, settings);
  for (const { row, worker } of listedOf(store, month, now).filter(wants(filter))) {
    const { counts, findings } = year(worker);
    const own = counts.filter(({ workDate }) => workDate.startsWith(month)).reduce(addCount, noLabour);
    yield { row, worker, months: [{ month, ...own }], findings: findings.filter(({ date }) => date.startsWith(month)) };
  }
}

/** What gives a worker's counts and findings of the year up to the end of a month. */
export function yearOf(
  store: Store, month: string, now: number, law: LabourLaw, settings: LabourSettings,
): (worker: SheetWorker) => { counts: DayCount[]; findings: ReturnType<typeof checkLabour>['findings'] } {
  const first = `${month.slice(0, 4)}-01-01`;
  const last = lastDate(month, now);
  // A rest begins on the date before, and a week may begin in the year before.
  const from = weekOf(first);
  const daysOf = keptDays(store, { from, to: last, until: now });
  const shifts = readShifts(store);
  return (worker) => {
    const days = daysOf(worker).map((day) => labourDay(day, shifts));
    // Today is not over: what only the absence of work tells is told of whole dates.
    const { counts, findings } = checkLabour(law, settings, readLabourWorker(store, worker.workerNo), days, { from, to: isCurrent(month, now) ? addDays(last, -1) : last });
    return { counts: counts.filter(({ workDate }) => workDate >= first), findings: findings.filter(({ date }) => date >= first) };
  };
}

function listedOf(store: Store, month: string, now: number): Listed[] {
  const [law, settings] = [labourLaw(), readLabourSettings(store)];
  const last = lastDate(month, now);
  const year = readYearWork(store, month);
  const current = isCurrent(month, now);
  const listed: Listed[] = [];
  for (const worker of eachWorker(store)) {
    const work = year.get(worker.workerNo);
    if (work === undefined) continue;
    const of = (sums: { capped: number; cappedContinuous: number } | null): number => (
      sums === null ? 0 : settings.continuousDepartments.includes(worker.department) ? sums.cappedContinuous : sums.capped);
    const week = current ? weekWork(store, worker, last, law, settings) : noWeek;
    const standing = standingOn(law, settings, last, { week, month: of(work.month), year: of(work.year) });
    if (shareOf(standing) >= settings.listFromPercent) listed.push({ worker, row: rowOf(worker, standing) });
  }
  return listed.toSorted((a, b) => b.row.share - a.row.share || b.row.month.used - a.row.month.used || (a.row.workerId < b.row.workerId ? -1 : 1));
}

const noWeek: WeekWork = { normal: 0, overtime: 0 };

function addWeek(sum: WeekWork, { normal, overtime }: DayCount): WeekWork {
  return { normal: sum.normal + normal, overtime: sum.overtime + overtime };
}

function weekWork(store: Store, worker: SheetWorker, last: string, law: LabourLaw, settings: LabourSettings): WeekWork {
  return readWorkDays(store, worker.workerNo, weekOf(last), last).map((day) => countDay(law, settings, worker, labourDay(day))).reduce(addWeek, noWeek);
}

function rowOf({ workerId, fullName, department, employer, shiftId }: SheetWorker, standing: Standing): LabourRow {
  return { workerId, fullName, department, employer, shiftId, ...standing, share: shareOf(standing), isOver: isOver(standing) };
}

function wants({ query, department, employer, shiftId, show }: LabourFilter): (listed: Listed) => boolean {
  const words = fold(query).split(' ').filter((word) => word !== '');
  return ({ worker, row }) => (department === null || worker.department === department) && (employer === null || worker.employer === employer)
    && (shiftId === null || worker.shiftId === shiftId) && (show === 'near' || row.isOver) && words.every((word) => worker.searchText.includes(word));
}

/** The last date of a month that has begun; in the month of now, today. */
function lastDate(month: string, now: number): string {
  return isCurrent(month, now) ? workDateOf(now) : periodDates(month).to;
}

function isCurrent(month: string, now: number): boolean {
  return workDateOf(now).startsWith(month);
}

/** What the decree in force on a date asks of an enterprise for so many workers. */
export function penaltyOf(law: LabourLaw, workers: number, date: string): Output<'labour/list'>['penalty'] {
  const rule = law.penalties.find(({ from, to }) => from <= date && (to === null || date <= to));
  const step = rule?.scale.find(({ workersFrom, workersTo }) => workersFrom <= workers && (workersTo === null || workers <= workersTo));
  if (rule === undefined || step === undefined) return null;
  return { workers, least: step.least * rule.organisationFactor, most: step.most * rule.organisationFactor, decree: rule.decree, verified: rule.verified };
}
