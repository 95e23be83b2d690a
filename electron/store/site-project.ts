import { z } from 'zod';
import type { StoredEvent } from '../../shared/contracts/event.ts';
import { LocalDate } from '../../shared/contracts/identity.ts';
import { Direction, Outcome } from '../../shared/contracts/requests/gate.ts';
import { Lane, LaneDirection, Settings } from '../../shared/contracts/requests/system.ts';
import { Assignment, Shift } from '../../shared/contracts/shift.ts';
import { siteRules } from '../../shared/contracts/site.ts';
import { Sha256Hex } from '../../shared/contracts/event.ts';
import { applyCorrectionEvent } from './correction.ts';
import { eraseNamedEvents } from './site-erase.ts';
import { markRetired } from './site-gate.ts';
import { projectVisitor } from './site-visitor.ts';
import { orderOf } from './site-order.ts';
import type { Store } from './store.ts';

/*
 * What a gate's event leaves beside itself. Only facts are written here, each under its own key, so that order and
 * repetition do not matter; what follows from all of them together is worked out later (site-settle.ts).
 */
const Scan = z.object({
  lane: z.string().max(20), workerId: z.string().max(100).nullable(), outcome: Outcome,
  // An older program did not keep how the lane was set.
  laneDirection: LaneDirection.catch('both'), direction: Direction.nullable().catch(null), workDate: LocalDate.nullable().catch(null),
  zone: z.string().max(40).nullable().catch(null),
});
const Guarded = z.object({ scanId: z.uuid(), workerId: z.string().max(100).nullable().catch(null), direction: Direction.nullable() });
/** What a gate set of the rules; a value of another form is left. */
export const Rules = z.object({ changes: Settings.pick({ repeatSeconds: true, oppositeSeconds: true }).partial() });
const Worker = z.object({ workerId: z.string().min(1).max(500) });
const Assigned = z.object({ assignments: z.array(Assignment).max(5_000), planId: z.uuid().optional(), part: z.number().int().min(0).max(100_000).default(0) });
/** A plan in the place of the one before names how many events bring its assignments; older programs name only their count. */
export const PlanSet = z.object({
  shifts: z.array(Shift).max(500), changed: z.array(z.string()).optional(), removed: z.array(z.string()).optional(),
  planId: z.uuid().optional(), parts: z.number().int().min(0).max(100_000).optional(),
});
export type PlanSet = z.infer<typeof PlanSet>;

/** Something is to be worked out anew. */
export function setDue(store: Store, kind: 'shifts' | 'worker' | 'assigned' | 'zones' | 'rule' | 'labour' | 'presence', key: string): void {
  store.sql<[string, string]>('insert into site_due (kind, key) values (?, ?) on conflict do nothing').run(kind, key);
}

/** Writes what follows from one event alone; inside a transaction. A payload of a form that is not known leaves nothing. */
export function projectSiteEvent(store: Store, chain: number, event: StoredEvent): void {
  switch (event.type) {
    case 'gate-scan': return projectScan(store, chain, event);
    case 'visitor-registered':
    case 'visitor-changed': return projectVisitor(store, event);
    case 'worker-recorded':
    case 'worker-left':
    case 'shift-assigned':
    case 'shift-plan-set':
    case 'settings-changed':
    case 'labour-settings-set':
    case 'zones-set': return projectWord(store, event);
    case 'clock-marked': {
      // What it tells of the scans since the mark before is worked out anew.
      store.sql<[number, number, number]>(`insert into work_dirty (worker_no, from_date)
        select worker_no, date(min(s.at), '+7 hours') from site_scan s join worker using (worker_id)
        where chain_no = ? and seq > coalesce((select max(seq) from site_event e where e.chain_no = ? and e.type = 'clock-marked' and e.seq < ?), 0)
        group by worker_no
        on conflict (worker_no) do update set from_date = min(from_date, excluded.from_date), mark = mark + 1`).run(chain, chain, event.seq);
      return;
    }
    case 'worker-erased': return eraseNamedEvents(store, event);
    case 'guard-decided': return projectGuard(store, event);
    case 'correction-proposed':
    case 'correction-decided': {
      applyCorrectionEvent(store, event);
      return;
    }
    case 'gate-retired': {
      const { data } = z.object({ device: Sha256Hex }).safeParse(event.payload);
      if (data) markRetired(store, data.device, event.at);
      return;
    }
    case 'lanes-set': {
      const { data } = z.object({ lanes: z.array(Lane).max(64) }).safeParse(event.payload);
      if (data) store.sql<[string, string]>('update site_gate set lanes = ? where device = ?').run(JSON.stringify(data.lanes), event.device);
      return;
    }
    default:
  }
}

/** One word a scan: whoever holds somebody is at the scan's own gate. */
function projectGuard(store: Store, event: StoredEvent): void {
  const { data } = Guarded.safeParse(event.payload);
  if (!data) return;
  store.sql<unknown[]>('insert into site_guard (scan_id, direction, at) values (?, ?, ?) on conflict do nothing').run(data.scanId, data.direction, event.at);
  if (data.workerId !== null) setDue(store, 'presence', data.workerId);
}

