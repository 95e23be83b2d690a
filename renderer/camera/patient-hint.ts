import type { Hint } from '../../shared/qr/hint.ts';
import type { ShownHint } from './messages.ts';

/** Since when there is something to say, and what is said now. */
export interface PatientHint {
  since: number | null;
  shown: ShownHint | null;
}

export const noHint: PatientHint = { since: null, shown: null };

// With the 0.4 s for which frames agreed before: one second without a read.
const PATIENCE_MS = 600;

/**
 * A person who just brings the card near needs no advice: a hint shows once there has been one to give for a while. A read, and a picture without a card, take it away at once. Times on any clock that only rises.
 */
export function patientHint(before: PatientHint, hint: Hint, now: number): PatientHint {
  if (hint === 'ok' || hint === 'none') return noHint;
  const since = before.since ?? now;
  return { since, shown: now - since >= PATIENCE_MS ? hint : null };
}
