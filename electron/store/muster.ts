import { z } from 'zod';
import type { Store } from './store.ts';

/** Somebody inside, as the presence table has him: `since` ISO, `assigned` the shifts given to him for the work date. */
export interface PresentWorker {
  workerNo: number; workerId: string; fullName: string; department: string; employer: string; employerOfRecord: string | null;
  shiftId: string | null; since: string; lane: string; workDate: string; assigned: string | null;
}

/** Every worker inside by the last scan, in no order. */
export function readPresentWorkers(store: Store): PresentWorker[] {
  return store.sql<[], PresentWorker>(`
    select p.worker_no as workerNo, w.worker_id as workerId, w.full_name as fullName, w.department, w.employer,
      case when w.details = '{}' then null else json_extract(w.details, '$.employerOfRecord') end as employerOfRecord,
      w.shift_id as shiftId, p.at as since, p.lane, p.work_date as workDate,
      (select group_concat(shift_id, char(31)) from shift_assignment a where a.worker_id = w.worker_id and a.to_date >= p.work_date and a.from_date <= p.work_date) as assigned
    from presence p cross join worker w on w.worker_no = p.worker_no where p.direction = 'in'`).all();
}

export interface PresentVisitor {
  visitorNo: number; visitorId: string; kind: 'visitor' | 'contractor'; passCode: string; fullName: string | null; company: string; hostName: string | null; since: string; lane: string; validTo: string;
}

/** Every visitor inside by the last scan. */
export function readPresentVisitors(store: Store): PresentVisitor[] {
  return store.sql<[], PresentVisitor>(`
    select visitor_no as visitorNo, visitor_id as visitorId, kind, pass_code as passCode, full_name as fullName, company, host_name as hostName, at as since, lane, valid_to as validTo
    from visitor where direction = 'in'`).all();
}

const No = z.number().int().positive();
/** The frozen list: key, since when (milliseconds since 1970), lane, 1 where he may have left already. */
export const MusterPeople = z.object({
  workers: z.array(z.tuple([No, z.number(), z.string(), z.union([z.literal(0), z.literal(1)])])),
  visitors: z.array(z.tuple([No, z.number(), z.string(), z.union([z.literal(0), z.literal(1)])])),
});
export type MusterPeople = z.infer<typeof MusterPeople>;

export interface Muster {
  musterId: string; cause: string; startedAt: string; startedBy: string; total: number; endedAt: string | null; endedBy: string | null;
}

const columns = 'muster_id as musterId, cause, started_at as startedAt, started_by as startedBy, total, ended_at as endedAt, ended_by as endedBy';

/** The roll call that runs; null where none does. */
export function runningMuster(store: Store): Muster | null {
  return store.sql<[], Muster>(`select ${columns} from muster where ended_at is null order by started_at desc limit 1`).get() ?? null;
}

/** A roll call; null where there is none. */
export function findMuster(store: Store, musterId: string): Muster | null {
  return store.sql<[string], Muster>(`select ${columns} from muster where muster_id = ?`).get(musterId) ?? null;
}

/** The last roll calls, the newest first. */
export function listMusters(store: Store, limit: number): Muster[] {
  return store.sql<[number], Muster>(`select ${columns} from muster order by started_at desc limit ?`).all(limit);
}

/** The list of a roll call, trusted as we wrote it: parsing sixty thousand rows by schema would take longer than reading them. */
export function readMusterPeople(store: Store, musterId: string): MusterPeople {
  const row = store.sql<[string], { people: string }>('select people from muster where muster_id = ?').get(musterId);
  return row === undefined ? { workers: [], visitors: [] } : JSON.parse(row.people) as MusterPeople;
}

/** Inside a transaction, together with its event. */
export function insertMuster(store: Store, muster: Pick<Muster, 'musterId' | 'cause' | 'startedAt' | 'startedBy' | 'total'>, people: MusterPeople): void {
  store.sql<unknown[]>('insert into muster (muster_id, cause, started_at, started_by, people, total) values (?, ?, ?, ?, ?, ?)')
    .run(muster.musterId, muster.cause, muster.startedAt, muster.startedBy, JSON.stringify(people), muster.total);
}

/** Inside a transaction, together with its event. */
export function endMusterRow(store: Store, musterId: string, at: string, actor: string): void {
  store.sql<[string, string, string]>('update muster set ended_at = ?, ended_by = ? where muster_id = ? and ended_at is null').run(at, actor, musterId);
}

export type MusterKind = 'worker' | 'visitor';

/** True where somebody on the frozen list was found. */
export function isTicked(store: Store, musterId: string, kind: MusterKind, personNo: number): boolean {
  return store.sql<[string, string, number], object>('select 1 from muster_tick where muster_id = ? and kind = ? and person_no = ?').get(musterId, kind, personNo) !== undefined;
}

/** Inside a transaction, together with its event. */
export function writeTick(store: Store, musterId: string, kind: MusterKind, personNo: number, tick: { at: string; lane: string | null; actor: string } | null): void {
  if (tick === null) store.sql<[string, string, number]>('delete from muster_tick where muster_id = ? and kind = ? and person_no = ?').run(musterId, kind, personNo);
  else {
    store.sql<unknown[]>('insert or ignore into muster_tick (muster_id, kind, person_no, at, lane, actor) values (?, ?, ?, ?, ?, ?)')
      .run(musterId, kind, personNo, tick.at, tick.lane, tick.actor);
  }
}

/** Who was found at a roll call, when and at which lane; lane null: by press. */
export function readTicks(store: Store, musterId: string): { kind: MusterKind; personNo: number; at: string; lane: string | null }[] {
  return store.sql<[string], { kind: MusterKind; personNo: number; at: string; lane: string | null }>(
    'select kind, person_no as personNo, at, lane from muster_tick where muster_id = ?').all(musterId);
}

/** Who went out by a lane, and who came in, after an instant (ISO); by key, with when. */
export function readMovesSince(store: Store, kind: MusterKind, since: string): { personNo: number; direction: 'in' | 'out'; at: string; lane: string }[] {
  const sql = kind === 'worker'
    ? 'select worker_no as personNo, direction, at, lane from presence where at > ?'
    : 'select visitor_no as personNo, direction, at, lane from visitor where at > ?';
  return store.sql<[string], { personNo: number; direction: 'in' | 'out'; at: string; lane: string }>(sql).all(since);
}

/** Name and team of a worker by key, for lists of a roll call. */
export function eachWorkerName(store: Store): { workerNo: number; workerId: string; fullName: string; department: string; employer: string }[] {
  return store.sql<[], { workerNo: number; workerId: string; fullName: string; department: string; employer: string }>(
    'select worker_no as workerNo, worker_id as workerId, full_name as fullName, department, employer from worker').all();
}
