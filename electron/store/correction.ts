import type { StoredEvent } from '../../shared/contracts/event.ts';
import {
  DecidedPayload, ProposedPayload, type CorrectionActor, type CorrectionState, type EventProof,
} from '../../shared/contracts/correction.ts';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { DateCorrection } from '../../shared/domain/correction.ts';
import { appendEvent } from './event.ts';
import { orderOf } from './site-order.ts';
import type { Store } from './store.ts';

/** What is needed of an event, of this gate or of another. */
export type CorrectionEvent = Pick<StoredEvent, 'device' | 'epoch' | 'seq' | 'at' | 'hash' | 'payload'> & { type: string };

/** Whose work date an event concerns. */
export interface CorrectedDate { workerId: string; workDate: string }

/** A correction with what became of it. */
export interface StoredCorrection extends ProposedPayload {
  state: CorrectionState;
  /** Whether it is the one that stands for its worker and date. */
  counts: boolean;
  proof: EventProof;
  decision: (DecidedPayload & { proof: EventProof }) | null;
}

interface Row {
  correction_id: string; worker_id: string; work_date: string; batch_id: string; body: string; at: string; device: string; epoch: string;
  seq: number; hash: string; state: CorrectionState; counts: number; decided_body: string | null; decided_at: string | null;
  decided_device: string | null; decided_seq: number | null; decided_hash: string | null;
}
interface DecisionRow { device: string; epoch: string; seq: number; body: string; at: string }

/**
 * Proposes a correction: event and row; inside a transaction. Sent twice with one id it is one: false then. Problem:
 * `conflict` where the id is another proposal's.
 */
export function proposeCorrection(store: Store, payload: ProposedPayload): boolean {
  const known = findCorrection(store, payload.id);
  if (known !== null) {
    if (sameProposal(known, payload)) return false;
    throw new ProblemError('conflict');
  }
  tell(store, 'correction-proposed', payload, payload.by);
  return true;
}

/**
 * Decides a proposal: event and row; inside a transaction. The same decision of the same person again changes nothing:
 * false then. Problems: `not-found`, `correction-own` (nobody decides his own proposal), `correction-not-own` (only the
 * proposer withdraws), `correction-decided`.
 */
export function decideCorrection(store: Store, payload: DecidedPayload): boolean {
  const known = findCorrection(store, payload.correctionId);
  if (known === null) throw new ProblemError('not-found');
  const { decision } = known;
  if (decision !== null) {
    if (decision.decision === payload.decision && decision.by.userId === payload.by.userId) return false;
    throw new ProblemError('correction-decided');
  }
  const own = samePerson(known.by, payload.by);
  if (payload.decision === 'withdrawn' && !own) throw new ProblemError('correction-not-own');
  if (payload.decision !== 'withdrawn' && own) throw new ProblemError('correction-own');
  tell(store, 'correction-decided', payload, payload.by);
  return true;
}

function tell(store: Store, type: 'correction-proposed' | 'correction-decided', payload: ProposedPayload | DecidedPayload, by: CorrectionActor): void {
  const { seq, at, hash, payload: written } = appendEvent(store, { type, actor: by.userId, purpose: 'attendance', payload });
  applyCorrectionEvent(store, { type, device: store.device.id, epoch: store.epoch.epoch, seq, at, hash, payload: written });
}

/**
 * Takes up one event of any gate; inside a transaction. Applying it again changes nothing, and whichever order events come
 * in, the same corrections count: of several decisions of a proposal the first one that was allowed stands, by
 * (at, device, seq); of several approved corrections of a worker's date the one that was approved last (`orderOf`). Returns whose
 * date may be another now; null where the event is none of these, is already known, or holds what no gate would write.
 */
export function applyCorrectionEvent(store: Store, event: CorrectionEvent): CorrectedDate | null {
  if (event.type === 'correction-proposed') return applyProposal(store, event);
  return event.type === 'correction-decided' ? applyDecision(store, event) : null;
}

function applyProposal(store: Store, event: CorrectionEvent): CorrectedDate | null {
  const parsed = ProposedPayload.safeParse(event.payload);
  if (!parsed.success) return null;
  const { id, workerId, workDate, batchId } = parsed.data;
  const known = store.sql<[string], { at: string; device: string; epoch: string; seq: number } & { worker_id: string; work_date: string }>(
    'select at, device, epoch, seq, worker_id, work_date from correction where correction_id = ?').get(id);
  // One id twice is no gate's doing; the earlier one stands everywhere.
  if (known !== undefined && inTime(known, event) <= 0) return null;
  store.sql<unknown[]>(`
    insert into correction (correction_id, worker_id, work_date, batch_id, body, at, device, epoch, seq, hash, state, stamp)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'proposed', ${nextStamp})
    on conflict (correction_id) do update set worker_id = excluded.worker_id, work_date = excluded.work_date, batch_id = excluded.batch_id,
      body = excluded.body, at = excluded.at, device = excluded.device, epoch = excluded.epoch, seq = excluded.seq, hash = excluded.hash`).run(
    id, workerId, workDate, batchId, JSON.stringify(parsed.data), event.at, event.device, event.epoch, event.seq, event.hash);
  settle(store, id);
  if (known !== undefined) rank(store, { workerId: known.worker_id, workDate: known.work_date });
  rank(store, { workerId, workDate });
  return { workerId, workDate };
}

