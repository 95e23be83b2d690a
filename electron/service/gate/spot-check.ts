import type { Input, Output } from '../../../shared/contracts/requests/index.ts';
import { problem } from '../../../shared/contracts/problems.ts';
import { missingKey } from '../../../shared/domain/chip-key.ts';
import { chipTrust } from '../../../shared/domain/chip-trust.ts';
import { sameName } from '../../../shared/domain/vietnamese.ts';
import { localMoment } from '../../../shared/domain/working-calendar.ts';
import { appendEvent, findWorkerByPersonalId, isHashBarred, personalHash, type StoredWorker } from '../../store/index.ts';
import { cardKeyOf, type CardPort } from '../card/card-port.ts';
import type { ServiceContext } from '../context.ts';

type Answer = Output<'gate/spot-check'>;

/**
 * A guard compares a worker with the card: the chip is read, its number finds the worker in the roster, name and face are
 * for the guard's eye alone. It is no scan: nobody is let in or out by it. The look is written down, the number never.
 */
export async function spotCheck(context: ServiceContext, card: CardPort, { can }: Input<'gate/spot-check'>): Promise<Answer> {
  const { store, readerDesk } = context;
  const { userId } = context.requireUser();
  const [latest] = context.identitySeen.recent();
  const key = cardKeyOf({ can, document: null, mrz: null, qrText: null }) ?? (latest === undefined ? null : { qr: latest });
  const nobody: Answer = { outcome: 'unread', worker: null, cardName: null, trust: null, faceId: null, missing: null, otherKind: null, problem: null };
  readerDesk.claimed = true;
  try {
    if (key === null) {
      const kind = await card.look();
      return kind === 'identity' ? { ...nobody, missing: 'qr-or-can', problem: problem('card-key-needed') } : { ...nobody, otherKind: kind, problem: problem('card-not-identity') };
    }
    const { reading, face, otherKind } = await card.read(key);
    const code = reading.problem?.code ?? '';
    if (code === 'card-key-wrong') readerDesk.countWrongKey();
    const { person } = reading;
    if (person === null || !reading.ok) {
      const missing = missingKey({ qr: false, can: can !== null, document: false, mrz: false }, code, readerDesk.wrongKeys());
      // The page has only the six digits to ask for: whatever else is missing ends here.
      return { ...nobody, missing: missing === null || missing === 'stop' ? missing : 'qr-or-can', otherKind, problem: reading.problem };
    }
    // Whoever locked the drawer meanwhile sees nothing of it.
    context.requireUser();
    const worker = person.personalId === null ? null : findWorkerByPersonalId(store, person.personalId);
    const subject = personalHash(store, person.personalId ?? reading.document?.number ?? '');
    store.transaction(() => appendEvent(store, {
      type: 'look-up-made', actor: userId, purpose: 'spot-check', payload: { by: 'card', subject, found: worker === null ? 0 : 1 },
    }));
    context.nudgeSync();
    return {
      ...nobody, cardName: person.fullName, trust: reading.trust, faceId: face === null ? null : context.faces.keep(face, userId),
      outcome: chipTrust(reading.trust).state === 'failed' ? 'forged' : person.personalId === null ? 'no-id' : isHashBarred(store, subject) ? 'barred' : outcomeOf(worker, person.fullName, localMoment(store.clock.now()).date),
      worker: worker === null ? null : { workerId: worker.workerId, fullName: worker.fullName, department: worker.department, employer: worker.employer },
    };
  } finally {
    readerDesk.claimed = false;
  }
}

function outcomeOf(worker: StoredWorker | null, cardName: string, today: string): Answer['outcome'] {
  if (worker === null) return 'not-registered';
  if (worker.barred) return 'barred';
  if ((worker.endDate !== null && worker.endDate < today) || (worker.startDate !== null && worker.startDate > today)) return 'not-now';
  return sameName(worker.fullName, cardName) ? 'registered' : 'name-differs';
}
