import type { Worker } from './roster.ts';

/** A time of work: dates ISO, both included; null is open. */
export interface Term { startDate: string | null; endDate: string | null }

/** Whether a new start lies after the end of what was known: the same person comes back. */
export function isReHire(known: Term, next: Term): boolean {
  return known.endDate !== null && next.startDate !== null && next.startDate > known.endDate;
}

/** Whether one term is over before the other begins, so that two codes of one person are no contradiction. */
export function isBefore(earlier: Term, later: Term): boolean {
  return earlier.endDate !== null && later.startDate !== null && earlier.endDate < later.startDate;
}

/** Who works elsewhere after a row than before. */
export interface Move { field: 'department' | 'employer'; from: string; to: string }

/** Where a worker moves to; what was not known before is no move. */
export function movesOf(known: Worker, next: Worker): Move[] {
  return (['employer', 'department'] as const)
    .filter((field) => known[field] !== '' && next[field] !== '' && known[field] !== next[field])
    .map((field) => ({ field, from: known[field], to: next[field] }));
}
