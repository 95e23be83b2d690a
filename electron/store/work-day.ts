import type { LabourDay } from '../../shared/domain/labour-day.ts';
import type { LabourWorker } from '../../shared/domain/labour-rules.ts';
import type { TimesheetDay, TimesheetLine } from '../../shared/domain/timesheet.ts';
import type { Store } from './store.ts';
import { detailsOf, type SheetWorker } from './worker.ts';

/** A kept line, with what the plan had for its date and the ends of periods (milliseconds) for which it holds. */
export interface WorkDay extends TimesheetDay {
  plan: LabourDay['plan'];
  breakMinutes: number | null;
  validFrom: number;
  validTo: number;
}

/** Sums of a worker's month in minutes; `capped` twice: where a break counts as work in his department, and where not. */
export interface WorkMonth {
  month: string; days: number; worked: number; overtime: number; night: number; capped: number; cappedContinuous: number;
}

/** A worker whose rows must be made anew, from a date on; `mark` null where only time or rules changed. */
export interface StaleWorker { worker: SheetWorker; fromDate: string; mark: number | null }

interface DayRow {
  workDate: string; shiftId: string | null; shiftIds: string | null; inAt: number | null; outAt: number | null; worked: number; overtime: number; night: number;
  late: number; early: number; closedBy: TimesheetLine['closedBy']; exceptions: string; more: string | null;
  plan: LabourDay['plan']; breakMinutes: number | null; validFrom: number; validTo: number;
}

const dayColumns = `work_date as workDate, shift_id as shiftId, shift_ids as shiftIds, in_at as inAt, out_at as outAt, worked, overtime, night, late, early,
  closed_by as closedBy, exceptions, more, plan, break_minutes as breakMinutes, valid_from as validFrom, valid_to as validTo`;
const sheetColumns = `worker_no as workerNo, worker.worker_id as workerId, worker.full_name as fullName, worker.department, worker.employer,
  worker.start_date as startDate, worker.end_date as endDate, worker.shift_id as shiftId, worker.barred, worker.search_text as searchText`;
const firstDate = '0001-01-01';

/** A worker's kept dates between two, both included, in order. */
export function readWorkDays(store: Store, workerNo: number, from: string, to: string): WorkDay[] {
  return store.sql<[number, string, string], DayRow>(
    `select ${dayColumns} from work_day where worker_no = ? and work_date between ? and ? order by work_date`).all(workerNo, from, to).map(dayOf);
}

/** A worker's kept month sums between two months, both included, in order. */
export function readWorkMonths(store: Store, workerNo: number, from: string, to: string): WorkMonth[] {
  return store.sql<[number, string, string], WorkMonth>(`
    select month, days, worked, overtime, night, capped, capped_continuous as cappedContinuous
    from work_month where worker_no = ? and month between ? and ? order by month`).all(workerNo, from, to);
}

/** Every worker's sums of a month and of the year up to it, where the worker has any work in the year. */
export function readYearWork(store: Store, month: string): Map<number, { month: WorkMonth | null; year: Pick<WorkMonth, 'capped' | 'cappedContinuous'> }> {
  const found = new Map<number, { month: WorkMonth | null; year: Pick<WorkMonth, 'capped' | 'cappedContinuous'> }>();
  const rows = store.sql<[string, string], WorkMonth & { workerNo: number }>(`
    select worker_no as workerNo, month, days, worked, overtime, night, capped, capped_continuous as cappedContinuous
    from work_month where month between ? and ?`).iterate(`${month.slice(0, 4)}-01`, month);
  for (const { workerNo, ...row } of rows) {
    const known = found.get(workerNo) ?? { month: null, year: { capped: 0, cappedContinuous: 0 } };
    known.year = { capped: known.year.capped + row.capped, cappedContinuous: known.year.cappedContinuous + row.cappedContinuous };
    if (row.month === month) known.month = row;
    found.set(workerNo, known);
  }
  return found;
}

/** Whether the kept rows of a worker are those of all scans, plans and rules; `generation` as `workGeneration` gives. */
export function isWorkFresh(store: Store, workerNo: number, generation: number): boolean {
  const row = store.sql<[number, number], { dirty: number; generation: number | null }>(`
    select exists (select 1 from work_dirty where worker_no = ?) as dirty, (select generation from work_state where worker_no = ?) as generation`).get(workerNo, workerNo)!;
  // Who has neither mark nor state was never at the gate.
  return row.dirty === 0 && (row.generation === null || row.generation === generation);
}

/** By which rules rows are kept, besides what is of one worker: all that counts for everybody as text, and each shift's own. */
export interface WorkRules { common: string; shifts: Record<string, string> }

