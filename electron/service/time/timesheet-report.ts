import type { Input, Output, RequestName } from '../../../shared/contracts/requests/index.ts';
import type { TimesheetFilter, TimesheetSums } from '../../../shared/contracts/requests/shift.ts';
import { addSums, needsCheck, noSums, sumsOf, type TimesheetDay } from '../../../shared/domain/timesheet.ts';
import { periodDates } from '../../../shared/domain/timesheet-words.ts';
import { fold } from '../../../shared/domain/vietnamese.ts';
import { correctionChanges, readMarkedDates, readShifts, readTeams, type SheetWorker, type Store } from '../../store/index.ts';
import { keptSheets } from './work-days.ts';

/** A request and the instant at which it was asked, in milliseconds since 1970: a thread has no clock of its own. */
type Asked<N extends RequestName> = Input<N> & { now: number };
type Person = Output<'timesheet/day'>['rows'][number];
interface Entry { worker: SheetWorker; days: readonly TimesheetDay[] }
/** Of a month only the sums by shifts are kept: half a million lines would be no cache. */
interface MonthEntry { worker: SheetWorker; byShifts: readonly { shiftIds: readonly string[]; sums: TimesheetSums }[] }
/** `stamp`: of the newest correction that the entries know. */
interface Kept<E> { period: string; at: number; stamp: number; entries: readonly E[] }

/** A sheet that is no older than this is shown again without being worked out anew. */
const keptMs = 20_000;
const kept = new WeakMap<Store, { day?: Kept<Entry>; month?: Kept<MonthEntry> }>();

/** Whether a filter asks for a worker; shift and exceptions are questions to his lines. */
export function wantsWorker({ query, department, employer }: TimesheetFilter): (worker: SheetWorker) => boolean {
  const words = fold(query).split(' ').filter((word) => word !== '');
  return (worker) => (department === null || worker.department === department) && (employer === null || worker.employer === employer)
    && words.every((word) => worker.searchText.includes(word));
}

/** Whether a filter asks for a date of a worker whom it wants; a split day is found by each of its shifts. */
export function wantsDay({ shiftId, onlyToCheck }: TimesheetFilter): (day: TimesheetDay) => boolean {
  return ({ line, shiftIds }) => (shiftId === null || shiftIds.includes(shiftId)) && (!onlyToCheck || needsCheck(line));
}

/** The lines of one date, a page of them, with the sums of all. */
export function dayReport(store: Store, { date, filter, offset, limit, fresh, now }: Asked<'timesheet/day'>): Output<'timesheet/day'> {
  const cache = cacheOf(store);
  if (isOld(store, cache.day, date, now, offset, fresh)) cache.day = keep(store, date, now, (entry) => entry);
  const { entries, at } = cache.day!;
  const { counting } = readMarkedDates(store, date, date);
  const rows = entries.filter(({ worker }) => wantsWorker(filter)(worker))
    .flatMap(({ worker, days }) => days.filter(wantsDay(filter)).map(({ line }): Person => ({ ...person(worker), line, corrected: counting.has(`${worker.workerId} ${date}`) })));
  return {
    total: rows.length, rows: rows.slice(offset, offset + limit), sums: rows.reduce((sums, { line }) => addSums(sums, sumsOf(line)), noSums),
    at: new Date(at).toISOString(),
  };
}

/** Each worker's sums of a month, a page of them, with the sums of all. */
export function monthReport(store: Store, { month, filter, offset, limit, fresh, now }: Asked<'timesheet/month'>): Output<'timesheet/month'> {
  const cache = cacheOf(store);
  if (isOld(store, cache.month, month, now, offset, fresh)) cache.month = keep(store, month, now, ({ worker, days }) => ({ worker, byShifts: byShifts(days) }));
  const { entries, at } = cache.month!;
  const rows = entries.filter(({ worker }) => wantsWorker(filter)(worker)).flatMap(({ worker, byShifts: all }) => {
    const own = all.filter(({ shiftIds }) => filter.shiftId === null || shiftIds.includes(filter.shiftId)).map(({ sums }) => sums).reduce(addSums, noSums);
    return own.days === 0 || (filter.onlyToCheck && own.toCheck === 0) ? [] : [{ ...person(worker), sums: own }];
  });
  return {
    total: rows.length, rows: rows.slice(offset, offset + limit), sums: rows.reduce((sums, row) => addSums(sums, row.sums), noSums),
    at: new Date(at).toISOString(),
  };
}

/** One worker's lines of a month. */
export function workerReport(store: Store, { month, workerId, now }: Asked<'timesheet/worker'>): Output<'timesheet/worker'> {
  const { from, to } = periodDates(month);
  const { counting } = readMarkedDates(store, from, to);
  const lines = [...keptSheets(store, { from, to, until: now, wanted: (worker) => worker.workerId === workerId })].flatMap((sheet) => sheet.lines);
  return { lines: lines.map((line) => ({ ...line, corrected: counting.has(`${workerId} ${line.workDate}`) })) };
}

/** What the lists can be filtered by. */
export function timesheetChoices(store: Store): Output<'timesheet/choices'> {
  return { ...readTeams(store), shifts: [...readShifts(store).values()].map(({ id, name }) => ({ id, name })) };
}

function cacheOf(store: Store): { day?: Kept<Entry>; month?: Kept<MonthEntry> } {
  const known = kept.get(store) ?? {};
  kept.set(store, known);
  return known;
}

/** Further pages belong to the first one, however old that is. */
function isOld(
  store: Store, known: { period: string; at: number; stamp: number } | undefined, period: string, now: number, offset: number, fresh: boolean,
): boolean {
  return known === undefined || known.period !== period
    || (offset === 0 && (fresh || Math.abs(now - known.at) > keptMs || correctionChanges(store, known.stamp).stamp !== known.stamp));
}

function keep<E>(store: Store, period: string, now: number, entryOf: (entry: Entry) => E): Kept<E> {
  const { from, to } = periodDates(period);
  const { stamp } = correctionChanges(store, 0);
  return { period, at: now, stamp, entries: [...mapped(keptSheets(store, { from, to, until: now }), entryOf)] };
}

function* mapped<A, B>(items: Iterable<A>, map: (item: A) => B): Generator<B> {
  for (const item of items) yield map(item);
}

function byShifts(days: readonly TimesheetDay[]): MonthEntry['byShifts'] {
  const sums = new Map<string, MonthEntry['byShifts'][number]>();
  for (const { line, shiftIds } of days) {
    const key = shiftIds.join('\n');
    sums.set(key, { shiftIds, sums: addSums(sums.get(key)?.sums ?? noSums, sumsOf(line)) });
  }
  return [...sums.values()];
}

function person({ workerId, fullName, department, employer }: SheetWorker): Omit<Person, 'line' | 'corrected'> {
  return { workerId, fullName, department, employer };
}
