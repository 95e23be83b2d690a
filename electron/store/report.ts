import type { MinuteCount } from '../../shared/domain/report-flow.ts';
import { samePlace, type Move, type Place } from '../../shared/domain/report-mobility.ts';
import type { Worker } from '../../shared/domain/roster.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import type { Store } from './store.ts';
import { detailsOf } from './worker.ts';

/** A worker with all that lists for authorities ask for. */
export interface ReportWorker extends Worker { workerNo: number }

type Row = Omit<ReportWorker, 'barred' | 'details'> & { barred: number; details: string };

/** Every worker of the roster, by employer, department and code, as `eachWorker` gives them. */
export function* reportWorkers(store: Store): Generator<ReportWorker> {
  const rows = store.sql<[], Row>(`
    select worker_no as workerNo, worker_id as workerId, full_name as fullName, department, employer, personal_id as personalId,
      start_date as startDate, end_date as endDate, shift_id as shiftId, card_number as cardNumber, pass, barred, language, nationality, sex,
      birth_date as birthDate, details
    from worker order by employer, department, worker_id`);
  for (const { barred, details, ...row } of rows.iterate()) {
    yield { ...row, barred: barred === 1, details: detailsOf(details) };
  }
}

/** Former terms of work of those who came back under the same code; `startDate` null where it was open. */
export function readFormerTerms(store: Store): { workerNo: number; startDate: string | null; endDate: string; department: string; employer: string }[] {
  return store.sql<[], { workerNo: number; startDate: string | null; endDate: string; department: string; employer: string }>(`
    select worker_no as workerNo, nullif(start_date, '') as startDate, end_date as endDate, department, employer from worker_term
    order by worker_no, start_date`).all();
}

/**
 * On which work dates some gate of the site let each worker pass, by worker number, dates in order. Both dates included.
 * What the gates recorded, not the timesheet: it is asked for whole rosters and whole years.
 */
export function readSeenDates(store: Store, from: string, to: string): Map<number, string[]> {
  const first = Date.parse(`${from}T00:00:00Z`);
  const days = Math.round((Date.parse(`${to}T00:00:00Z`) - first) / 86_400_000) + 1;
  const dates = Array.from({ length: days }, (_, n) => addDays(from, n));
  const dayOf = new Map(dates.map((date, n) => [date, n]));
  const marks = new Map<number, Uint8Array>();
  // Read as they lie: by the index of dates each row would be fetched from another page.
  const range = store.sql<[string, string], { low: number | null; high: number | null }>(
    'select min(position) as low, max(position) as high from gate_scan where work_date between ? and ?').get(from, to);
  const rows = store.sql<[number, number, string, string, string, string], { workerNo: number; date: string }>(`
    select worker_no as workerNo, work_date as date from gate_scan
    where position between ? and ? and +work_date between ? and ? and worker_no is not null and (outcome = 'recorded' or (outcome in ('ask-guard', 'passback')
      and exists (select 1 from guard_decision d where d.position = gate_scan.position and d.direction is not null)))
    union all
    select worker_no, work_date from site_scan join worker using (worker_id) where work_date between ? and ? and outcome = 'recorded'`);
  for (const { workerNo, date } of rows.iterate(range?.low ?? 0, range?.high ?? -1, from, to, from, to)) {
    let own = marks.get(workerNo);
    if (own === undefined) marks.set(workerNo, own = new Uint8Array(days));
    own[dayOf.get(date)!] = 1;
  }
  return new Map([...marks].map(([workerNo, own]) => [workerNo, dates.filter((_, n) => own[n] === 1)]));
}

/** The first work date of which there is a scan; null where there is none. */
export function siteScansFrom(store: Store): string | null {
  return store.sql<[], { date: string | null }>(`
    select min(date) as date from (select min(work_date) as date from gate_scan union all select min(work_date) from site_scan)`).get()?.date ?? null;
}

interface Told extends Place { at: string; workerId: string }

/** How each worker came to his place, by worker code: what the roster of any gate told before, where it told another place. */
export function readMoves(store: Store): Map<string, Move[]> {
  const fields = (source: string): string => ['workerId', 'employer', 'department', 'details.province', 'details.commune']
    .map((field) => `coalesce(json_extract(${source}.${field}'), '') as ${field.replace('details.', '')}`).join(', ');
  const rows = store.sql<[], Told>(`
    select at, ${fields("payload, '$")} from event where type = 'worker-recorded' and type <> 'gate-scan' and payload is not null
    union all
    select at, ${fields("body, '$.payload")} from site_event where type = 'worker-recorded' and type <> 'gate-scan'
    order by at`);
  const last = new Map<string, Place>();
  const moves = new Map<string, Move[]>();
  for (const { at, workerId, ...to } of rows.iterate()) {
    const from = last.get(workerId);
    last.set(workerId, to);
    if (from === undefined || samePlace(from, to)) continue;
    // The date in Vietnam (UTC+7 all year).
    const date = new Date(Date.parse(at) + 7 * 3_600_000).toISOString().slice(0, 10);
    const own = moves.get(workerId);
    if (own === undefined) moves.set(workerId, [{ date, from, to }]);
    else own.push({ date, from, to });
  }
  return moves;
}

/** Scans of this gate's lanes by minute, all outcomes: each takes its time at the lane. Instants in milliseconds, the last not included. */
export function readMinuteCounts(store: Store, from: number, to: number): MinuteCount[] {
  return store.sql<[string, string, string, string], { lane: string; minute: string; scans: number }>(`
    select lane, substr(at, 1, 16) as minute, count(*) as scans from gate_scan
    where work_date between ? and ? and at >= ? and at < ? group by lane, substr(at, 1, 16)`,
  ).all(...dateRange(from, to), new Date(from).toISOString(), new Date(to).toISOString())
    .map(({ minute, ...rest }) => ({ ...rest, minute: Date.parse(`${minute}:00Z`) / 60_000 }));
}

/** Work dates that an instant may have: a night shift's scans belong to the date before, an early one's to the date after. */
function dateRange(from: number, to: number): [string, string] {
  const date = (at: number): string => new Date(at).toISOString().slice(0, 10);
  return [addDays(date(from), -2), addDays(date(to), 2)];
}
