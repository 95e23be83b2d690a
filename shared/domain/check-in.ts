import type { Direction, Outcome } from '../contracts/requests/gate.ts';
import type { LaneDirection } from '../contracts/requests/system.ts';
import type { z } from 'zod';
import { addDays, workDateOf } from './work-date.ts';

/** Why the gate answered as it did; kept with the event and shown to the guard. */
export type CheckInReason =
  | 'not-in-roster' | 'barred' | 'not-started' | 'contract-ended'
  | 'same-lane' | 'lane' | 'first-today' | 'last-state' | 'leaving-last-shift';

export interface CheckInInput {
  /** Null: nobody of the roster has this code. Dates `YYYY-MM-DD`, both included. */
  worker: { barred: boolean; startDate: string | null; endDate: string | null } | null;
  laneDirection: z.infer<typeof LaneDirection>;
  /** The worker's last scan on this lane that was not a repeat; `at` in milliseconds on the same clock as `now`. */
  lastOnLane: { at: number; direction: Direction } | null;
  /** Where the worker's last scan that counted, on any lane, left him. */
  lastState: { direction: Direction; workDate: string } | null;
  /** Milliseconds since 1970. */
  now: number;
  repeatSeconds: number;
}

export interface CheckIn {
  outcome: Extract<Outcome, 'recorded' | 'repeat' | 'unknown' | 'expired' | 'not-yet-valid' | 'barred'>;
  /** Null where the worker does not pass. */
  direction: Direction | null;
  reason: CheckInReason;
}

/**
 * Decides one scan at a gate. The lane's own direction counts first; a lane for both ways turns the last state of the
 * work date around. The repeat window (quẹt lặp) is counted from the last scan that was not a repeat, its end included,
 * and does not slide; it looks both ways in time, since a clock that is set back a little must not make two taps of
 * one visit. A clock set back by more opens no window: the scan is recorded.
 */
export function checkIn({ worker, laneDirection, lastOnLane, lastState, now, repeatSeconds }: CheckInInput): CheckIn {
  if (worker === null) return { outcome: 'unknown', direction: null, reason: 'not-in-roster' };
  if (worker.barred) return { outcome: 'barred', direction: null, reason: 'barred' };
  const workDate = workDateOf(now);
  if (worker.startDate !== null && workDate < worker.startDate) return { outcome: 'not-yet-valid', direction: null, reason: 'not-started' };
  const ended = worker.endDate !== null && workDate > worker.endDate;
  if (ended && !leavesLastShift(worker.endDate, workDate, laneDirection, lastState)) {
    return { outcome: 'expired', direction: null, reason: 'contract-ended' };
  }
  if (lastOnLane !== null && repeatSeconds > 0 && Math.abs(now - lastOnLane.at) <= repeatSeconds * 1000) {
    return { outcome: 'repeat', direction: lastOnLane.direction, reason: 'same-lane' };
  }
  if (ended) return { outcome: 'recorded', direction: 'out', reason: 'leaving-last-shift' };
  if (laneDirection !== 'both') return { outcome: 'recorded', direction: laneDirection, reason: 'lane' };
  if (lastState === null || lastState.workDate !== workDate) return { outcome: 'recorded', direction: 'in', reason: 'first-today' };
  return { outcome: 'recorded', direction: lastState.direction === 'in' ? 'out' : 'in', reason: 'last-state' };
}

// The end date is the last work date: a night shift begun on it ends the next morning, and nobody is locked in.
function leavesLastShift(
  endDate: string | null, workDate: string, lane: CheckInInput['laneDirection'], state: CheckInInput['lastState'],
): boolean {
  return endDate !== null && lane !== 'in' && workDate === addDays(endDate, 1) && state?.direction === 'in' && state.workDate === endDate;
}
