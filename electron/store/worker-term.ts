import type { Term } from '../../shared/domain/roster-change.ts';
import type { Store } from './store.ts';
import type { StoredWorker } from './worker.ts';

/** A time of work that is over. */
export interface FormerTerm extends Term { workerId: string; department: string; employer: string }

/** Keeps the present term of a worker before a new one begins under the same code. */
export function keepTerm(store: Store, { workerNo, startDate, endDate, department, employer }: StoredWorker): void {
  if (endDate === null) throw new Error('a term without an end is not over');
  store.sql<unknown[]>('insert into worker_term (worker_no, start_date, end_date, department, employer) values (?, ?, ?, ?, ?) on conflict do nothing')
    .run(workerNo, startDate ?? '', endDate, department, employer);
}

/** Former terms of a worker, the latest first: those under the present code, and those under codes before it. */
export function formerTermsOf(store: Store, workerNo: number): FormerTerm[] {
  const rows = store.sql<[number, number], Omit<FormerTerm, 'startDate'> & { startDate: string | null }>(`
    select worker_id as workerId, t.start_date as startDate, t.end_date as endDate, t.department, t.employer
      from worker_term t join worker using (worker_no) where worker_no = ?
    union all
    select worker_id, start_date, end_date, department, employer from worker where next_worker_no = ?
    order by 3 desc`).all(workerNo, workerNo);
  return rows.map((row) => ({ ...row, startDate: row.startDate === '' ? null : row.startDate }));
}

/** Times of work before the present one under the same code. */
export function ownFormerTerms(store: Store, workerId: string): Term[] {
  return store.sql<[string], Term>(`select nullif(worker_term.start_date, '') as startDate, worker_term.end_date as endDate
    from worker join worker_term using (worker_no) where worker_id = ?`).all(workerId);
}

/**
 * Hands the numbers of a former employment over to the later one, which no two rows can have: the person is found under the
 * new code from now on. The former row keeps everything else, and its scans and events keep the old code.
 */
export function handOverNumbers(store: Store, former: number, later: number | null): void {
  store.sql<[number | null, number]>('update worker set personal_id = null, personal_hash = null, card_number = null, pass = null, next_worker_no = ? where worker_no = ?')
    .run(later, former);
}

/** Notes whose former employment a row is. */
export function linkFormer(store: Store, former: number, later: number): void {
  store.sql<[number, number]>('update worker set next_worker_no = ? where worker_no = ?').run(later, former);
}