function applyDecision(store: Store, event: CorrectionEvent): CorrectedDate | null {
  const parsed = DecidedPayload.safeParse(event.payload);
  if (!parsed.success) return null;
  const { changes } = store.sql<unknown[]>(`
    insert or ignore into correction_decision (device, epoch, seq, correction_id, body, at, hash, place) values (?, ?, ?, ?, ?, ?, ?, ?)`).run(
    event.device, event.epoch, event.seq, parsed.data.correctionId, JSON.stringify(parsed.data), event.at, event.hash, orderOf(event));
  const of = store.sql<[string], { worker_id: string; work_date: string }>(
    'select worker_id, work_date from correction where correction_id = ?').get(parsed.data.correctionId);
  if (changes === 0 || of === undefined) return null;
  const date = { workerId: of.worker_id, workDate: of.work_date };
  settle(store, parsed.data.correctionId);
  rank(store, date);
  return date;
}

const nextStamp = '(select coalesce(max(stamp), 0) + 1 from correction)';

/** Works out the state of a proposal from all decisions that are known of it. */
function settle(store: Store, id: string): void {
  const { body } = store.sql<[string], { body: string }>('select body from correction where correction_id = ?').get(id)!;
  const { by } = JSON.parse(body) as ProposedPayload;
  const decisions = store.sql<[string], DecisionRow>('select device, epoch, seq, body, at from correction_decision where correction_id = ?').all(id)
    .map((row) => ({ ...row, decided: JSON.parse(row.body) as DecidedPayload }))
    .filter(({ decided }) => (decided.decision === 'withdrawn') === samePerson(by, decided.by))
    .toSorted(inTime);
  const [first] = decisions;
  store.sql<unknown[]>(`update correction set state = ?, decided_device = ?, decided_epoch = ?, decided_seq = ?, stamp = ${nextStamp} where correction_id = ?`).run(
    first?.decided.decision ?? 'proposed', first?.device ?? null, first?.epoch ?? null, first?.seq ?? null, id);
}

/** Marks which approved correction of a worker's date counts. */
function rank(store: Store, { workerId, workDate }: CorrectedDate): void {
  const last = store.sql<[string, string], { id: string; at: string; device: string; epoch: string; seq: number }>(`
    select c.correction_id as id, coalesce(d.place, d.at) as at, d.device, d.epoch, d.seq from correction c
    join correction_decision d on d.device = c.decided_device and d.epoch = c.decided_epoch and d.seq = c.decided_seq
    where c.worker_id = ? and c.work_date = ? and c.state = 'approved'`).all(workerId, workDate)
    .toSorted((a, b) => inTime(a, b) || (a.id < b.id ? -1 : 1)).at(-1);
  store.sql<unknown[]>('update correction set counts = (correction_id = ?) where worker_id = ? and work_date = ?').run(last?.id ?? '', workerId, workDate);
}

interface Place { at: string; device: string; epoch: string; seq: number }

