import { z } from 'zod';
import { LocalDate } from './identity.ts';

const Minutes = z.number().int().min(0).max(60_000);
const Basis = z.string().min(1).max(300);

/** One value of the law with where it stands; `verified` false: not seen in the text itself. */
const Value = z.object({ value: z.number().nonnegative(), basis: Basis, verified: z.boolean() });

/** What the law may do with overtime or night work of somebody it protects. `consent`: with the worker's own agreement. */
const Permission = z.enum(['allowed', 'consent', 'listed-work', 'forbidden']);
export type Permission = z.infer<typeof Permission>;

/** What a group of people that the law protects may do; minutes null: as everybody. */
const Guard = z.object({
  overtime: Permission, night: Permission, dayMinutes: Minutes.nullable(), weekMinutes: Minutes.nullable(), basis: Basis, verified: z.boolean(),
});

/** Names of the values of a period; times in minutes, shares in percent, ages in years. */
const labourValueNames = [
  'normalDay', 'normalWeek', 'weeklySchemeDay', 'nightFrom', 'nightTo',
  'overtimeDayPercent', 'dayTotal', 'restDayOvertime', 'overtimeMonth', 'overtimeYear', 'overtimeYearExtended',
  'breakAfter', 'break', 'nightBreak', 'nightBreakFrom', 'shiftRest', 'weeklyRest', 'monthlyRestDays',
  'childAge', 'minorAge', 'pregnantMonth', 'pregnantMonthRemote', 'nursingMonths', 'payOvertime', 'payRestDay', 'payHoliday', 'payNight', 'payNightOvertime',
] as const;
export type LabourValueName = (typeof labourValueNames)[number];

const Values = z.object(Object.fromEntries(labourValueNames.map((name) => [name, Value])) as Record<LabourValueName, typeof Value>);

const protectedGroups = ['pregnant', 'nursing', 'disabled', 'elderly', 'child', 'minor'] as const;
export type ProtectedGroup = (typeof protectedGroups)[number];

/** The rules that hold from one date to another, both included; `to` null: until further notice. */
export const LabourPeriod = z.object({
  from: LocalDate, to: LocalDate.nullable(), values: Values,
  groups: z.object(Object.fromEntries(protectedGroups.map((name) => [name, Guard])) as Record<ProtectedGroup, typeof Guard>),
});
export type LabourPeriod = z.infer<typeof LabourPeriod>;

/** Ngày nghỉ lễ, tết. `substitute`: the day off for one that fell on the weekly rest. */
const Holiday = z.object({
  date: LocalDate, kind: z.enum(['holiday', 'substitute']), name: z.string().min(1).max(120), basis: Basis, verified: z.boolean(),
});

/** Fines by the number of workers, for a person, in Vietnamese dong; `organisationFactor` for an enterprise. */
const Penalty = z.object({
  from: LocalDate, to: LocalDate.nullable(), decree: Basis, organisationFactor: z.number().positive(), verified: z.boolean(),
  scale: z.array(z.object({ workersFrom: z.number().int().positive(), workersTo: z.number().int().positive().nullable(), least: z.number().int(), most: z.number().int() })).min(1),
});

/** The rule file: resources/law/labour-time.json. */
export const LabourLaw = z.object({
  version: LocalDate, note: z.string(), periods: z.array(LabourPeriod).min(1),
  /** Years whose holidays the file knows. */
  holidayYears: z.array(z.number().int()), holidays: z.array(Holiday),
  /** Why an enterprise may go to the extended cap of the year (art. 107.3; Decree 145/2020 art. 61). */
  grounds: z.array(z.object({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), name: z.string().min(1).max(200), basis: Basis, verified: z.boolean() })).min(1),
  penalties: z.array(Penalty),
});
export type LabourLaw = z.infer<typeof LabourLaw>;

/** What a site sets on top of the law. Minutes are whole. */
export const LabourSettings = z.object({
  /** 200 or 300 hours a year; the second needs a ground of the rule file. */
  yearBasis: z.enum(['ordinary', 'extended']).default('ordinary'),
  ground: z.string().regex(/^[a-z0-9-]{1,40}$/).nullable().default(null),
  /** When the labour authority was told of going over 200 hours (Decree 145/2020 art. 62). */
  noticeSentOn: LocalDate.nullable().default(null),
  /** Normal hours by the day or by the week (art. 105). */
  scheme: z.enum(['day', 'week']).default('day'),
  normalDayMinutes: z.number().int().min(60).max(600).default(480),
  normalWeekMinutes: z.number().int().min(60).max(2_880).default(2_880),
  /** Weekly rest of those who have no shift; 1 is Monday. */
  restWeekday: z.number().int().min(1).max(7).default(7),
  /** Departments that work a continuous shift: their break counts as work (art. 109; Decree 145/2020 art. 63, 64). */
  continuousDepartments: z.array(z.string().min(1).max(160)).max(500).default([]),
  /** Remote, border or island area (art. 137: from the 6th month). */
  remoteArea: z.boolean().default(false),
  /** Written consents of those nursing a child, and of disabled workers, are held (art. 137, 160). */
  nursingConsent: z.boolean().default(false),
  disabledConsent: z.boolean().default(false),
  /** Work of those of 15 to 18 years is on the ministry's list (art. 146). */
  minorsListedWork: z.boolean().default(false),
  /** Tell overtime without a consent in the roster (Decree 145/2020 art. 59). */
  consentTracked: z.boolean().default(false),
  /** A customer's cap on all hours of a week; no law. */
  weekLimitMinutes: z.number().int().min(2_400).max(6_000).nullable().default(null),
  /** From this share of a cap on, somebody is listed for the foreman, percent. */
  listFromPercent: z.number().int().min(50).max(100).default(80),
  /** At the gate: what is left, in minutes, from which it is told. */
  tellLeft: z.object({ week: Minutes.max(1_200), month: Minutes.max(2_400), year: Minutes.max(6_000) }).default({ week: 120, month: 240, year: 1_200 }),
}).refine(({ yearBasis, ground }) => yearBasis === 'ordinary' || ground !== null, { path: ['ground'] })
  .refine(({ scheme, normalDayMinutes }) => scheme === 'week' || normalDayMinutes <= 480, { path: ['normalDayMinutes'] });
export type LabourSettings = z.infer<typeof LabourSettings>;

export const defaultLabourSettings: LabourSettings = LabourSettings.parse({});
