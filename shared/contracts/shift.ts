import { z } from 'zod';
import { LocalDate } from './identity.ts';
import { LaneDirection, LaneName } from './requests/system.ts';
import { Zones } from './zone.ts';

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const Minutes = z.number().int().min(0).max(24 * 60);
/** No control characters and no half letters: such text could be stored by no hub. */
const Name = z.string().min(1).max(64).regex(/^[^\p{Cc}\p{Cs}]+$/u).overwrite((text) => text.normalize('NFC'));

/** Ca làm việc. An end at or before the start lies on the next day. Days: 1 is Monday, 7 is Sunday. */
export const Shift = z.object({
  id: Name,
  /** What people call it; the code stands in its place where it has none. */
  name: z.string().max(60).regex(/^[^\p{Cc}\p{Cs}]*$/u).overwrite((text) => text.normalize('NFC')).default(''),
  start: ClockTime,
  end: ClockTime,
  breakMinutes: Minutes.default(0),
  /** How early before the start a scan may belong to the shift, and how late after its end. */
  earlyInMinutes: Minutes.default(60),
  lateOutMinutes: Minutes.default(240),
  graceMinutes: Minutes.default(0),
  days: z.array(z.number().int().min(1).max(7)).default([1, 2, 3, 4, 5, 6, 7]),
});
export type Shift = z.infer<typeof Shift>;

/** A shift as somebody enters it: a code that a roster's sheet can name, and at least one day. */
export const ShiftForm = Shift.extend({
  id: z.string().trim().regex(/^[\p{L}\p{N}][\p{L}\p{N} ._/-]{0,39}$/u).overwrite((text) => text.normalize('NFC')),
  days: z.array(z.number().int().min(1).max(7)).min(1).max(7),
}).refine((shift) => shift.breakMinutes < shiftMinutes(shift), { path: ['breakMinutes'] });

/** How long a shift lasts, in minutes. */
export function shiftMinutes({ start, end }: Pick<Shift, 'start' | 'end'>): number {
  const minutes = minutesOf(end) - minutesOf(start);
  return minutes > 0 ? minutes : minutes + 24 * 60;
}

/** Minutes since midnight of a `HH:MM`. */
export function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}

/** Phân ca: a worker's shift from one work date to another, both included. It stands in the place of the roster's shift. */
export const Assignment = z.object({ workerId: Name, shiftId: Name, from: LocalDate, to: LocalDate });
export type Assignment = z.infer<typeof Assignment>;

/** The plan that a gate decides by. */
export const ShiftPlan = z.object({
  shifts: z.array(Shift).max(500).refine((shifts) => new Set(shifts.map(({ id }) => id)).size === shifts.length, 'one id twice'),
  assignments: z.array(Assignment).max(1_000_000).default([]),
  lanes: z.array(z.object({ lane: LaneName, direction: LaneDirection, zone: z.string().max(40).optional() })).max(64).default([]),
  zones: Zones.optional(),
  rules: z.object({ repeatSeconds: z.number().int().min(0).max(600), oppositeSeconds: z.number().int().min(1).max(3600).nullable() }).partial().optional(),
}).refine(({ lanes, zones = [] }) => lanes.every(({ zone }) => zone === undefined || zones.some(({ id }) => id === zone)), { path: ['lanes'], error: 'a zone that is none' });
export type ShiftPlan = z.infer<typeof ShiftPlan>;
