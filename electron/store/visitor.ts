import type { Direction, Outcome } from '../../shared/contracts/requests/gate.ts';
import type { VisitorForm, VisitorKind, VisitorLine } from '../../shared/contracts/visitor.ts';
import { fold } from '../../shared/domain/vietnamese.ts';
import { passState } from '../../shared/domain/visitor.ts';
import type { Store } from './store.ts';

interface VisitorRow {
  visitor_no: number; visitor_id: string; pass_code: string; kind: VisitorKind; full_name: string | null; company: string; purpose: string | null;
  host_worker_id: string | null; host_name: string | null; personal_hash: Buffer | null; masked_id: string | null; vehicle: string | null; tools: string | null; escort: number;
  valid_from: string; valid_to: string; direction: Direction | null; at: string | null; lane: string | null; mono_ms: number | null; boot_id: string | null;
  returned_at: string | null; ended_at: string | null; erased_at: string | null; is_barred: number;
}

const columns = `visitor_no, visitor.visitor_id, pass_code, kind, visitor.full_name, company, purpose, host_worker_id, host_name, visitor.personal_hash,
  visitor.masked_id, vehicle, tools, escort, valid_from, valid_to, direction, visitor.at, lane, mono_ms, boot_id, returned_at, ended_at, erased_at,
  exists (select 1 from barred_person b where b.lifted_at is null and (b.visitor_id = visitor.visitor_id or b.personal_hash = visitor.personal_hash)) as is_barred`;

/** A visitor as stored; `visitorNo` is the key inside this store only, `personalHash` hex. */
export interface StoredVisitor extends Omit<VisitorForm, 'fullName'> {
  visitorNo: number;
  visitorId: string;
  passCode: string;
  fullName: string | null;
  personalHash: string | null;
  maskedId: string | null;
  barred: boolean;
  returnedAt: string | null;
  endedAt: string | null;
  /** The last scan that counted. */
  last: { direction: Direction; at: string; lane: string; monoMs: number; bootId: string } | null;
}

/** A visitor by the id of the registration; null where there is none. */
export function findVisitor(store: Store, visitorId: string): StoredVisitor | null {
  return visitorOf(store.sql<[string], VisitorRow>(`select ${columns} from visitor where visitor.visitor_id = ?`).get(visitorId));
}

/** By the key inside this store. */
export function findVisitorByNo(store: Store, visitorNo: number): StoredVisitor | null {
  return visitorOf(store.sql<[number], VisitorRow>(`select ${columns} from visitor where visitor_no = ?`).get(visitorNo));
}

/** By the code of the printed pass, as `readPass` gives it. */
export function findVisitorByPass(store: Store, code: string): StoredVisitor | null {
  return visitorOf(store.sql<[string], VisitorRow>(`select ${columns} from visitor where pass_code = ?`).get(code));
}

/** By the keyed hash of the number (hex): of several passes of one person the one that is good the longest. */
export function findVisitorByHash(store: Store, personalHash: string): StoredVisitor | null {
  return visitorOf(store.sql<[Buffer], VisitorRow>(`
    select ${columns} from visitor where visitor.personal_hash = ? and erased_at is null order by direction = 'in' desc, valid_to desc limit 1`).get(Buffer.from(personalHash, 'hex')));
}

export interface NewVisitor extends VisitorForm {
  visitorId: string; passCode: string; personalHash: string | null; maskedId: string | null; registeredAt: string; registeredBy: string;
}

