import type { z } from 'zod';
import type { Direction, Outcome } from '../../shared/contracts/requests/gate.ts';
import type { LaneDirection } from '../../shared/contracts/requests/system.ts';
import type { AttendanceScan } from '../../shared/domain/attendance.ts';
import { readSiteScans } from './site.ts';
import type { Store } from './store.ts';

/** A worker's scan as the log holds it; `seq` is the order in which its gate saw it, the lane is that of the site. */
export type WorkerScan = AttendanceScan;

/** What tells of a scan, whichever gate made it. `passed` is the guard's word on one that was held. */
export interface WorkerScanRow {
  at: string; lane: string; seq: number; laneDirection: z.infer<typeof LaneDirection> | null; zone: string | null;
  outcome: Outcome; workDate: string | null; passed: Direction | null;
}

/** The name of a lane of this gate at every gate of the site. */
export function ownLane(store: Store, lane: string): string {
  return `${store.device.id.slice(0, 8)}/${lane}`;
}

/** A worker's scans at all gates between two instants (milliseconds, both included), in the order of time. Repeats and refusals too. */
export function readWorkerScans(store: Store, workerNo: number, from: number, to: number): WorkerScan[] {
  const own = store.sql<unknown[], WorkerScanRow>(`
    select gate_scan.at, ? || lane as lane, position as seq, lane_direction as laneDirection, zone, outcome, work_date as workDate,
      case when outcome in ('ask-guard', 'passback') then (select direction from guard_decision d where d.position = gate_scan.position) end as passed
    from gate_scan where worker_no = ? and gate_scan.at between ? and ? order by gate_scan.at, position`,
  ).all(ownLane(store, ''), workerNo, isoAt(from), isoAt(to));
  if (store.epoch.base > 0) for (const row of own) row.seq -= baseOf(store, row.seq);
  const others = readSiteScans(store, workerNo, isoAt(from), isoAt(to));
  if (others.length === 0) return own.map(scanOf);
  return [...own, ...others].map(scanOf).sort((a, b) => a.at - b.at);
}

/** Position before the first event of the epoch that a position lies in: numbers of events count from there. */
function baseOf(store: Store, position: number): number {
  return store.sql<[number], { base: number }>('select base from epoch where base < ? order by base desc limit 1').get(position)?.base ?? 0;
}

/** A scan as the engine takes it. */
function scanOf({ at, lane, seq, laneDirection, zone, outcome, workDate, passed }: WorkerScanRow): WorkerScan {
  return {
    at: Date.parse(at), lane, seq, ...(laneDirection !== null && { laneDirection }), zone, passed,
    held: outcome === 'barred' || outcome === 'passback' || outcome === 'ask-guard' ? outcome : null,
    approved: outcome === 'recorded' ? workDate : null,
  };
}

const [firstInstant, lastInstant] = [Date.parse('0000-01-01T00:00:00Z'), Date.parse('9999-12-31T23:59:59.999Z')];

/** Years of more than four digits are no text that sorts by time. */
function isoAt(ms: number): string {
  return new Date(Math.min(Math.max(ms, firstInstant), lastInstant)).toISOString();
}

export interface LaneScan { atMs: number; monoMs: number; bootId: string; direction: Direction }

/** A worker's last scan on a lane that was not a repeat; null where there is none. Its clocks tell how long ago it was. */
export function readLaneScan(store: Store, workerNo: number, lane: string): LaneScan | null {
  return store.sql<[number, string], LaneScan>(
    'select at_ms as atMs, mono_ms as monoMs, boot_id as bootId, direction from lane_scan where worker_no = ? and lane = ?',
  ).get(workerNo, lane) ?? null;
}

export interface GateScan {
  position: number; workDate: string; at: string; lane: string; outcome: Outcome; direction: Direction | null;
  reason: string | null; workerNo: number | null;
  /** As the lane was set when the scan was made. */
  laneDirection: z.infer<typeof LaneDirection>;
  zone: string | null;
}

