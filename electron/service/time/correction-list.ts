import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import { fold } from '../../../shared/domain/vietnamese.ts';
import { findWorkerById, listUsers, readCountingCorrections, readWaitingCorrections, type Store, type StoredCorrection } from '../../store/index.ts';
import { dateLines, personOf } from './correction-lines.ts';
import { reasonLabel } from './correction-reasons.ts';

type Batch = Output<'corrections/waiting'>['batches'][number];
export type Difference = Output<'corrections/differences'>['rows'][number];

/** So many of a batch are named in the list. */
const named = 3;

/** What waits for a second person, act by act, and whether anybody else could decide what is somebody's own. */
export function waitingList(store: Store, { userId }: { userId: string }): Output<'corrections/waiting'> {
  const waiting = readWaitingCorrections(store);
  const batches = new Map<string, Batch>();
  for (const { batchId, by, proof, reason, note, workDate, workerId } of waiting) {
    const known = batches.get(batchId);
    const name = (known?.names.length ?? 0) < named ? findWorkerById(store, workerId)?.fullName : undefined;
    batches.set(batchId, {
      ...(known ?? { batchId, by: { displayName: by.displayName, at: proof.at }, own: by.userId === userId, reason: reasonLabel(reason), note }),
      count: (known?.count ?? 0) + 1, names: [...(known?.names ?? []), ...(name === undefined ? [] : [name])],
      from: known !== undefined && known.from < workDate ? known.from : workDate, to: known !== undefined && known.to > workDate ? known.to : workDate,
    });
  }
  const others = listUsers(store).some((user) => user.userId !== userId && !user.disabled && user.role !== 'officer');
  return { batches: [...batches.values()], total: waiting.length, others };
}

/** What waits of one act: each date as it is and as it would be. */
export function batchList(store: Store, { batchId, offset, limit, now }: Input<'corrections/batch'> & { now: number }): Output<'corrections/batch'> {
  const all = readWaitingCorrections(store).filter((one) => one.batchId === batchId);
  const linesOf = dateLines(store, now);
  const rows = all.slice(offset, offset + limit).map(({ id, workerId, workDate, changes }) => {
    const lines = linesOf(workerId, workDate);
    const person = lines === null ? { workerId, fullName: '', department: '', employer: '' } : personOf(lines.worker);
    return { id, ...person, workDate, changes, before: lines?.lineWith(lines.known) ?? null, after: lines?.lineWith(changes) ?? null };
  });
  return { total: all.length, rows };
}

/** Corrections that count in a period, a page of them, each with the line of the scans alone and the one that is paid. */
export function differenceList(store: Store, { period, query, offset, limit, now }: Input<'corrections/differences'> & { now: number }): Output<'corrections/differences'> {
  const wanted = counting(store, period, query);
  return { total: wanted.length, rows: [...differences(store, wanted.slice(offset, offset + limit), now)] };
}

/** All of them, one after another. */
export function allDifferences(store: Store, { period, query, now }: Pick<Input<'corrections/export'>, 'period' | 'query'> & { now: number }): Iterable<Difference> {
  return differences(store, counting(store, period, query), now);
}

function counting(store: Store, { from, to }: { from: string; to: string }, query: string): StoredCorrection[] {
  const words = fold(query).split(' ').filter((word) => word !== '');
  const all = readCountingCorrections(store, from, to);
  if (words.length === 0) return all;
  return all.filter(({ workerId }) => {
    const worker = findWorkerById(store, workerId);
    const text = fold([workerId, worker?.fullName ?? '', worker?.department ?? '', worker?.employer ?? ''].join(' '));
    return words.every((word) => text.includes(word));
  });
}

function* differences(store: Store, corrections: readonly StoredCorrection[], now: number): Generator<Difference> {
  const linesOf = dateLines(store, now);
  for (const { id, workerId, workDate, changes, reason, note, by, proof, decision } of corrections) {
    const lines = linesOf(workerId, workDate);
    if (decision === null) throw new Error('a correction counts that nobody approved');
    yield {
      id, ...(lines === null ? { workerId, fullName: '', department: '', employer: '' } : personOf(lines.worker)), workDate, changes,
      before: lines?.lineWith(null) ?? null, after: lines?.lineWith(changes) ?? null, reason: reasonLabel(reason), note,
      proposedBy: by.displayName, decidedBy: decision.by.displayName, decisionNote: decision.note, proposal: proof, decision: decision.proof,
    };
  }
}