/** Inside a transaction, together with its event. */
export function insertVisitor(store: Store, v: NewVisitor): void {
  store.sql<unknown[]>(`
    insert into visitor (visitor_id, pass_code, kind, full_name, company, purpose, host_worker_id, host_name, personal_hash, masked_id, vehicle, tools,
      escort, valid_from, valid_to, registered_at, registered_by, search_text)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
    v.visitorId, v.passCode, v.kind, v.fullName, v.company, v.purpose, v.hostWorkerId, v.hostName, v.personalHash === null ? null : Buffer.from(v.personalHash, 'hex'),
    v.maskedId, v.vehicle, v.tools, v.escort ? 1 : 0, utc(v.validFrom), utc(v.validTo), v.registeredAt, v.registeredBy,
    fold([v.fullName, v.company, v.passCode, v.hostName ?? '', v.vehicle ?? ''].join(' ')));
}

/** A card that was given to a visitor before is free for the next one; inside a transaction. */
export function releasePass(store: Store, code: string): void {
  store.sql<[string]>("update visitor set pass_code = pass_code || '-' || visitor_no where pass_code = ?").run(code);
}

/** Another validity, a pass given back, a pass ended; inside a transaction, together with its event. */
export function updateVisitor(store: Store, visitorId: string, changes: { validFrom?: string; validTo?: string; returnedAt?: string | null; endedAt?: string | null }): void {
  const { validFrom, validTo, returnedAt, endedAt } = changes;
  store.sql<unknown[]>(`
    update visitor set valid_from = coalesce(?, valid_from), valid_to = coalesce(?, valid_to),
      returned_at = case when ? then ? else returned_at end, ended_at = case when ? then ? else ended_at end where visitor_id = ?`).run(
    validFrom === undefined ? null : utc(validFrom), validTo === undefined ? null : utc(validTo),
    returnedAt === undefined ? 0 : 1, returnedAt ?? null, endedAt === undefined ? 0 : 1, endedAt ?? null, visitorId);
}

/** Notes a scan of a visitor beside the log's row, and where it leaves him; inside the transaction of the scan. */
export function noteVisitorScan(
  store: Store, visitorNo: number, position: number, scan: { outcome: Outcome; direction: Direction | null; at: string; lane: string; monoMs: number; bootId: string },
): void {
  store.sql<[number, number]>('insert into visitor_scan (position, visitor_no) values (?, ?)').run(position, visitorNo);
  if (scan.outcome !== 'recorded' || scan.direction === null) return;
  store.sql<unknown[]>('update visitor set direction = ?, at = ?, lane = ?, mono_ms = ?, boot_id = ? where visitor_no = ?')
    .run(scan.direction, scan.at, scan.lane, scan.monoMs, scan.bootId, visitorNo);
}

/** Which visitors a list shows: inside now, inside after their time, whose pass is still out, to come, all of the last 30 days. */
export type VisitorFilter = 'inside' | 'overdue' | 'not-returned' | 'expected' | 'recent';

const filters: Readonly<Record<VisitorFilter, string>> = {
  'inside': "direction = 'in'",
  'overdue': "direction = 'in' and valid_to < @now",
  'not-returned': "returned_at is null and (direction = 'out' or (direction is not null and valid_to < @now)) and valid_to >= @since",
  'expected': 'direction is null and returned_at is null and ended_at is null and valid_to >= @now',
  'recent': 'valid_to >= @since',
};
const recentMs = 30 * 86_400_000;

/** Visitors by the end of their validity, those who must go first at the top. @param now milliseconds since 1970 */
export function listVisitors(
  store: Store, { filter, query, limit, now }: { filter: VisitorFilter; query: string; limit: number; now: number },
): { counts: Record<VisitorFilter, number>; visitors: VisitorLine[] } {
  const params = { now: new Date(now).toISOString(), since: new Date(now - recentMs).toISOString() };
  const asked = (where: string): Record<string, string> => Object.fromEntries(Object.entries(params).filter(([name]) => where.includes(`@${name}`)));
  const counts = Object.fromEntries(Object.entries(filters).map(([name, where]) => (
    [name, store.sql<[object], { n: number }>(`select count(*) as n from visitor where ${where}`).get(asked(where))!.n]))) as Record<VisitorFilter, number>;
  const where = filters[filter];
  const rows = store.sql<[object], VisitorRow>(`select ${columns} from visitor where ${where} and instr(search_text, @query) > 0 order by valid_to ${filter === 'recent' ? 'desc' : ''}, visitor_no limit @limit`)
    .all({ ...asked(where), query: fold(query), limit });
  return { counts, visitors: rows.map((row) => lineOf(visitorOf(row)!, now)) };
}

/** What a list and a pass show of a visitor. @param now milliseconds since 1970 */
export function lineOf(visitor: StoredVisitor, now: number): VisitorLine {
  const { visitorNo: _, personalHash: __, returnedAt, endedAt, last, ...rest } = visitor;
  const times = { validFrom: Date.parse(rest.validFrom), validTo: Date.parse(rest.validTo), returned: returnedAt !== null, ended: endedAt !== null };
  return { ...rest, inside: last?.direction === 'in', at: last?.at ?? null, lane: last?.lane ?? null, state: passState(times, now) };
}

/** Who is inside after the end of his validity. */
export function overdueVisitors(store: Store, now: string): { visitorId: string; validTo: string; lane: string | null }[] {
  return store.sql<[string], { visitorId: string; validTo: string; lane: string | null }>(
    "select visitor_id as visitorId, valid_to as validTo, lane from visitor where direction = 'in' and valid_to < ? order by valid_to limit 1000").all(now);
}

/** Erases what is personal of visits that ended before an instant, of people who are not inside; says of whom. */
export function eraseVisitors(store: Store, before: string, now: string, most: number): string[] {
  const due = store.sql<[string, number], { visitor_id: string }>(
    "select visitor_id from visitor where erased_at is null and valid_to < ? and direction is not 'in' order by valid_to limit ?").all(before, most).map((row) => row.visitor_id);
  for (const visitorId of due) {
    store.sql<[string, string]>(`update visitor set full_name = null, purpose = null, host_name = null, personal_hash = null, masked_id = null, vehicle = null,
      tools = null, search_text = pass_code, erased_at = ? where visitor_id = ?`).run(now, visitorId);
  }
  return due;
}

function utc(instant: string): string {
  return new Date(instant).toISOString();
}

function visitorOf(row: VisitorRow | undefined): StoredVisitor | null {
  if (row === undefined) return null;
  const { direction, at, lane } = row;
  return {
    visitorNo: row.visitor_no, visitorId: row.visitor_id, passCode: row.pass_code, kind: row.kind, fullName: row.full_name, company: row.company, purpose: row.purpose,
    hostWorkerId: row.host_worker_id, hostName: row.host_name, personalHash: row.personal_hash?.toString('hex') ?? null, maskedId: row.masked_id, vehicle: row.vehicle,
    tools: row.tools, escort: row.escort === 1, validFrom: row.valid_from, validTo: row.valid_to, barred: row.is_barred === 1, returnedAt: row.returned_at, endedAt: row.ended_at,
    last: direction === null || at === null || lane === null ? null : { direction, at, lane, monoMs: row.mono_ms ?? 0, bootId: row.boot_id ?? '' },
  };
}
