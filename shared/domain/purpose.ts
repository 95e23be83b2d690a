import type { z } from 'zod';
import type { Purpose as PurposeSchema } from '../contracts/requests/counter.ts';

/** Why a citizen's data is looked at (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15). */
export type Purpose = z.infer<typeof PurposeSchema>;

const hourMs = 3_600_000;

/** How many look-ups a user has left, from the times (ms) of those made; only those of the last hour count. */
export function lookUpsLeft(madeAt: readonly number[], now: number, perHour: number): number {
  return Math.max(0, perHour - madeAt.filter((at) => at > now - hourMs && at <= now).length);
}

/** Milliseconds until one more look-up is free, 0 where one is now; `perHour` of at least 1. */
export function lookUpWaitMs(madeAt: readonly number[], now: number, perHour: number): number {
  const counted = madeAt.filter((at) => at > now - hourMs && at <= now).toSorted((a, b) => a - b);
  const freeing = counted[counted.length - perHour];
  return freeing === undefined ? 0 : freeing + hourMs - now;
}
