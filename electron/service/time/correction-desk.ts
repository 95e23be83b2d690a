import { setImmediate } from 'node:timers/promises';
import type { CorrectionActor, CorrectionChanges, CorrectionProposal } from '../../../shared/contracts/correction.ts';
import type { User } from '../../../shared/contracts/people.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import { punchBounds } from '../../../shared/domain/correction.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import {
  decideCorrection, findWorkerById, proposeCorrection, readShifts, readWaitingBatch, readWorkerScans, type Store,
} from '../../store/index.ts';
import { correctionReasons } from './correction-reasons.ts';

/** Rows of a slice are stored for so long; its commit comes on top. A scan may have to wait for two of them. */
const sliceMs = 5;
/** Work dates that may be corrected, in days back and ahead (an errand is known beforehand). */
const [oldest, furthest] = [400, 62];

/**
 * Stores proposals in short slices, each its own transaction, and lets scans in between. Sent again with the same ids it
 * changes nothing. Problems: `correction-reason`, `correction-invalid` (nothing is stored then), `not-found` (worker), `conflict`.
 */
export async function propose(store: Store, { batchId, reason, note, proposals }: Input<'corrections/propose'>, user: User): Promise<Output<'corrections/propose'>> {
  const today = workDateOf(store.clock.now());
  const { version, reasons } = correctionReasons(today);
  const known = reasons.find(({ id }) => id === reason);
  if (known === undefined || (known.noteNeeded && note === '')) throw new ProblemError('correction-reason');
  const by = actorOf(user);
  const count = { proposed: 0, unchanged: 0 };
  await inSlices(proposals, (proposal) => check(store, proposal, today));
  await inSlices(proposals, ({ id, workerId, workDate, changes }) => {
    const fresh = proposeCorrection(store, { id, batchId, workerId, workDate, changes, reason, reasonsVersion: version, note, by });
    count[fresh ? 'proposed' : 'unchanged'] += 1;
  }, store);
  return count;
}

/**
 * Decides proposals, one by one or a whole batch, in short slices. A batch that another person has decided in part is
 * decided in what is left of it. Problems: `not-found`, `correction-own`, `correction-not-own`, `correction-decided`.
 */
export async function decide(store: Store, { what, decision, note }: Input<'corrections/decide'>, user: User): Promise<Output<'corrections/decide'>> {
  const ids = 'ids' in what ? what.ids : readWaitingBatch(store, what.batchId);
  const by = actorOf(user);
  const count = { decided: 0, unchanged: 0 };
  await inSlices(ids, (correctionId) => {
    count[decideCorrection(store, { correctionId, decision, note, by }) ? 'decided' : 'unchanged'] += 1;
  }, store);
  return count;
}

function actorOf({ userId, loginName, displayName }: User): CorrectionActor {
  return { userId, loginName, displayName };
}

async function inSlices<T>(items: readonly T[], work: (item: T) => void, store?: Store): Promise<void> {
  let next = 0;
  const slice = (): void => {
    const until = performance.now() + sliceMs;
    do work(items[next++]!); while (performance.now() < until && next < items.length);
  };
  while (next < items.length) {
    if (store === undefined) slice();
    else store.transaction(slice);
    await setImmediate();
  }
}

function check(store: Store, { workerId, workDate, changes }: CorrectionProposal, today: string): void {
  const worker = findWorkerById(store, workerId);
  if (worker === null) throw new ProblemError('not-found');
  if (workDate < addDays(today, -oldest) || workDate > addDays(today, furthest) || !fits(store, worker.workerNo, workDate, changes)) throw new ProblemError('correction-invalid');
}

function fits(store: Store, workerNo: number, workDate: string, { add, leaveOut, shift }: CorrectionChanges): boolean {
  const { from, to } = punchBounds(workDate);
  const isNear = ({ at }: { at: number }): boolean => from <= at && at <= to;
  if (shift !== null && shift.id !== null && !readShifts(store).has(shift.id)) return false;
  if (![...add, ...leaveOut].every(isNear) || add.some(({ at }) => at > store.clock.now())) return false;
  if (leaveOut.length === 0) return true;
  const scans = new Set(readWorkerScans(store, workerNo, from, to).map(({ at, lane }) => `${at} ${lane}`));
  return leaveOut.every(({ at, lane }) => scans.has(`${at} ${lane}`));
}