/** The number of some rules; null where the kept rows were made by others. */
export function workGeneration(store: Store, rules: WorkRules): number | null {
  const row = store.sql<[], { generation: number; rules: string }>('select generation, rules from work_rules').get()!;
  return row.rules === JSON.stringify(rules) ? row.generation : null;
}

/**
 * Takes new rules: from now on every row made by the old ones is stale. A shift that came or went makes only those stale
 * whom it is for. Returns their number.
 */
export function setWorkRules(store: Store, rules: WorkRules): number {
  const known = workGeneration(store, rules);
  if (known !== null) return known;
  return store.transaction(() => {
    const text = store.sql<[], { rules: string }>('select rules from work_rules').get()!.rules;
    const before = text === '' ? null : JSON.parse(text) as WorkRules;
    const ids = before === null ? [] : [...new Set([...Object.keys(before.shifts), ...Object.keys(rules.shifts)])];
    const others = ids.filter((id) => before!.shifts[id] !== rules.shifts[id]);
    const isSame = before?.common === rules.common && others.every((id) => before.shifts[id] === undefined || rules.shifts[id] === undefined);
    if (isSame) others.forEach((id) => markShift(store, id));
    store.sql<[number, string]>('update work_rules set generation = generation + ?, rules = ?').run(isSame ? 0 : 1, JSON.stringify(rules));
    return store.sql<[], { n: number }>('select generation as n from work_rules').get()!.n;
  });
}

/** Marks everybody whom the roster or an assignment gives a shift. */
function markShift(store: Store, shiftId: string): void {
  store.sql<[string, string]>(`
    insert into work_dirty (worker_no, from_date) select worker_no, '${firstDate}' from worker
      where shift_id = ? or worker_id in (select worker_id from shift_assignment where shift_id = ?)
    on conflict (worker_no) do update set from_date = excluded.from_date, mark = mark + 1`).run(shiftId, shiftId);
}

/** Workers whose rows must be made anew, those who were at the gate first; `now` in milliseconds since 1970. */
export function readStaleWorkers(store: Store, { generation, now, limit }: { generation: number; now: number; limit: number }): StaleWorker[] {
  type Row = Omit<SheetWorker, 'barred'> & { barred: number; fromDate: string; mark: number | null };
  const asked = (text: string, ...params: number[]): Row[] => store.sql<number[], Row>(text).all(...params);
  const found = new Map<number, Row>();
  const add = (rows: Row[]): void => rows.forEach((row) => { if (!found.has(row.workerNo)) found.set(row.workerNo, row); });
  add(asked(`
    select ${sheetColumns}, case when state.generation = ? then dirty.from_date else '${firstDate}' end as fromDate, dirty.mark
    from work_dirty as dirty join worker using (worker_no) left join work_state as state using (worker_no) limit ?`, generation, limit));
  if (found.size < limit) {
    add(asked(`select ${sheetColumns}, '${firstDate}' as fromDate, null as mark from work_state as state join worker using (worker_no)
      where state.generation < ? limit ?`, generation, limit));
  }
  if (found.size < limit) {
    add(asked(`select ${sheetColumns}, date(state.due_at / 1000, 'unixepoch', '-7 days') as fromDate, null as mark
      from work_state as state join worker using (worker_no) where state.due_at <= ? limit ?`, now, limit));
  }
  return [...found.values()].slice(0, limit).map(({ fromDate, mark, barred, ...worker }) => ({ worker: { ...worker, barred: barred === 1 }, fromDate, mark }));
}

/** How many workers wait to be worked out anew. */
export function countStaleWorkers(store: Store): number {
  return store.sql<[], { n: number }>(`
    select (select count(*) from work_dirty) + (select count(*) from work_state where generation < (select generation from work_rules)) as n`).get()!.n;
}

/**
 * Keeps a worker's rows from a date on in the place of those before, and takes the mark away, all in the transaction that it
 * runs in. False where the worker was marked again since `mark` was read, or the rules are others: nothing is kept then.
 */
