import { setImmediate } from 'node:timers/promises';
import { activeWorkersAfter, appendEvent, findWorkerById, saveWorker, workerPayload, type Store } from '../../store/index.ts';
import { inSlices } from './roster-commit.ts';

/** Somebody of the roster who is missing in a list. */
export interface Leaver { workerId: string; fullName: string; department: string; employer: string; startDate: string | null }

const page = 500;

/**
 * Who works here after a date but does not stand in a list. Where the list names employers, only their workers are missed:
 * the list of one enterprise of a zone says nothing of the others. Lets scans in between.
 * @param seen codes in the list, refused rows too
 * @param endDate ISO; whoever begins only after it has not left
 */
export async function findLeavers(store: Store, { seen, employers, endDate }: { seen: ReadonlySet<string>; employers: ReadonlySet<string>; endDate: string }): Promise<Leaver[]> {
  const leavers: Leaver[] = [];
  for (let after = 0; ;) {
    const slice = activeWorkersAfter(store, after, endDate, page);
    if (slice.length === 0) return leavers;
    after = slice.at(-1)!.workerNo;
    for (const { workerNo: _, ...worker } of slice) {
      if (seen.has(worker.workerId) || (employers.size > 0 && !employers.has(worker.employer)) || (worker.startDate ?? '') > endDate) continue;
      leavers.push(worker);
    }
    await setImmediate();
  }
}

/** Ends the work of leavers on a date, each with the event `worker-left`. Those who have left meanwhile stay as they are. */
export async function endLeavers(store: Store, leavers: readonly Leaver[], { endDate, importId, actor }: { endDate: string; importId: string; actor: string }): Promise<number> {
  let left = 0;
  await inSlices(store, leavers, ({ workerId }) => {
    const known = findWorkerById(store, workerId);
    if (known === null || (known.endDate !== null && known.endDate <= endDate)) return false;
    const worker = { ...known, endDate };
    saveWorker(store, worker);
    // Whole, so that the other gates of the site can take it over as it is.
    appendEvent(store, { type: 'worker-left', actor, payload: { ...workerPayload(store, worker), leftBy: 'missing-in-list', importId } });
    return true;
  }, (done) => { if (done) left += 1; });
  return left;
}
