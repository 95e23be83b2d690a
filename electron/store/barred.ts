import { personalHash } from './site-key.ts';
import type { Store } from './store.ts';

/** Somebody who is barred, other than by the roster's own mark; the number only as keyed hash and masked. */
export interface BarredEntry {
  barredId: string; workerId: string | null; visitorId: string | null; personalHash: string | null; maskedId: string | null; fullName: string | null; reason: string;
}

/** Whether a number stands on the list; one read by the index. */
export function isNumberBarred(store: Store, personalId: string): boolean {
  return isHashBarred(store, personalHash(store, personalId));
}

/** The same by the number's keyed hash, hex. */
export function isHashBarred(store: Store, hash: string): boolean {
  return store.sql<[Buffer], object>('select 1 from barred_person where personal_hash = ? and lifted_at is null').get(Buffer.from(hash, 'hex')) !== undefined;
}

/** Inside a transaction, together with its event. False where the entry is there already. */
export function insertBarred(store: Store, entry: BarredEntry, at: string, actor: string): boolean {
  return store.sql<unknown[]>(`insert or ignore into barred_person (barred_id, worker_id, visitor_id, personal_hash, masked_id, full_name, reason, at, actor)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    entry.barredId, entry.workerId, entry.visitorId, entry.personalHash === null ? null : Buffer.from(entry.personalHash, 'hex'), entry.maskedId, entry.fullName,
    entry.reason, at, actor).changes > 0;
}

/** An entry of the barred list, lifted ones too; null where there is none. */
export function findBarred(store: Store, barredId: string): (BarredEntry & { liftedAt: string | null }) | null {
  const row = store.sql<[string], Omit<BarredEntry, 'personalHash'> & { hash: Buffer | null; liftedAt: string | null }>(`
    select barred_id as barredId, worker_id as workerId, visitor_id as visitorId, personal_hash as hash, masked_id as maskedId, full_name as fullName, reason,
      lifted_at as liftedAt from barred_person where barred_id = ?`).get(barredId);
  if (row === undefined) return null;
  const { hash, ...rest } = row;
  return { ...rest, personalHash: hash?.toString('hex') ?? null };
}

/** Inside a transaction, together with its event. */
export function liftBarred(store: Store, barredId: string, at: string, actor: string): void {
  store.sql<[string, string, string]>('update barred_person set lifted_at = ?, lifted_by = ? where barred_id = ? and lifted_at is null').run(at, actor, barredId);
}

/** Lifts every entry of a worker: the roster's own mark went. */
export function liftBarredWorker(store: Store, workerId: string, at: string, actor: string): void {
  store.sql<[string, string, string]>('update barred_person set lifted_at = ?, lifted_by = ? where worker_id = ? and lifted_at is null').run(at, actor, workerId);
}

export interface BarredLine {
  /** Null: barred by the roster alone. */
  barredId: string | null; workerId: string | null; visitorId: string | null; fullName: string | null; group: string | null; maskedId: string | null;
  reason: string | null; at: string | null; actor: string | null;
}

/** Everybody who is barred now: by entry, newest first, then workers whom only the roster bars. */
export function listBarred(store: Store, limit: number): BarredLine[] {
  return store.sql<[number], BarredLine>(`
    select * from (
      select barred_id as barredId, b.worker_id as workerId, b.visitor_id as visitorId, coalesce(worker.full_name, visitor.full_name, b.full_name) as fullName,
        coalesce(worker.department, visitor.company) as "group", coalesce(b.masked_id, worker.masked_id, visitor.masked_id) as maskedId, reason, b.at,
        coalesce(user.display_name, b.actor) as actor
      from barred_person b left join worker on worker.worker_id = b.worker_id left join visitor on visitor.visitor_id = b.visitor_id left join user on user.user_id = b.actor
      where lifted_at is null
      union all
      select null, worker_id, null, full_name, department, masked_id, null, null, null from worker
      where barred = 1 and not exists (select 1 from barred_person b where b.worker_id = worker.worker_id and b.lifted_at is null)
    ) order by at desc limit ?`).all(limit);
}
