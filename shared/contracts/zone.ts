import { z } from 'zod';

/** What an area does where somebody comes in again without having gone out. */
export const PassbackMode = z.enum(['off', 'soft', 'hard', 'timed']);
export type PassbackMode = z.infer<typeof PassbackMode>;

/** Khu vực, entered by the lanes that name it. */
export const Zone = z.object({
  id: z.string().regex(/^[A-Za-z0-9._-]{1,40}$/),
  /** What people call it; the id stands in its place where it has none. */
  name: z.string().max(60).regex(/^[^\p{Cc}\p{Cs}]*$/u).overwrite((text) => text.normalize('NFC')).default(''),
  mode: PassbackMode.default('off'),
  /** With `timed`: so long after an entry the next one is refused, then forgiven. */
  timeoutMinutes: z.number().int().min(1).max(7 * 24 * 60).default(30),
});
export type Zone = z.infer<typeof Zone>;

export const Zones = z.array(Zone).max(64).refine((zones) => new Set(zones.map(({ id }) => id)).size === zones.length, 'one id twice');
