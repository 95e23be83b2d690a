import { z } from 'zod';
import lists from '../../../resources/attendance/reasons.json' with { type: 'json' };
import { CorrectionReasons } from '../../../shared/contracts/correction.ts';

/** The list of reasons in force on a day (ISO). */
export function correctionReasons(today: string): CorrectionReasons {
  const known = z.object({ lists: z.array(CorrectionReasons).min(1) }).parse(lists).lists.filter(({ effectiveFrom }) => effectiveFrom <= today);
  const newest = known.toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1)).at(-1);
  if (newest === undefined) throw new Error('no list of reasons is in force');
  return newest;
}

/** What a reason is called, in whichever list it stands; its code where it stands in none. */
export function reasonLabel(id: string): string {
  return z.object({ lists: z.array(CorrectionReasons) }).parse(lists).lists.flatMap(({ reasons }) => reasons).findLast((one) => one.id === id)?.label ?? id;
}
