import type { Input } from '../../../shared/contracts/requests/index.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import { maskPersonalId, properName } from '../../../shared/domain/vietnamese.ts';
import {
  appendEvent, findBarred, findVisitor, findWorkerById, findWorkerByPersonalId, insertBarred, liftBarred, liftBarredWorker, personalHash, type BarredEntry, type Store,
} from '../../store/index.ts';
import { recordWorker } from '../people/roster-commit.ts';
import { readIdentity } from './visitors.ts';

/**
 * Bars a worker, a visitor or a number, with the reason; sent twice it is once. A worker carries the mark in the roster as
 * well, since the gate decides by that. Problems: `not-found`, those of the card's QR.
 */
export function barPerson(store: Store, { barredId, who, reason }: Input<'barred/add'>, actor: string): boolean {
  return store.transaction(() => {
    if (findBarred(store, barredId) !== null) return false;
    const entry = { ...entryOf(store, who), barredId, reason };
    const worker = entry.workerId === null ? null : findWorkerById(store, entry.workerId);
    if (worker !== null && !worker.barred) recordWorker(store, { ...worker, barred: true }, actor);
    const { at } = appendEvent(store, { type: 'barred-changed', actor, payload: { ...entry, fullName: undefined, barred: true } });
    return insertBarred(store, entry, at, actor);
  });
}

function entryOf(store: Store, who: Input<'barred/add'>['who']): Omit<BarredEntry, 'barredId' | 'reason'> {
  const nobody = { workerId: null, visitorId: null, personalHash: null, maskedId: null, fullName: null };
  if (who.by === 'worker') {
    const worker = findWorkerById(store, who.workerId);
    if (worker === null) throw new ProblemError('not-found', 'worker');
    // His number too: whoever is put on the roster anew under another code is still the same person.
    return { ...nobody, workerId: worker.workerId, ...numberOf(store, worker.personalId) };
  }
  if (who.by === 'visitor') {
    const visitor = findVisitor(store, who.visitorId);
    if (visitor === null) throw new ProblemError('not-found', 'visitor');
    return { ...nobody, visitorId: visitor.visitorId, personalHash: visitor.personalHash, maskedId: visitor.maskedId, fullName: visitor.fullName };
  }
  const { personalId, fullName } = readIdentity(who.identity, store.clock.now());
  const name = fullName ?? (who.fullName === null || who.fullName === '' ? null : properName(who.fullName));
  return { ...nobody, ...numberOf(store, personalId), fullName: name, workerId: findWorkerByPersonalId(store, personalId)?.workerId ?? null };
}

function numberOf(store: Store, personalId: string | null): { personalHash: string | null; maskedId: string | null } {
  return personalId === null ? { personalHash: null, maskedId: null } : { personalHash: personalHash(store, personalId), maskedId: maskPersonalId(personalId) };
}

/** Takes an entry off the list, and the roster's mark with it; false where there is nothing to take off. */
export function liftBar(store: Store, { barredId, workerId, reason }: Input<'barred/lift'>, actor: string): boolean {
  return store.transaction(() => {
    const entry = barredId === null ? null : findBarred(store, barredId);
    if (barredId !== null && (entry === null || entry.liftedAt !== null)) return false;
    const worker = findWorkerById(store, entry?.workerId ?? workerId ?? '');
    if (entry === null && worker?.barred !== true) return false;
    const { at } = appendEvent(store, { type: 'barred-changed', actor, payload: { barredId, workerId: worker?.workerId ?? null, reason, barred: false } });
    if (entry !== null) liftBarred(store, entry.barredId, at, actor);
    if (worker !== null) {
      liftBarredWorker(store, worker.workerId, at, actor);
      if (worker.barred) recordWorker(store, { ...worker, barred: false }, actor);
    }
    return true;
  });
}