/** Keeps a decided scan beside its event, in the same transaction. */
export function insertGateScan(store: Store, scan: GateScan): void {
  store.sql<unknown[]>(`insert into gate_scan (position, work_date, at, lane, outcome, direction, reason, worker_no, lane_direction, zone)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    scan.position, scan.workDate, scan.at, scan.lane, scan.outcome, scan.direction, scan.reason, scan.workerNo, scan.laneDirection, scan.zone);
}

/** Notes a scan that was recorded, and where all scans so far leave the worker. */
export function writePresence(
  store: Store, workerNo: number, lane: string, scan: LaneScan, now: { direction: Direction; at: string; workDate: string },
): void {
  store.sql<unknown[]>(`insert into presence (worker_no, direction, at, lane, work_date) values (?, ?, ?, ?, ?)
    on conflict (worker_no) do update set direction = excluded.direction, at = excluded.at, lane = excluded.lane,
      work_date = excluded.work_date`).run(workerNo, now.direction, now.at, lane, now.workDate);
  store.sql<unknown[]>(`insert into lane_scan (worker_no, lane, at_ms, mono_ms, boot_id, direction) values (?, ?, ?, ?, ?, ?)
    on conflict (worker_no, lane) do update set at_ms = excluded.at_ms, mono_ms = excluded.mono_ms, boot_id = excluded.boot_id,
      direction = excluded.direction`).run(workerNo, lane, scan.atMs, scan.monoMs, scan.bootId, scan.direction);
}

/** Counts of a work date, of who is inside and of the roster. */
export function gateSummary(store: Store, date: string): { in: number; out: number; inside: number; refused: number; workers: number } {
  const rows = store.sql<[string], { outcome: Outcome; direction: Direction | null; n: number }>(
    'select outcome, direction, count(*) as n from gate_scan where work_date = ? group by outcome, direction',
  ).all(date);
  const sum = (wanted: (row: (typeof rows)[number]) => boolean): number => rows.filter(wanted).reduce((n, row) => n + row.n, 0);
  return {
    in: sum((row) => row.outcome === 'recorded' && row.direction === 'in'),
    out: sum((row) => row.outcome === 'recorded' && row.direction === 'out'),
    refused: sum((row) => row.outcome !== 'recorded' && row.outcome !== 'repeat'),
    inside: count(store, "select count(*) as n from presence where direction = 'in'"),
    workers: count(store, 'select count(*) as n from worker'),
  };
}

function count(store: Store, sql: string): number {
  return store.sql<[], { n: number }>(sql).get()?.n ?? 0;
}

export interface GateLogRow {
  seq: number; at: string; lane: string; outcome: Outcome; direction: Direction | null; workerId: string | null;
  fullName: string | null; department: string | null; reason: string | null; shiftId: string | null;
}

/** Scans of a work date, newest first. `beforeSeq`: only older ones, for the next page. */
export function gateLog(
  store: Store, { date, beforeSeq, limit, outcome }: { date: string; beforeSeq: number | null; limit: number; outcome: Outcome | null },
): GateLogRow[] {
  // The date's index knows no order of time: it only bounds the walk along the key.
  const range = store.sql<[string], { low: number | null; high: number | null }>(
    'select min(position) as low, max(position) as high from gate_scan where work_date = ?',
  ).get(date);
  if (range === undefined || range.low === null || range.high === null) return [];
  return store.sql<unknown[], GateLogRow>(`
    select position as seq, gate_scan.at, gate_scan.lane, outcome, gate_scan.direction, worker_id as workerId,
      coalesce(worker.full_name, visitor.full_name) as fullName, coalesce(department, visitor.company) as department, reason,
      (select json_extract(payload, '$.shiftId') from event where event.position = gate_scan.position) as shiftId
    from gate_scan left join worker using (worker_no) left join visitor_scan using (position) left join visitor using (visitor_no)
    where position between ? and ? and work_date = ? and (? is null or outcome = ?)
    order by position desc limit ?`).all(
    range.low, Math.min(range.high, (beforeSeq ?? Infinity) - 1), date, outcome, outcome, limit);
}
