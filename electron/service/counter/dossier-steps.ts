import type { Dossier, DossierStatus } from '../../../shared/contracts/dossier.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Input } from '../../../shared/contracts/requests/index.ts';
import { advanceTargets, canFollow, needsReason } from '../../../shared/domain/dossier.ts';
import { dueAfterPause } from '../../../shared/domain/due-date.ts';
import {
  appendEvent, findDossier, noteEvent, readCalendar, savePaper, sha256, updateHandOver, updateResult, updateStatus, useBlobs, type Store,
  type StoredDossier,
} from '../../store/index.ts';
import { blobsOf, distinct, type Officer } from './dossier-intake.ts';

/** Problem `not-found`. */
export function needDossier(store: Store, dossierId: string): StoredDossier {
  const found = findDossier(store, dossierId);
  if (found === null) throw new ProblemError('not-found');
  return found;
}

/**
 * Moves a dossier on. While a supplement is awaited the clock stands; what was left of the term runs on afterwards.
 * To the status that it has already: nothing happens. Problems: `not-found`, `dossier-step-not-allowed`, `reason-missing`.
 */
export function advanceDossier(store: Store, { dossierId, to, note }: Input<'dossier/advance'>, officer: Officer): Dossier {
  return store.transaction(() => {
    const { dossierNo, dossier, pausedAt } = needDossier(store, dossierId);
    if (dossier.status === to) return dossier;
    if (!advanceTargets(dossier.status).includes(to)) throw new ProblemError('dossier-step-not-allowed', `${dossier.status} ${to}`);
    if (needsReason(to) && (note ?? '').trim() === '') throw new ProblemError('reason-missing');
    const now = store.clock.now();
    const at = new Date(now).toISOString();
    const due = pausedAt !== null && dossier.due !== null && to === 'in-progress'
      ? dueAfterPause(dossier.due, pausedAt, at, readCalendar(store)) : dossier.due;
    const event = appendEvent(store, {
      type: 'dossier-advanced', actor: officer.userId, at: now,
      payload: { dossierId, dossierCode: dossier.dossierCode, from: dossier.status, to, note, due },
    });
    updateStatus(store, dossierNo, to, due, to === 'supplement-requested' ? at : null);
    noteEvent(store, dossierNo, event.position);
    return needDossier(store, dossierId).dossier;
  });
}

/**
 * Keeps the digitised result: the dossier is resolved, the result becomes a paper held of its citizen and can be used
 * again at the next intake. The same content again gives the same answer.
 * Problems: `not-found`, `dossier-step-not-allowed`, `conflict` (another result is there).
 */
export function digitiseResult(store: Store, { dossierId, number, issuedOn, signer, scans }: Input<'result/digitise'>, officer: Officer, unitName: string): Dossier {
  return store.transaction(() => {
    const stored = needDossier(store, dossierId);
    const { dossierNo, citizenNo, dossier, resultType, resultName } = stored;
    const blobs = distinct(blobsOf(store, scans));
    if (dossier.result !== null) {
      if (isSameResult(dossier.result, { number, issuedOn, signer, blobs })) return dossier;
      throw new ProblemError('conflict');
    }
    const resolved: DossierStatus = 'resolved';
    if (!canFollow(dossier.status, resolved)) throw new ProblemError('dossier-step-not-allowed', `${dossier.status} ${resolved}`);
    const now = store.clock.now();
    const paperId = resultType === null ? null : sha256(`result ${dossierId}`).slice(0, 32);
    const event = appendEvent(store, {
      type: 'result-digitised', actor: officer.userId, at: now, blobs,
      payload: { dossierId, dossierCode: dossier.dossierCode, number, issuedOn, signer, paperId, paperType: resultType },
    });
    updateResult(store, dossierNo, { number, issuedOn, signer, blobs, digitisedAt: new Date(now).toISOString() });
    if (paperId !== null && resultType !== null) {
      savePaper(store, citizenNo, {
        paperId, paperType: resultType, name: resultName, number, issuer: unitName, issuedOn, validUntil: null, trust: 'result-of-this-system', blobs,
      }, dossierNo);
    }
    useBlobs(store, blobs, citizenNo, dossierNo);
    noteEvent(store, dossierNo, event.position);
    return needDossier(store, dossierId).dossier;
  });
}

function isSameResult(a: NonNullable<Dossier['result']>, b: Omit<NonNullable<Dossier['result']>, 'digitisedAt'>): boolean {
  const key = ({ number, issuedOn, signer, blobs }: typeof b): string => JSON.stringify([number, issuedOn, signer, blobs.map(({ sha256: hash }) => hash)]);
  return key(a) === key(b);
}

/**
 * Hands the result over to a person who was identified; `wasRead` says that this service itself read a card or QR of
 * that number not long ago. Problems: `not-found`, `dossier-step-not-allowed`, `identity-missing` (said to be read and was
 * not, or only known from the store), `authorisation-missing` (not the owner and no authorisation), `conflict`.
 */
export function handOverResult(store: Store, { dossierId, receiver, authorisation }: Input<'result/hand-over'>, officer: Officer, wasRead: boolean): Dossier {
  return store.transaction(() => {
    const { dossierNo, dossier } = needDossier(store, dossierId);
    if (dossier.handOver !== null) {
      if (dossier.handOver.receiverId === receiver.personalId) return dossier;
      throw new ProblemError('conflict');
    }
    if (!canFollow(dossier.status, 'handed-over')) throw new ProblemError('dossier-step-not-allowed', `${dossier.status} handed-over`);
    // What the store holds of somebody does not show who stands here; what a page says of a card is believed only where
    // this service read that card.
    const shown = receiver.source === 'typed' || receiver.source === 'vneid' || (receiver.source !== 'store' && wasRead);
    if (!shown) throw new ProblemError('identity-missing');
    const asOwner = receiver.personalId === dossier.citizen.personalId?.value;
    if (!asOwner && (authorisation ?? '') === '') throw new ProblemError('authorisation-missing');
    const now = store.clock.now();
    const handOver = {
      at: new Date(now).toISOString(), receiverName: receiver.fullName, receiverId: receiver.personalId, source: receiver.source, asOwner, officer: officer.displayName,
    };
    const event = appendEvent(store, {
      type: 'result-handed-over', actor: officer.userId, purpose: 'hand-over', at: now,
      payload: { dossierId, dossierCode: dossier.dossierCode, receiver, asOwner, authorisation, note: authorisation },
    });
    updateHandOver(store, dossierNo, handOver);
    noteEvent(store, dossierNo, event.position);
    return needDossier(store, dossierId).dossier;
  });
}