function inTime(a: Place, b: Place): number {
  return order(a.at, b.at) || order(a.device, b.device) || a.seq - b.seq || order(a.epoch, b.epoch);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function samePerson(a: CorrectionActor, b: CorrectionActor): boolean {
  return a.userId === b.userId || a.loginName === b.loginName;
}

function sameProposal(a: ProposedPayload, b: ProposedPayload): boolean {
  const text = ({ id, workerId, workDate, changes, reason, note, by: { userId }, batchId }: ProposedPayload): string => (
    JSON.stringify([id, workerId, workDate, changes, reason, note, userId, batchId]));
  return text(ProposedPayload.parse(a)) === text(ProposedPayload.parse(b));
}

const select = `
  select c.*, d.body as decided_body, d.at as decided_at, d.hash as decided_hash from correction c
  left join correction_decision d on d.device = c.decided_device and d.epoch = c.decided_epoch and d.seq = c.decided_seq`;

function findCorrection(store: Store, id: string): StoredCorrection | null {
  return store.sql<[string], Row>(`${select} where c.correction_id = ?`).all(id).map(correctionOf)[0] ?? null;
}

/** All corrections of a worker's date, the oldest first, whatever became of them. */
export function readDateCorrections(store: Store, { workerId, workDate }: CorrectedDate): StoredCorrection[] {
  return store.sql<[string, string], Row>(`${select} where c.worker_id = ? and c.work_date = ? order by c.at, c.device, c.seq`).all(workerId, workDate).map(correctionOf);
}

/** What waits for a second person, by batch; the oldest batch first. */
export function readWaitingCorrections(store: Store): StoredCorrection[] {
  return store.sql<[], Row>(`${select} where c.state = 'proposed' order by c.at, c.batch_id, c.work_date, c.worker_id`).all().map(correctionOf);
}

/** The ids of a batch that wait for a second person. */
export function readWaitingBatch(store: Store, batchId: string): string[] {
  return store.sql<[string], { id: string }>(`
    select correction_id as id from correction where batch_id = ? and state = 'proposed' order by correction_id`).all(batchId).map(({ id }) => id);
}

/** The approved corrections that count between two work dates, both included, by date and worker. */
export function readCountingCorrections(store: Store, from: string, to: string): StoredCorrection[] {
  return store.sql<[string, string], Row>(`${select} where c.counts = 1 and c.work_date between ? and ? order by c.work_date, c.worker_id`).all(from, to).map(correctionOf);
}

/** What counts for one worker between two work dates, both included: what a timesheet is worked out with. */
export function readWorkerCorrections(store: Store, workerId: string, from: string, to: string): DateCorrection[] {
  return store.sql<[string, string, string], { work_date: string; body: string }>(`
    select work_date, body from correction where worker_id = ? and work_date between ? and ? and counts = 1`).all(workerId, from, to).map(dateCorrection);
}

/** The same of all workers who have any, by worker code. */
export function readCorrectionsByWorker(store: Store, from: string, to: string): ReadonlyMap<string, readonly DateCorrection[]> {
  const all = new Map<string, DateCorrection[]>();
  const rows = store.sql<[string, string], { worker_id: string; work_date: string; body: string }>(
    'select worker_id, work_date, body from correction where counts = 1 and work_date between ? and ?').iterate(from, to);
  for (const row of rows) {
    const own = all.get(row.worker_id) ?? [];
    own.push(dateCorrection(row));
    all.set(row.worker_id, own);
  }
  return all;
}

/** Dates of corrections between two dates, both included, that count (and take nothing back) or wait, as `workerId date`. */
export function readMarkedDates(store: Store, from: string, to: string): { counting: ReadonlySet<string>; waiting: ReadonlySet<string> } {
  const rows = store.sql<[string, string], { worker_id: string; work_date: string; counts: number }>(`
    select worker_id, work_date, counts from correction
    where (counts = 1 or state = 'proposed') and work_date between ? and ?
      and (counts = 0 or json_extract(body, '$.changes.kind') <> 'restore')`).all(from, to);
  const keys = (wanted: number): Set<string> => new Set(rows.filter(({ counts }) => counts === wanted).map(({ worker_id: id, work_date: date }) => `${id} ${date}`));
  return { counting: keys(1), waiting: keys(0) };
}

/** The newest change of any correction, and the workers whom changes after another concern. */
export function correctionChanges(store: Store, afterStamp: number): { stamp: number; workers: ReadonlySet<string> } {
  const stamp = store.sql<[], { n: number | null }>('select max(stamp) as n from correction').get()?.n ?? 0;
  const rows = stamp <= afterStamp ? [] : store.sql<[number], { id: string }>('select distinct worker_id as id from correction where stamp > ?').all(afterStamp);
  return { stamp, workers: new Set(rows.map(({ id }) => id)) };
}

/** Empties what was written about a worker in his corrections; without `keepTimesheet` they go whole. Inside the transaction of the erasure. */
export function eraseCorrections(store: Store, workerId: string, keepTimesheet: boolean): void {
  const own = 'correction_id in (select correction_id from correction where worker_id = ?)';
  for (const table of ['correction_decision', 'correction']) {
    store.sql<[string]>(keepTimesheet ? `update ${table} set body = json_set(body, '$.note', '') where ${own}` : `delete from ${table} where ${own}`).run(workerId);
  }
}

function dateCorrection({ work_date: workDate, body }: { work_date: string; body: string }): DateCorrection {
  return { workDate, changes: (JSON.parse(body) as ProposedPayload).changes };
}

function correctionOf(row: Row): StoredCorrection {
  return {
    ...JSON.parse(row.body) as ProposedPayload, state: row.state, counts: row.counts === 1,
    proof: { at: row.at, device: row.device, seq: row.seq, hash: row.hash },
    decision: row.decided_body === null || row.decided_at === null || row.decided_device === null || row.decided_seq === null || row.decided_hash === null ? null
      : { ...JSON.parse(row.decided_body) as DecidedPayload, proof: { at: row.decided_at, device: row.decided_device, seq: row.decided_seq, hash: row.decided_hash } },
  };
}
