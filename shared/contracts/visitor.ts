import { z } from 'zod';
import { Instant } from './identity.ts';

/** One line of what somebody typed: no control characters, no half letters, NFC. */
const line = (max: number) => z.string().trim().max(max).regex(/^[^\p{Cc}\p{Cs}]*$/u).overwrite((text) => text.normalize('NFC'));
const optional = (max: number) => line(max).nullable().overwrite((text) => (text === '' ? null : text));

export const VisitorKind = z.enum(['visitor', 'contractor']);
export type VisitorKind = z.infer<typeof VisitorKind>;

/** What the guard's desk enters of a visitor. Instants; both ends of the validity included. */
export const VisitorForm = z.object({
  kind: VisitorKind,
  fullName: line(100).min(2),
  company: line(120),
  purpose: optional(200),
  /** A worker of the roster, or a name only. */
  hostWorkerId: optional(64),
  hostName: optional(100),
  vehicle: optional(100),
  tools: optional(200),
  escort: z.boolean(),
  validFrom: Instant,
  validTo: Instant,
}).refine(({ validFrom, validTo }) => Date.parse(validFrom) < Date.parse(validTo), { path: ['validTo'] })
  .refine(({ validFrom, validTo }) => Date.parse(validTo) - Date.parse(validFrom) <= 366 * 86_400_000, { path: ['validTo'] });
export type VisitorForm = z.infer<typeof VisitorForm>;

/** The number of a card that is given to visitors again and again, as readers print it: capital hex digits. */
export const PassCard = z.string().regex(/^[0-9A-F]{8,20}$/);

/** Where a pass stands: waiting for its day, good, over, given back or ended by the guard. */
export const PassState = z.enum(['not-yet', 'valid', 'over', 'returned', 'ended']);
export type PassState = z.infer<typeof PassState>;

/** A visitor as the guard's list shows it; the number only masked. Name and notes are null once erased. */
export const VisitorLine = z.object({
  visitorId: z.string(), passCode: z.string(), kind: VisitorKind, fullName: z.string().nullable(), company: z.string(), purpose: z.string().nullable(),
  hostWorkerId: z.string().nullable(), hostName: z.string().nullable(), maskedId: z.string().nullable(), vehicle: z.string().nullable(), tools: z.string().nullable(),
  escort: z.boolean(), validFrom: Instant, validTo: Instant, inside: z.boolean(), at: Instant.nullable(), lane: z.string().nullable(),
  state: PassState, barred: z.boolean(),
});
export type VisitorLine = z.infer<typeof VisitorLine>;

const Clock = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** A meal of the canteen; a `to` before `from` lies on the next day. */
export const Meal = z.object({ id: z.string().regex(/^[a-z0-9-]{1,20}$/), name: line(40).min(1), from: Clock, to: Clock })
  .refine(({ from, to }) => from !== to, { path: ['to'] });
export type Meal = z.infer<typeof Meal>;

/** How the guard's desk works. */
export const GuardSettings = z.object({
  /** Days after the end of a visit until what is personal in it is erased. */
  visitorKeepDays: z.number().int().min(1).max(3650),
  /** Lanes of this kiosk whose scans tick people off while a roll call runs. */
  assemblyLanes: z.array(z.string().max(20)).max(16),
  meals: z.array(Meal).max(8).refine((meals) => new Set(meals.map(({ id }) => id)).size === meals.length, 'one id twice'),
});
export type GuardSettings = z.infer<typeof GuardSettings>;

export const defaultGuardSettings: GuardSettings = {
  visitorKeepDays: 90, assemblyLanes: [],
  meals: [
    { id: 'lunch', name: 'Bữa trưa', from: '11:00', to: '13:00' }, { id: 'evening', name: 'Bữa tối', from: '17:30', to: '19:00' },
    { id: 'night', name: 'Bữa đêm', from: '01:00', to: '02:00' },
  ],
};

export const AlarmKind = z.enum([
  'barred', 'visitor-overstay', 'passback-late', 'forced-passage', 'gate-not-opened', 'fire', 'permit', 'other',
]);
export type AlarmKind = z.infer<typeof AlarmKind>;
