import { randomInt } from 'node:crypto';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { CredentialChange } from '../../../shared/contracts/requests/people.ts';
import type { Output } from '../../../shared/contracts/requests/index.ts';
import { isRandomUid, isRandomUidBytes, maskCardNumber } from '../../../shared/domain/factory-card.ts';
import type { Worker } from '../../../shared/domain/roster.ts';
import {
  appendEvent, findWithdrawnCard, findWorkerByCode, removePin, takeBackCard, withdrawCard, writePinHash, type Store, type StoredWorker, type WithdrawnReason,
} from '../../store/index.ts';
import type { ServiceContext } from '../context.ts';
import { cardUid, uidText } from '../gate/gate-card.ts';
import { recordWorker } from './roster-commit.ts';
import { hashSecret } from '../secret.ts';
import { workerOrFail } from './worker-page.ts';

const waitMs = 30_000;
// Without signs that are taken for one another when they are read out or typed.
const passSigns = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
const passLength = 8;

/** Waits at a reader for the card that is to be given out. */
export interface CardEnrolment {
  /** Problems `card-uid-random`, `card-missing`, `cancelled`, `reader-missing`, `card-mute`. */
  read(reader: string | null): Promise<Output<'credential/read-card'>>;
  cancel(): void;
}

/** One wait at a time: a second one ends the first. While it lasts the card on the reader is no scan of the gate. */
export function createCardEnrolment({ store, cards, readerDesk }: Pick<ServiceContext, 'store' | 'cards' | 'readerDesk'>): CardEnrolment {
  let waiting: AbortController | null = null;
  const cancel = (): void => waiting?.abort();
  return {
    cancel,
    read: async (reader) => {
      cancel();
      const mine = new AbortController();
      waiting = mine;
      readerDesk.claimed = true;
      try {
        const found = await cards.withCard({ reader: reader ?? readerDesk.wanted(), timeoutMs: waitMs, signal: mine.signal }, async (card, name) => ({ uid: await cardUid(card), name }));
        if (found.uid === null) throw new ProblemError('card-mute');
        if (isRandomUidBytes(found.uid)) throw new ProblemError('card-uid-random');
        const number = uidText(found.uid);
        const owner = findWorkerByCode(store, number);
        return { number, reader: found.name, owner: owner === null ? null : { workerId: owner.workerId, fullName: owner.fullName }, withdrawn: findWithdrawnCard(store, number) !== null };
      } finally {
        if (waiting === mine) {
          waiting = null;
          readerDesk.claimed = false;
        }
      }
    },
  };
}

/**
 * Gives a worker a card, a pass or a PIN, or takes it back, with the event `credential-set`. The same again changes nothing.
 * Problems `not-found`, `card-uid-random`, `credential-taken`, `card-withdrawn`.
 */
export async function setCredential(store: Store, workerId: string, change: CredentialChange, actor: string): Promise<void> {
  const secretHash = change.kind === 'pin' ? await hashSecret(change.pin) : null;
  store.transaction(() => {
    const worker = workerOrFail(store, workerId);
    const note = (action: 'set' | 'withdrawn', more: Record<string, unknown>): void => {
      appendEvent(store, { type: 'credential-set', actor, payload: { workerId, kind: change.kind.split('-')[0], action, ...more } });
    };
    if (change.kind === 'card') giveCard(store, worker, change.number.normalize('NFC'), change.former, actor, note);
    else if (change.kind === 'card-withdraw') {
      if (worker.cardNumber === null) return;
      withdrawCard(store, worker.cardNumber, worker.workerNo, change.reason);
      recordWorker(store, { ...worker, cardNumber: null }, actor);
      note('withdrawn', { card: maskCardNumber(worker.cardNumber), reason: change.reason });
    } else if (change.kind === 'pass' || change.kind === 'pass-withdraw') {
      const pass = change.kind === 'pass' ? change.code ?? newPass(store) : null;
      if (pass === worker.pass) return;
      if (pass !== null) refuseTaken(store, pass, worker);
      recordWorker(store, { ...worker, pass }, actor);
      note(pass === null ? 'withdrawn' : 'set', {});
    } else if (change.kind === 'pin') {
      writePinHash(store, worker.workerNo, secretHash!);
      note('set', {});
    } else if (removePin(store, worker.workerNo)) note('withdrawn', {});
  });
}

function giveCard(
  store: Store, worker: StoredWorker, number: string, former: WithdrawnReason | null, actor: string, note: (action: 'set', more: Record<string, unknown>) => void,
): void {
  if (number === worker.cardNumber) return;
  if (isRandomUid(number)) throw new ProblemError('card-uid-random');
  refuseTaken(store, number, worker);
  const withdrawn = findWithdrawnCard(store, number);
  // Whoever lost it has found it again; to nobody else it is given.
  if (withdrawn !== null && withdrawn.workerNo !== worker.workerNo) throw new ProblemError('card-withdrawn');
  takeBackCard(store, number);
  if (worker.cardNumber !== null) withdrawCard(store, worker.cardNumber, worker.workerNo, former ?? 'replaced');
  const next: Worker = { ...worker, cardNumber: number };
  recordWorker(store, next, actor);
  note('set', { card: maskCardNumber(number), ...(worker.cardNumber !== null && { former: maskCardNumber(worker.cardNumber), reason: former ?? 'replaced' }) });
}

function refuseTaken(store: Store, code: string, worker: StoredWorker): void {
  const owner = findWorkerByCode(store, code);
  if (owner !== null && owner.workerNo !== worker.workerNo) throw new ProblemError('credential-taken');
}

function newPass(store: Store): string {
  for (;;) {
    const code = Array.from({ length: passLength }, () => passSigns[randomInt(passSigns.length)]).join('');
    if (findWorkerByCode(store, code) === null) return code;
  }
}
