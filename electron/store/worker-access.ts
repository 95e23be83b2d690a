import type { Store } from './store.ts';

/** Notes who saw what of a worker; inside the transaction of its event, whose position is the key. */
export function noteWorkerAccess(store: Store, position: number, workerNo: number, userId: string, what: string): void {
  store.sql<unknown[]>('insert into worker_access (position, worker_no, at, user_id, what) values (?, ?, ?, ?, ?)')
    .run(position, workerNo, new Date(store.clock.now()).toISOString(), userId, what);
}

export interface WorkerAccess { at: string; userName: string; what: string }

/** Who saw what of a worker, newest first. */
export function readWorkerAccess(store: Store, workerNo: number, limit: number): WorkerAccess[] {
  return store.sql<[number, number], WorkerAccess>(`
    select at, coalesce(display_name, worker_access.user_id) as userName, what from worker_access left join user using (user_id)
    where worker_no = ? order by position desc limit ?`).all(workerNo, limit);
}

/** A worker's scans for his own eyes, in the order of time. */
export function readWorkerScanLog(store: Store, workerNo: number, limit: number): { at: string; workDate: string; lane: string; outcome: string; direction: 'in' | 'out' | null }[] {
  return store.sql<[number, number], ReturnType<typeof readWorkerScanLog>[number]>(`
    select at, work_date as workDate, lane, outcome, direction from gate_scan where worker_no = ? order by at, position limit ?`).all(workerNo, limit);
}
