import { eraseCorrections } from './correction.ts';
import { eraseSiteWorker } from './site.ts';
import type { Store } from './store.ts';

/** Somebody whose personal data is due for erasure, and where it stands. */
export interface ErasureTarget { workerNo: number; workerId: string; fullName: string; endDate: string }

/** Those who left before a date and are not erased yet. @param before ISO date */
export function erasureTargets(store: Store, before: string): ErasureTarget[] {
  return store.sql<[string], ErasureTarget>(`
    select worker_no as workerNo, worker_id as workerId, full_name as fullName, end_date as endDate from worker
    where end_date < ? and full_name <> '' and barred = 0 order by end_date, worker_id`).all(before);
}

/**
 * Positions of the events with personal data of some workers; with `scans` those of their scans too. Walks every event that
 * is no scan: not for the path of scans.
 */
export function erasableEvents(store: Store, { workers, scans }: { workers: readonly Pick<ErasureTarget, 'workerNo' | 'workerId'>[]; scans: boolean }): Map<number, number[]> {
  const byId = new Map(workers.map(({ workerId, workerNo }) => [workerId, workerNo]));
  const found = new Map<number, number[]>(workers.map(({ workerNo }) => [workerNo, []]));
  const rows = store.sql<[], { position: number; workerId: string | null }>(`
    select position, json_extract(payload, '$.workerId') as workerId from event
    where type <> 'gate-scan' and type <> 'worker-erased' and payload is not null`);
  for (const { position, workerId } of rows.iterate()) {
    const workerNo = workerId === null ? undefined : byId.get(workerId);
    if (workerNo !== undefined) found.get(workerNo)!.push(position);
  }
  if (!scans) return found;
  const own = store.sql<[number], { position: number }>('select position from gate_scan where worker_no = ?');
  for (const [workerNo, positions] of found) for (const { position } of own.iterate(workerNo)) positions.push(position);
  // Scans that were told once more under a new epoch are events without a row of their own.
  const again = store.sql<[], { position: number; workerId: string | null }>(`
    select position, json_extract(payload, '$.workerId') as workerId from event where type = 'gate-scan' and payload is not null
      and position > (select min(base) from epoch where base > 0) and not exists (select 1 from gate_scan g where g.position = event.position)`);
  for (const { position, workerId } of again.iterate()) {
    const workerNo = workerId === null ? undefined : byId.get(workerId);
    if (workerNo !== undefined) found.get(workerNo)!.push(position);
  }
  return found;
}

/** Empties payload and salt of events; header and hash stay, so the chain does. Returns those that were not empty before. */
export function emptyEvents(store: Store, positions: readonly number[]): { epoch: string; seq: number }[] {
  const empty = store.sql<[number], { epoch: string; seq: number }>(`update event set payload = null, salt = null where position = ? and payload is not null
    returning (select epoch from epoch where epoch.epoch_no = event.epoch_no) as epoch, seq`);
  return positions.flatMap((position) => empty.all(position));
}

/**
 * Removes what is personal of a worker. The row stays under its bare key, and with `keepTimesheet` under its code, so that
 * what refers to it still finds it. Returns how many scans went. Inside the transaction of its event.
 */
export function eraseWorker(store: Store, { workerNo, workerId }: Pick<ErasureTarget, 'workerNo' | 'workerId'>, keepTimesheet: boolean): { scans: number } {
  for (const table of ['worker_pin', 'worker_photo', 'worker_access', 'worker_term', 'presence']) store.sql<[number]>(`delete from ${table} where worker_no = ?`).run(workerNo);
  store.sql<[number]>('update withdrawn_card set worker_no = null where worker_no = ?').run(workerNo);
  eraseSiteWorker(store, workerId, keepTimesheet);
  eraseCorrections(store, workerId, keepTimesheet);
  const code = keepTimesheet ? workerId : `#${workerNo}`;
  store.sql<unknown[]>(`update worker set worker_id = ?, full_name = '', department = iif(?, department, ''), employer = iif(?, employer, ''), personal_id = null,
      personal_hash = null, masked_id = null, card_number = null, pass = null, language = 'vi', nationality = null, sex = null, birth_date = null,
      details = '{}', search_text = lower(?) where worker_no = ?`).run(code, Number(keepTimesheet), Number(keepTimesheet), code, workerNo);
  if (keepTimesheet) return { scans: 0 };
  store.sql<[string]>('delete from shift_assignment where worker_id = ?').run(workerId);
  store.sql<[number]>('delete from lane_scan where worker_no = ?').run(workerNo);
  return { scans: store.sql<[number]>('delete from gate_scan where worker_no = ?').run(workerNo).changes };
}

/** What one run of the erasure did. No personal data is in it. */
export interface ErasureRun {
  workers: number; events: number; scans: number; photos: number; days: number; keptTimesheet: boolean;
  /** Masked codes with the end date of each. */
  erased: { code: string; endDate: string }[];
}

/** Keeps what an erasure took, in counts, beside its event. */
export function insertErasure(store: Store, position: number, run: ErasureRun): void {
  store.sql<[number, string, string]>('insert into erasure (position, at, body) values (?, ?, ?)').run(position, new Date(store.clock.now()).toISOString(), JSON.stringify(run));
}

/** Runs of the erasure, newest first. */
export function listErasures(store: Store): (ErasureRun & { position: number; at: string })[] {
  return store.sql<[], { position: number; at: string; body: string }>('select position, at, body from erasure order by position desc limit 200').all()
    .map(({ body, ...rest }) => ({ ...rest, ...JSON.parse(body) as ErasureRun }));
}
