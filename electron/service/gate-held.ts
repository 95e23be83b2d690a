import type { z } from 'zod';
import { ProblemError } from '../../shared/contracts/problems.ts';
import type { Direction, GateAnswer } from '../../shared/contracts/requests/gate.ts';
import type { HeldScan } from '../../shared/contracts/requests/zone.ts';
import { shortName } from '../../shared/domain/vietnamese.ts';
import { findHeld, findWorkerByNo, listHeld, storeDecision, writePresence, type Store } from '../store/index.ts';
import { lastSeen } from './gate-attendance.ts';

/** Whoever stood at the turnstile this long ago does no longer. */
const waitingMs = 12 * 3_600_000;

/** Scans that wait for the guard's word, the newest first. */
export function heldScans(store: Store): HeldScan[] {
  return listHeld(store, new Date(store.clock.now() - waitingMs).toISOString())
    .map(({ scanId, at, lane, outcome, direction, workerId, fullName, department }) => ({ scanId, at, lane, outcome, direction, workerId, fullName, department }));
}

/**
 * The guard's word on a held scan: event, decision and presence in one transaction. Who is let pass counts from the instant
 * of his scan, once. The answer for the lane; null where nobody passes or the same was said before.
 * Problems: `scan-not-held`, `scan-decided` (somebody said otherwise).
 */
export function decideHeld(
  store: Store, { scanId, pass, direction: way }: { scanId: string; pass: boolean; direction: z.infer<typeof Direction> }, actor: string,
): z.infer<typeof GateAnswer> | null {
  return store.transaction(() => {
    const held = findHeld(store, scanId);
    const worker = held === null ? null : findWorkerByNo(store, held.workerNo);
    if (held === null || worker === null) throw new ProblemError('scan-not-held');
    const direction = pass ? way : null;
    if (held.decided !== null) {
      if (held.decided.direction !== direction) throw new ProblemError('scan-decided');
      return null;
    }
    const { seq } = storeDecision(store, held, direction, actor);
    if (direction === null) return null;
    const at = Date.parse(held.at);
    const now = lastSeen(store, worker, at);
    writePresence(store, worker.workerNo, held.lane, { atMs: at, monoMs: store.clock.monoMs(), bootId: '', direction }, now);
    return {
      scanId, at: held.at, lane: held.lane, outcome: 'recorded', direction, reason: 'guard', shiftId: held.shiftId, workerId: worker.workerId,
      shortName: shortName(worker.fullName), maskedCode: '', language: worker.language, workDate: now.workDate, seq, problem: null, notices: [],
    };
  });
}