function projectScan(store: Store, chain: number, event: StoredEvent): void {
  const { data } = Scan.safeParse(event.payload);
  if (!data) return;
  if (data.workerId === null) projectVisitor(store, event);
  // A card that nobody knows is kept for the inbox, under no worker's code.
  if (data.workerId === null && data.outcome !== 'unknown') return;
  store.sql<unknown[]>(`insert into site_scan (chain_no, seq, worker_id, at, lane, lane_direction, zone, outcome, direction, work_date, event_id)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    chain, event.seq, data.workerId ?? '', event.at, `${event.device.slice(0, 8)}/${data.lane}`, data.laneDirection,
    data.zone, data.outcome, data.direction, data.workDate, event.id);
  if (data.workerId !== null) setDue(store, 'presence', data.workerId);
}

/**
 * What a gate says of a worker, of assignments, of the plan or the zones. The own events too, so that they are weighed
 * with the others: what only this gate has spoken of stands as it is. `own`: device of this gate, where it is its word.
 */
export function projectWord(store: Store, event: StoredEvent, own: string | null = null): void {
  if (event.type === 'shift-assigned') return projectAssigned(store, event, own);
  if (event.type === 'shift-plan-set') return projectPlan(store, event);
  if (event.type === 'zones-set') return noteWord(store, 'zones', '', event, own);
  if (event.type === 'labour-settings-set') return noteWord(store, 'labour', '', event, own);
  if (event.type === 'settings-changed') {
    const { data: rules } = Rules.safeParse(event.payload);
    return siteRules.filter((key) => rules?.changes[key] !== undefined).forEach((key) => noteWord(store, 'rule', key, event, own));
  }
  const { data } = Worker.safeParse(event.payload);
  if (!data) return;
  noteWord(store, 'worker', data.workerId, event, own);
  // Another gate may have seen him before he was known here.
  store.sql<[string]>(`insert into site_due (kind, key) select 'presence', worker_id from site_scan where worker_id = ? limit 1
    on conflict do nothing`).run(data.workerId);
}

/** Of one gate the later number counts, however its clock was set between. */
function noteWord(store: Store, kind: 'worker' | 'zones' | 'rule' | 'labour', key: string, event: StoredEvent, own: string | null): void {
  store.sql<unknown[]>(`insert into site_word (kind, key, device, epoch, seq, at) values (?, ?, ?, ?, ?, ?)
    on conflict (kind, key, device, epoch) do update set seq = excluded.seq, at = excluded.at where excluded.seq > seq`).run(
    kind, key, event.device, event.epoch, event.seq, orderOf(event));
  const isOnly = own !== null && store.sql<[string, string, string], { found: number }>(
    'select 1 as found from site_word where kind = ? and key = ? and device <> ? limit 1').get(kind, key, own) === undefined;
  if (!isOnly) setDue(store, kind, key);
}

function projectAssigned(store: Store, event: StoredEvent, own: string | null): void {
  const { data } = Assigned.safeParse(event.payload);
  if (!data) return;
  const isOnly = (workerId: string): boolean => own !== null && store.sql<[string, string, string], { found: number }>(`
    select 1 as found from site_assigned where worker_id = ? and device not in (?, '')
    union all select 1 from site_plan where device not in (?, '') limit 1`).get(workerId, own, own) === undefined;
  const byWorker = Map.groupBy(data.assignments, ({ workerId }) => workerId);
  for (const [workerId, assignments] of byWorker) {
    store.sql<unknown[]>(`insert into site_assigned (worker_id, at, device, epoch, seq, plan_id, body) values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing`).run(
      workerId, orderOf(event), event.device, event.epoch, event.seq, data.planId ?? null, JSON.stringify(assignments));
    if (data.planId === undefined && !isOnly(workerId)) setDue(store, 'assigned', workerId);
  }
  if (data.planId === undefined) return;
  // The plan itself may still be on its way. A gate that began anew tells a part again: it counts once.
  store.sql<[string, number]>('insert into site_plan_part (plan_id, part) values (?, ?) on conflict do nothing').run(data.planId, data.part);
  planMayBeWhole(store, data.planId);
}

function projectPlan(store: Store, event: StoredEvent): void {
  const { data } = PlanSet.safeParse(event.payload);
  if (!data) return;
  setDue(store, 'shifts', '');
  if (data.planId === undefined) return;
  store.sql<unknown[]>(`insert into site_plan (plan_id, at, device, epoch, seq, parts) values (?, ?, ?, ?, ?, ?)
    on conflict (plan_id) do update set at = excluded.at, device = excluded.device, epoch = excluded.epoch, seq = excluded.seq
      where (excluded.at, excluded.device, excluded.epoch, excluded.seq) < (at, device, epoch, seq)`).run(
    data.planId, orderOf(event), event.device, event.epoch, event.seq, data.parts ?? 0);
  planMayBeWhole(store, data.planId);
}

/** Once all parts of a plan are here everybody who has an assignment, by any plan or now, is looked at again. */
function planMayBeWhole(store: Store, planId: string): void {
  const whole = store.sql<[string], { found: number }>(`select 1 as found from site_plan p where plan_id = ?
    and parts = (select count(*) from site_plan_part h where h.plan_id = p.plan_id)`).get(planId);
  if (whole === undefined) return;
  store.sql(`insert into site_due (kind, key) select distinct 'assigned', worker_id from site_assigned
    union select 'assigned', worker_id from shift_assignment where true on conflict do nothing`).run();
}
