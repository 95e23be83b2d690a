import { randomBytes } from 'node:crypto';
import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { VisitorForm, VisitorLine } from '../../../shared/contracts/visitor.ts';
import { parseIdentityQr } from '../../../shared/domain/identity-qr.ts';
import { maskName, maskPersonalId, properName } from '../../../shared/domain/vietnamese.ts';
import { visitorCode } from '../../../shared/domain/visitor.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import {
  appendEvent, findVisitor, findVisitorByHash, findVisitorByPass, findWorkerByCode, findWorkerById, findWorkerByPersonalId, insertVisitor, isHashBarred, noteOwnVisitorWords, personalHash, releasePass, updateVisitor, visitorLine,
  type Store, type StoredVisitor,
} from '../../store/index.ts';

/** The number and the name that a text from the guard's scanner or keys says: a card's QR, or the bare number. Problems of the QR. */
export function readIdentity(text: string, now: number): { personalId: string; fullName: string | null } {
  const typed = text.replace(/[\s.-]/g, '');
  if (/^\d{12}$/.test(typed)) return { personalId: typed, fullName: null };
  const { citizen, partial, problem } = parseIdentityQr(text, { today: workDateOf(now) });
  const personalId = citizen?.personalId ?? partial?.personalId;
  if (personalId === undefined) throw new ProblemError(problem?.code ?? 'qr-not-identity');
  return { personalId, fullName: citizen === null ? null : properName(citizen.fullName) };
}

/** Who a card says somebody is, and what is known of him; the number only masked. Problems: those of the QR. */
export function identifyVisitor(store: Store, text: string, now: number): Output<'visitors/identify'> {
  const { personalId, fullName } = readIdentity(text, now);
  const hash = personalHash(store, personalId);
  const known = findVisitorByHash(store, hash);
  const worker = findWorkerByPersonalId(store, personalId);
  return {
    maskedId: maskPersonalId(personalId), fullName: fullName ?? known?.fullName ?? worker?.fullName ?? null,
    // Told to the guard alone, behind his log-in.
    barred: isHashBarred(store, hash) || worker?.barred === true, worker: worker === null ? null : { workerId: worker.workerId, fullName: worker.fullName },
    last: known === null ? null : visitorLine(known, now),
  };
}

/** What an event tells of a visitor: the name as initials, the number masked and as keyed hash, no notes. */
function visitorPayload({ fullName, visitorId, passCode, kind, company, hostWorkerId, escort, validFrom, validTo, personalHash: hash, maskedId }: StoredVisitor): Record<string, unknown> {
  return { visitorId, passCode, kind, company, hostWorkerId, escort, validFrom, validTo, personalHash: hash, maskedId, maskedName: fullName === null ? null : maskName(fullName) };
}

/**
 * Registers a visitor and makes the code of his pass; sent twice it is one. Problems: those of the identity's QR, `not-found`
 * (host), `conflict` (the id with other content), `pass-card-taken`.
 */
export function registerVisitor(store: Store, visitorId: string, form: VisitorForm, identity: string | null, actor: string, passCard: string | null = null): VisitorLine {
  return store.transaction(() => {
    const now = store.clock.now();
    const id = identity === null ? null : readIdentity(identity, now).personalId;
    const known = findVisitor(store, visitorId);
    if (known !== null) {
      if (known.fullName !== properName(form.fullName) || known.validFrom !== new Date(form.validFrom).toISOString()) throw new ProblemError('conflict', 'visitor');
      return visitorLine(known, now);
    }
    const host = form.hostWorkerId === null ? null : findWorkerById(store, form.hostWorkerId);
    if (form.hostWorkerId !== null && host === null) throw new ProblemError('not-found', 'host');
    if (passCard !== null) {
      if (!isFreePass(store, passCard, now)) throw new ProblemError('pass-card-taken');
      releasePass(store, passCard);
    }
    let passCode = passCard ?? visitorCode(randomBytes(8));
    while (findVisitorByPass(store, passCode) !== null) passCode = visitorCode(randomBytes(8));
    insertVisitor(store, {
      ...form, visitorId, passCode, fullName: properName(form.fullName), hostName: form.hostName ?? host?.fullName ?? null,
      personalHash: id === null ? null : personalHash(store, id), maskedId: id === null ? null : maskPersonalId(id),
      registeredAt: new Date(now).toISOString(), registeredBy: actor,
    });
    const visitor = findVisitor(store, visitorId)!;
    appendEvent(store, { type: 'visitor-registered', actor, payload: visitorPayload(visitor) });
    return visitorLine(visitor, now);
  });
}

/** Whether a card may be given to a visitor: no worker's, and none that another visitor still has. */
export function isFreePass(store: Store, card: string, now: number): boolean {
  const holder = findVisitorByPass(store, card);
  const hasIt = holder !== null && (holder.last?.direction === 'in' || (holder.returnedAt === null && holder.endedAt === null && Date.parse(holder.validTo) >= now));
  return !hasIt && findWorkerByCode(store, card) === null;
}

/** Another validity, the pass given back or taken back. Again changes nothing. Problems: `not-found`, `request-invalid`. */
export function changeVisitor(store: Store, { visitorId, ...changes }: Input<'visitors/change'>, actor: string): VisitorLine {
  return store.transaction(() => {
    const now = store.clock.now();
    const at = new Date(now).toISOString();
    const visitor = findVisitor(store, visitorId);
    if (visitor === null) throw new ProblemError('not-found', 'visitor');
    const { validTo, returned, ended } = changes;
    if (validTo !== undefined && Date.parse(validTo) <= Date.parse(visitor.validFrom)) throw new ProblemError('request-invalid', 'validTo');
    const next = {
      ...(validTo !== undefined && new Date(validTo).toISOString() !== visitor.validTo && { validTo: new Date(validTo).toISOString() }),
      ...(returned !== undefined && returned !== (visitor.returnedAt !== null) && { returnedAt: returned ? at : null }),
      ...(ended !== undefined && ended !== (visitor.endedAt !== null) && { endedAt: ended ? at : null }),
    };
    if (Object.keys(next).length > 0) {
      updateVisitor(store, visitorId, next);
      const payload = { visitorId, ...next };
      noteOwnVisitorWords(store, appendEvent(store, { type: 'visitor-changed', actor, payload }), payload);
    }
    return visitorLine(findVisitor(store, visitorId)!, now);
  });
}
