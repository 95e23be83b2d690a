import type { z } from 'zod';
import { ProblemError } from '../../../shared/contracts/problems.ts';
import type { Direction, GateAnswer } from '../../../shared/contracts/requests/gate.ts';
import type { HeldScan } from '../../../shared/contracts/requests/zone.ts';
import { violationsIn } from '../../../shared/domain/attendance.ts';
import { shortName } from '../../../shared/domain/vietnamese.ts';
import { addDays, workDateOf } from '../../../shared/domain/work-date.ts';
import { findHeld, findWorkerByNo, listHeld, ownLane, storeAlarm, storeDecision, writePresence, type Store } from '../../store/index.ts';
import { attendanceRules, attendanceWorker, laneDirections, lastSeen, planDays, scansFromRest } from './gate-attendance.ts';

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

/**
 * Raises an alarm for each scan of a worker between two instants (milliseconds since 1970) that breaks a zone's passback
 * rule now that scans of other gates are known; once each, however often it is asked. Returns how many are new.
 */
export function raiseLateViolations(store: Store, workerNo: number, from: number, to: number): number {
  const rules = attendanceRules(store);
  const worker = findWorkerByNo(store, workerNo);
  if (worker === null || ![...rules.passback?.zones.values() ?? []].some(({ mode }) => mode !== 'off')) return 0;
  const plan = attendanceWorker(store, worker, addDays(workDateOf(from), -planDays), addDays(workDateOf(to), 3));
  return store.transaction(() => violationsIn(scansFromRest(store, workerNo, from, to), plan, laneDirections(store), rules)
    .filter(({ at }) => at >= from)
    .filter(({ at, lane, zone = null }) => storeAlarm(store, {
      kind: 'passback-late', cause: `passback ${worker.workerId} ${at} ${lane}`, at, workerId: worker.workerId,
      lane: lane.startsWith(ownLane(store, '')) ? lane.slice(ownLane(store, '').length) : lane, detail: { zone },
    })).length);
}
