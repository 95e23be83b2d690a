import { duePresence, findWorkerById, lastScanAt, movePresence, presenceDone, type Store } from '../../store/index.ts';
import { whereabouts } from '../gate/gate-attendance.ts';
import { raiseLateViolations } from '../gate/gate-held.ts';

/** Who came in twice longer ago than this is told to no guard any more. */
const violationMs = 3 * 86_400_000;
const sliceMs = 5;
const sliceWorkers = 50;

/**
 * Works out anew where workers are of whom another gate has told, a few in one transaction. True while there are more.
 * Who is not on the roster yet has no presence; it is worked out when he comes onto it.
 */
export function settlePresence(store: Store): boolean {
  const due = duePresence(store, sliceWorkers);
  if (due.length === 0) return false;
  const until = performance.now() + sliceMs;
  store.transaction(() => {
    for (const workerId of due) {
      settleOf(store, workerId);
      presenceDone(store, workerId);
      if (performance.now() >= until) break;
    }
  });
  return true;
}

function settleOf(store: Store, workerId: string): void {
  const worker = findWorkerById(store, workerId);
  if (worker === null) return;
  const at = lastScanAt(store, worker);
  const seen = at === null ? null : whereabouts(store, worker, at);
  if (seen !== null) movePresence(store, worker.workerNo, seen);
  if (at !== null) raiseLateViolations(store, worker.workerNo, at - violationMs, at);
}
