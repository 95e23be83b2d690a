import { defaultRules } from './attendance.ts';
import { shiftsOn, type WorkerPlan } from './shift.ts';

const hourMs = 3_600_000;

/** Whether somebody who came in and never scanned out is still there: surely, or he may have left after his shift. */
export type Certainty = 'inside' | 'may-have-left';

/**
 * Until when somebody is surely inside who came in at an instant for a work date: the close of the last of that date's
 * shifts, its late window included; without a shift, as long as nobody works longer. Milliseconds since 1970.
 */
export function staysUntil(plan: WorkerPlan, workDate: string, since: number): number {
  const closesAt = Math.max(...shiftsOn(plan, workDate).map((shift) => shift.closesAt));
  return closesAt > since ? closesAt : since + defaultRules.unplannedHours * hourMs;
}

/** Nobody is dropped from a roll call because he forgot to scan out: he is only shown apart. */
export function certaintyAt(until: number, now: number): Certainty {
  return now > until ? 'may-have-left' : 'inside';
}

/** A person on a roll call. */
export type MusterState = 'missing' | 'ticked' | 'out';

/**
 * How a person of the list stands: ticked at the assembly point, gone out by a lane after the list was made (`outAt`), else
 * missing. Who goes in again is missing again. Milliseconds since 1970, null where it never was.
 */
export function musterState({ tickedAt, outAt }: { tickedAt: number | null; outAt: number | null }): MusterState {
  if (tickedAt !== null) return 'ticked';
  return outAt !== null ? 'out' : 'missing';
}
