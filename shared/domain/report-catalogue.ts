import { z } from 'zod';
import { Breakdown, ReportId, ReportPurpose } from '../contracts/report.ts';
import { LocalDate } from '../contracts/identity.ts';

const Kind = z.enum(['index', 'text', 'symbol', 'count', 'hours', 'date', 'percent']);

/** A column of a form as data: `field` names what fills it (`workerFields`); null is left blank for a pen. */
const FormColumn = z.object({
  header: z.string(), band: z.string().optional(), field: z.string().nullable(), kind: Kind, width: z.number().positive(), personal: z.boolean().optional(),
});
export type FormColumn = z.infer<typeof FormColumn>;

/** A day of the year by which a report is due. */
const Deadline = z.object({ month: z.number().int().min(1).max(12), day: z.number().int().min(1).max(31) });

/** One version of a report's layout and rules, with where it comes from. */
export const ReportForm = z.object({
  id: ReportId, group: z.enum(['attendance', 'labour', 'movement', 'site']), name: z.string(), title: z.string(), about: z.string(),
  legalBasis: z.string().nullable(), source: z.string().nullable(), effectiveFrom: LocalDate, layoutVersion: z.number().int().positive(), verified: z.boolean(),
  paper: z.enum(['A4', 'A3']), landscape: z.boolean(), nation: z.boolean(),
  period: z.enum(['day', 'month', 'range']), purpose: ReportPurpose,
  filters: z.array(z.enum(['employer', 'department', 'breakdown', 'absentDays'])), breakdowns: z.array(Breakdown).default([]),
  receivers: z.array(z.string()), deadlines: z.array(Deadline), remindDays: z.number().int().nonnegative().default(0),
  columns: z.array(FormColumn).default([]),
  /** Numbers that the report counts by: thresholds, caps, days. */
  rules: z.record(z.string(), z.number()).default({}),
  /** Signs of the month's grid and what they mean. */
  symbols: z.record(z.string(), z.object({ sign: z.string().max(4), meaning: z.string() })).default({}),
  signatures: z.array(z.string()), notes: z.array(z.string()).default([]),
});
export type ReportForm = z.infer<typeof ReportForm>;

export const ReportCatalogue = z.object({
  note: z.string(), unverifiedMark: z.string(), nation: z.string(), motto: z.string(), signHint: z.string(), placeAndDate: z.string(),
  receiverRoles: z.array(z.object({ role: z.string(), label: z.string() })),
  reports: z.array(ReportForm),
});
export type ReportCatalogue = z.infer<typeof ReportCatalogue>;

/** The version of a report's form in force on a date, ISO; the oldest one where none was yet. */
export function formOn({ reports }: ReportCatalogue, id: ReportId, date: string): ReportForm {
  const versions = reports.filter((form) => form.id === id).toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? -1 : 1));
  const form = versions.findLast(({ effectiveFrom }) => effectiveFrom <= date) ?? versions[0];
  if (form === undefined) throw new Error(`no form of ${id}`);
  return form;
}

/** The next day by which a report is due, and whether it is time to be reminded; null where it is due on no day. */
export function nextDeadline({ deadlines, remindDays }: Pick<ReportForm, 'deadlines' | 'remindDays'>, today: string): { date: string; days: number; isNear: boolean } | null {
  const year = Number(today.slice(0, 4));
  const two = (n: number): string => String(n).padStart(2, '0');
  const date = [year, year + 1].flatMap((each) => deadlines.map(({ month, day }) => `${each}-${two(month)}-${two(day)}`))
    .filter((each) => each >= today).toSorted()[0];
  if (date === undefined) return null;
  const days = Math.round((Date.parse(date) - Date.parse(today)) / 86_400_000);
  return { date, days, isNear: days <= remindDays };
}
