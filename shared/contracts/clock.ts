import { z } from 'zod';
import { Instant } from './identity.ts';

const Ms = z.number().int().min(-1e14).max(1e14);

/** What a gate found out about its own clock, as the event `clock-marked` keeps it. An older program told only offsets to the hub. */
export const ClockMarkPayload = z.discriminatedUnion('kind', [
  /** Somebody else's clock minus ours; `against`: `hub`, or the device of another gate. */
  z.object({ kind: z.literal('offset'), offsetMs: Ms, against: z.string().max(64) }),
  /** Within one boot the wall clock moved by so much more than the monotonic one. */
  z.object({ kind: z.literal('jump'), jumpMs: Ms }),
  /** After a restart of the machine the clock stands before what was seen last, or in a year that cannot be. */
  z.object({ kind: z.literal('boot'), doubt: z.enum(['behind', 'year']), jumpMs: Ms }),
  z.object({ kind: z.literal('timezone'), from: z.number().int(), to: z.number().int() }),
]);
export type ClockMarkPayload = z.infer<typeof ClockMarkPayload>;

export const ClockDoubtReason = z.enum(['offset', 'jump', 'behind', 'year']);
export type ClockDoubtReason = z.infer<typeof ClockDoubtReason>;

/** How far this kiosk's clock can be trusted now. Nothing is ever corrected: what it would be is shown beside. */
export const ClockState = z.object({
  at: Instant,
  doubt: z.object({
    reason: ClockDoubtReason,
    /** Ours minus the true time; null where only the doubt is known. */
    errorMs: z.number().int().nullable(),
    estimated: Instant.nullable(),
  }).nullable(),
  /** The hub's clock minus ours when it was last measured. */
  hub: z.object({ offsetMs: z.number().int(), at: Instant }).nullable(),
  /** Minutes east of UTC that the system is set to, where it is not Vietnam's. */
  zone: z.number().int().nullable(),
});
export type ClockState = z.infer<typeof ClockState>;
