import { z } from 'zod';
import { isProblemCode, problem } from '../../../shared/contracts/problems.ts';
import { Direction, Outcome, type GateAnswer } from '../../../shared/contracts/requests/gate.ts';
import { LocalDate } from '../../../shared/contracts/identity.ts';
import { shortName } from '../../../shared/domain/vietnamese.ts';
import { findVisitor, findWorkerById, readEventsOfTypes, recentScanIds, type Store } from '../../store/index.ts';
import { noticesFor } from './gate-notices.ts';

/** The answers of the last scans, for a page that asks again since it heard none. */
export interface ScansAgain {
  /** The stored answer to a scan, and whether this run of the service gave it; null where no such scan is stored. */
  find(scanId: string): { answer: GateAnswer; isOfThisRun: boolean } | null;
  /** A scan was stored. */
  note(answer: GateAnswer): void;
}

/** Whoever asks again does so within seconds: more scans than these do not lie between. */
const remembered = 1000;

const Scanned = z.object({
  lane: z.string(), outcome: Outcome, direction: Direction.nullable(), reason: z.string().nullable(), shiftId: z.string().nullable(), workDate: LocalDate.nullable(),
  workerId: z.string().nullable(), visitorId: z.string().optional(), code: z.string().nullable(),
});
const Ticked = z.object({ lane: z.string(), kind: z.enum(['worker', 'visitor']), code: z.string(), again: z.boolean() });

/** Scans of the run before are known too: it may have ended between the commit and the answer. */
export function createScansAgain(store: Store): ScansAgain {
  const known = new Map(recentScanIds(store, remembered).map(({ id, position }) => [id, { position, isOfThisRun: false }]));
  return {
    find: (scanId) => {
      const found = known.get(scanId);
      const answer = found === undefined ? null : storedAnswer(store, found.position);
      return found === undefined || answer === null ? null : { answer, isOfThisRun: found.isOfThisRun };
    },
    note: ({ scanId, seq }) => {
      known.set(scanId, { position: store.epoch.base + seq, isOfThisRun: true });
      if (known.size > remembered) known.delete(known.keys().next().value!);
    },
  };
}

/** What was answered to a stored scan, by its event; null where the event is no scan or was emptied. */
function storedAnswer(store: Store, position: number): GateAnswer | null {
  const event = readEventsOfTypes(store, ['gate-scan', 'muster-ticked'], { after: position - 1, through: position, limit: 1 })[0]?.event;
  if (event === undefined) return null;
  const said = { scanId: event.id, at: event.at, seq: event.seq };
  const ticked = event.type === 'muster-ticked' ? Ticked.safeParse(event.payload).data : undefined;
  if (ticked !== undefined) {
    const { lane, kind, code, again } = ticked;
    const of = personOf(store, kind === 'worker' ? code : null, kind === 'visitor' ? code : undefined);
    return { ...said, lane, outcome: again ? 'repeat' : 'recorded', direction: null, reason: 'muster', shiftId: null, workDate: null, maskedCode: '', problem: null, notices: [], ...of.told };
  }
  const { data } = Scanned.safeParse(event.payload);
  if (data === undefined) return null;
  const { lane, outcome, direction, reason, shiftId, workDate, workerId, visitorId, code } = data;
  const { worker, told } = personOf(store, workerId, visitorId);
  return {
    ...said, lane, outcome, direction, reason, shiftId, workDate, maskedCode: code ?? '', ...told,
    problem: outcome === 'unknown' ? problem('worker-unknown') : outcome === 'unreadable' && isProblemCode(reason) ? problem(reason) : null,
    notices: worker !== null ? noticesFor(store, worker, { outcome, direction, reason: reason ?? '', shiftId, workDate: workDate ?? '' }, Date.parse(event.at))
      : visitorId === undefined ? [] : [{ kind: 'visitor', host: '' }],
  };
}

function personOf(store: Store, workerId: string | null, visitorId: string | undefined): { worker: ReturnType<typeof findWorkerById>; told: Pick<GateAnswer, 'workerId' | 'shortName' | 'language'> } {
  const worker = workerId === null ? null : findWorkerById(store, workerId);
  const name = worker?.fullName ?? (visitorId === undefined ? null : findVisitor(store, visitorId)?.fullName ?? null);
  return { worker, told: { workerId, shortName: name === null ? null : shortName(name), language: worker?.language ?? 'vi' } };
}
