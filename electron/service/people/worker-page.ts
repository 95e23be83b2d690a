import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { WorkerChanges, WorkerPage } from '../../../shared/contracts/requests/people.ts';
import { WorkerDetails } from '../../../shared/contracts/worker-details.ts';
import { maskCardNumber } from '../../../shared/domain/factory-card.ts';
import { isMinorOn } from '../../../shared/domain/roster-details.ts';
import { isReHire } from '../../../shared/domain/roster-change.ts';
import { sameWorker, type Worker } from '../../../shared/domain/roster.ts';
import { properName, maskPersonalId } from '../../../shared/domain/vietnamese.ts';
import { bandOf, expiriesOf, isPermitFor } from '../../../shared/domain/worker-expiry.ts';
import { workDateOf } from '../../../shared/domain/work-date.ts';
import {
  appendEvent, findWorkerById, findWorkerByNo, isInside, keepTerm, noteWorkerAccess, formerTermsOf, readPinHash, readWorkerAccess, readWorkerPhoto,
  saveWorker, workerPayload, type Store, type StoredWorker,
} from '../../store/index.ts';
import { readPeopleSettings } from './people-settings.ts';

const accessShown = 50;

/** A worker by code. Problem `not-found`. */
export function workerOrFail(store: Store, workerId: string): StoredWorker {
  const worker = findWorkerById(store, workerId);
  if (worker === null) throw new ProblemError('not-found');
  return worker;
}

/** All that a supervisor sees of a worker; numbers are masked. */
export function workerPage(store: Store, worker: StoredWorker): WorkerPage {
  const { workerId, fullName, department, employer, maskedId, startDate, endDate, shiftId, barred, language, nationality, sex, birthDate, details, pass } = worker;
  const today = workDateOf(store.clock.now());
  const { province } = readPeopleSettings(store);
  const photo = readWorkerPhoto(store, worker.workerNo);
  const mask = (number: string | null): string | null => (number === null ? null : maskPersonalId(number));
  return {
    workerId, fullName, department, employer, maskedId, startDate, endDate, shiftId, barred, language, nationality, sex, birthDate, pass,
    minor: isMinorOn(birthDate, today),
    details: {
      ...details, passport: mask(details.passport), socialInsuranceNo: mask(details.socialInsuranceNo),
      permit: details.permit === null ? null : { ...details.permit, number: maskPersonalId(details.permit.number) },
    },
    maskedCard: worker.cardNumber === null ? null : maskCardNumber(worker.cardNumber), hasPin: readPinHash(store, worker.workerNo) !== null,
    photo: photo === null ? null : { at: photo.at, consentVersion: photo.consentVersion },
    expiries: expiriesOf(details).map((expiry) => ({ ...expiry, band: bandOf(expiry.date, today) })),
    permitElsewhere: province !== null && details.permit !== null && !isPermitFor(details.permit.provinces, province),
    terms: formerTermsOf(store, worker.workerNo),
    nextWorkerId: worker.nextWorkerNo === null ? null : findWorkerByNo(store, worker.nextWorkerNo)?.workerId ?? null,
    access: readWorkerAccess(store, worker.workerNo, accessShown), inside: isInside(store, worker.workerNo),
  };
}

/** Writes down that somebody saw what of a worker, as event and in the worker's own list; inside a transaction. */
export function noteLook(store: Store, worker: StoredWorker, { actor, what, reason }: { actor: string; what: string; reason?: string }): void {
  const { position } = appendEvent(store, {
    type: 'look-up-made', actor, purpose: what, payload: { by: 'roster', workerId: worker.workerId, found: 1, ...(reason !== undefined && { reason }) },
  });
  noteWorkerAccess(store, position, worker.workerNo, actor, what);
}

/**
 * Changes what is known of a worker, with the event; an end date that was not there before is `worker-left`, a new start
 * after an end keeps the former term. The same again changes nothing. Problems `not-found`, `worker-details-invalid`.
 */
export function changeWorker(store: Store, workerId: string, { details, fullName, ...changes }: WorkerChanges, actor: string): StoredWorker {
  return store.transaction(() => {
    const known = workerOrFail(store, workerId);
    const told = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<Worker>;
    const worker: Worker = {
      ...known, ...told, ...(fullName !== undefined && { fullName: properName(fullName.normalize('NFC')) }), details: changedDetails(known.details, details),
    };
    if (sameWorker(known, worker)) return known;
    if (isReHire(known, worker)) {
      keepTerm(store, known);
      if (told.endDate === undefined) worker.endDate = null;
    }
    checkTerms(worker);
    saveWorker(store, worker);
    const left = worker.endDate !== null && worker.endDate !== known.endDate;
    appendEvent(store, { type: left ? 'worker-left' : 'worker-recorded', actor, payload: { ...workerPayload(store, worker), ...(left && { leftBy: 'supervisor' }) } });
    return workerOrFail(store, workerId);
  });
}

function changedDetails(known: WorkerDetails, changes: WorkerChanges['details']): WorkerDetails {
  if (changes === undefined) return known;
  const told = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
  return WorkerDetails.parse({ ...known, ...told });
}

function checkTerms({ startDate, endDate, details }: Worker): void {
  const spans: [string | null | undefined, string | null | undefined][] = [
    [startDate, endDate], [details.contractFrom, details.contractTo], [details.heavyWorkFrom, details.heavyWorkTo],
    [details.permit?.issuedOn, details.permit?.expiresOn], [details.overtimeConsent?.from, details.overtimeConsent?.to],
    ...details.protections.map(({ from, to }): [string | null, string | null] => [from, to]),
  ];
  if (spans.some(([from, to]) => typeof from === 'string' && typeof to === 'string' && to < from)) throw new ProblemError('worker-details-invalid');
}