export function keepWorkDays(
  store: Store, { workerNo, fromDate, mark, generation, dueAt, days, months }: {
    workerNo: number; fromDate: string; mark: number | null; generation: number; dueAt: number | null; days: readonly WorkDay[]; months: readonly WorkMonth[];
  },
): boolean {
  const dirty = store.sql<[number], { mark: number }>('select mark from work_dirty where worker_no = ?').get(workerNo);
  const isOther = (dirty?.mark ?? null) !== mark || store.sql<[], { n: number }>('select generation as n from work_rules').get()!.n !== generation;
  if (isOther) return false;
  store.sql<[number, string]>('delete from work_day where worker_no = ? and work_date >= ?').run(workerNo, fromDate);
  store.sql<[number, string]>('delete from work_month where worker_no = ? and month >= ?').run(workerNo, fromDate.slice(0, 7));
  for (const day of days) insertDay(store, workerNo, day);
  for (const { month, ...sums } of months) {
    store.sql<unknown[]>('insert into work_month (worker_no, month, days, worked, overtime, night, capped, capped_continuous) values (?, ?, ?, ?, ?, ?, ?, ?)')
      .run(workerNo, month, sums.days, sums.worked, sums.overtime, sums.night, sums.capped, sums.cappedContinuous);
  }
  store.sql<[number, number, number | null]>(`
    insert into work_state (worker_no, generation, due_at) values (?, ?, ?)
    on conflict (worker_no) do update set generation = excluded.generation, due_at = excluded.due_at`).run(workerNo, generation, dueAt);
  store.sql<[number]>('delete from work_dirty where worker_no = ?').run(workerNo);
  return true;
}

/** The first and the last date on which a worker was at a gate of the site or has a correction, ISO; null where never. */
export function readWorkDates(store: Store, { workerNo, workerId }: Pick<SheetWorker, 'workerNo' | 'workerId'>): { first: string; last: string } | null {
  const { first, last } = store.sql<unknown[], { first: string | null; last: string | null }>(`
    with dates as (
      select date((select at from gate_scan where worker_no = ? order by at limit 1), '+7 hours') as date
      union all select date((select at from gate_scan where worker_no = ? order by at desc limit 1), '+7 hours')
      union all select date((select at from site_scan where worker_id = ? order by at limit 1), '+7 hours')
      union all select date((select at from site_scan where worker_id = ? order by at desc limit 1), '+7 hours')
      union all select min(work_date) from correction where worker_id = ? and counts = 1
      union all select max(work_date) from correction where worker_id = ? and counts = 1)
    select min(date) as first, max(date) as last from dates`).get(workerNo, workerNo, workerId, workerId, workerId, workerId)!;
  return first === null || last === null ? null : { first, last };
}

/** What the law asks of every worker besides his hours, by his key. */
export function readLabourWorker(store: Store, workerNo: number): LabourWorker {
  const row = store.sql<[number], { birthDate: string | null; department: string; details: string }>(
    'select birth_date as birthDate, department, details from worker where worker_no = ?').get(workerNo);
  if (row === undefined) throw new Error('a worker of the log is not in the roster');
  const { protections, overtimeConsent } = detailsOf(row.details);
  return { birthDate: row.birthDate, department: row.department, protections, overtimeConsent };
}

function dayOf({ workDate, shiftId, shiftIds, inAt, outAt, closedBy, exceptions, more, plan, breakMinutes, validFrom, validTo, ...row }: DayRow): WorkDay {
  const line: TimesheetLine = {
    workDate, shiftId, in: inAt, out: outAt, workedMinutes: row.worked, overtimeMinutes: row.overtime, nightMinutes: row.night,
    lateMinutes: row.late, earlyMinutes: row.early, closedBy, exceptions: exceptions === '' ? [] : exceptions.split(' ') as TimesheetLine['exceptions'],
  };
  return {
    line: more === null ? line : { ...line, ...JSON.parse(more) as object },
    shiftIds: shiftIds === null ? onlyShift(line) : JSON.parse(shiftIds) as string[], plan, breakMinutes, validFrom, validTo,
  };
}

function onlyShift({ shiftId }: TimesheetLine): string[] {
  return shiftId === null ? [] : [shiftId];
}

function insertDay(store: Store, workerNo: number, { line, shiftIds, plan, breakMinutes, validFrom, validTo }: WorkDay): void {
  const {
    workDate, shiftId, in: inAt, out: outAt, workedMinutes, overtimeMinutes, nightMinutes, lateMinutes, earlyMinutes, closedBy, exceptions, ...more
  } = line;
  store.sql<unknown[]>(`
    insert into work_day (worker_no, work_date, shift_id, shift_ids, in_at, out_at, worked, overtime, night, late, early, closed_by, exceptions, more, plan,
      break_minutes, valid_from, valid_to)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    workerNo, workDate, shiftId, shiftIds.join(' ') === onlyShift(line).join(' ') ? null : JSON.stringify(shiftIds), inAt, outAt, workedMinutes, overtimeMinutes, nightMinutes, lateMinutes, earlyMinutes, closedBy, exceptions.join(' '),
    Object.keys(more).length === 0 ? null : JSON.stringify(more), plan, breakMinutes, validFrom, validTo);
}
