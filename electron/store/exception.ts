import type { Direction, Outcome } from '../../shared/contracts/requests/gate.ts';
import { addDays } from '../../shared/domain/work-date.ts';
import { ownLane } from './gate.ts';
import type { Store } from './store.ts';
import type { SheetWorker } from './worker.ts';

/** A scan that the gate could not settle by itself. `worker` null: nobody knows the card; `code` is masked. */
export interface HeldScan {
  at: number; lane: string; workDate: string; outcome: 'ask-guard' | 'passback' | 'unknown'; code: string | null;
  worker: Pick<SheetWorker, 'workerId' | 'fullName' | 'department' | 'employer' | 'searchText'> | null;
}

interface HeldRow { at: string; lane: string; work_date: string; outcome: HeldScan['outcome']; code: string | null;
  worker_id: string | null; full_name: string; department: string; employer: string; search_text: string }

/**
 * Scans of all gates between two work dates, both included, that no guard has decided yet, and those whose card nobody knows.
 * Lanes of other gates as the site names them.
 */
export function readHeldScans(store: Store, from: string, to: string): HeldScan[] {
  const person = 'worker_id, full_name, department, employer, search_text';
  return store.sql<string[], HeldRow>(`
    select gate_scan.at, lane, work_date, outcome, ${person},
      case when outcome = 'unknown' then (select json_extract(payload, '$.code') from event where event.position = gate_scan.position) end as code
    from gate_scan left join worker using (worker_no)
    where work_date between ? and ? and outcome in ('ask-guard', 'passback', 'unknown')
      and not exists (select 1 from guard_decision where guard_decision.position = gate_scan.position)
    union all
    select s.at, lane, coalesce(work_date, date(s.at, '+7 hours')) as work_date, outcome, ${person}, null
    from site_scan s join worker using (worker_id)
    where outcome in ('ask-guard', 'passback') and coalesce(work_date, date(s.at, '+7 hours')) between ? and ?
      and not exists (select 1 from site_guard where scan_id = event_id)
    union all
    select s.at, lane, coalesce(work_date, date(s.at, '+7 hours')) as work_date, outcome, null, null, null, null, null,
      (select json_extract(body, '$.payload.code') from site_event e where e.chain_no = s.chain_no and e.seq = s.seq)
    from site_scan s where worker_id = '' and s.at between ? and ? and coalesce(work_date, date(s.at, '+7 hours')) between ? and ?
    order by 1, 2`).all(from, to, from, to, ...unknownSpan(from, to), from, to).map(({ at, lane, work_date: workDate, outcome, code, ...row }) => ({
    at: Date.parse(at), lane, workDate, outcome, code,
    worker: row.worker_id === null ? null
      : { workerId: row.worker_id, fullName: row.full_name, department: row.department, employer: row.employer, searchText: row.search_text },
  }));
}

/** Instants around two work dates, so that what nobody is known of is found by its index. */
function unknownSpan(from: string, to: string): [string, string] {
  return [`${addDays(from, -2)}T`, `${addDays(to, 3)}T`];
}

/** What the gate answered then. */
export interface GivenAnswer { outcome: Outcome; direction: Direction | null; reason: string | null }

/** What the gates of the site answered a worker between two instants (milliseconds since 1970), by `instant lane`; other gates tell no reason. */
export function readAnswers(store: Store, workerNo: number, from: number, to: number): ReadonlyMap<string, GivenAnswer> {
  const [first, last] = [new Date(from).toISOString(), new Date(to).toISOString()];
  const rows = store.sql<unknown[], GivenAnswer & { at: string; lane: string }>(`
    select at, ? || lane as lane, outcome, direction, reason from gate_scan where worker_no = ? and at between ? and ?
    union all
    select s.at, s.lane, s.outcome, s.direction, null from site_scan s join worker using (worker_id) where worker_no = ? and s.at between ? and ?`,
  ).all(ownLane(store, ''), workerNo, first, last, workerNo, first, last);
  return new Map(rows.map(({ at, lane, ...answer }) => [`${Date.parse(at)} ${lane}`, answer]));
}

/** How many scans lanes made between two instants, both included, ISO; no lane named: all of them. */
export function countLaneScans(store: Store, lanes: readonly string[], from: string, to: string): number {
  return store.sql<unknown[], { n: number }>(`
    select count(*) as n from gate_scan where at between ? and ? and (? = 0 or lane in (select value from json_each(?)))
      and work_date between date(?, '-2 days') and date(?, '+2 days')`).get(from, to, lanes.length, JSON.stringify(lanes), from, to)?.n ?? 0;
}
