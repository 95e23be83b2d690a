import { z } from 'zod';
import { LocalDate } from './identity.ts';

/** Names of reports are part of the contract with those who call the command line: add, never rename. */
export const reportIds = [
  'timesheet-month', 'timesheet-day', 'late-early', 'overtime', 'labour-book', 'labour-use', 'labour-summary', 'labour-change',
  'tet-return', 'mobility', 'foreign-workers', 'leased-labour', 'meals', 'lane-flow',
] as const;
export const ReportId = z.enum(reportIds);
export type ReportId = z.infer<typeof ReportId>;

/** What the rows of the mobility picture stand for. */
export const Breakdown = z.enum(['employer', 'department', 'province', 'commune', 'zone', 'day', 'week', 'month']);
export type Breakdown = z.infer<typeof Breakdown>;

/** Why a report leaves the kiosk; kept with the export (Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15). */
export const ReportPurpose = z.enum(['payroll', 'authority-report', 'inspection', 'safety', 'internal']);
export type ReportPurpose = z.infer<typeof ReportPurpose>;

const longestDays = 400;
/** A date that the calendar has. */
const RealDate = LocalDate.refine((date) => { const at = new Date(`${date}T00:00:00Z`); return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(date); });
const team = z.string().max(200);

/** A question for a report. Work dates, both included; a report for a day or a month takes what it needs of them. */
export const ReportAsk = z.object({
  id: ReportId, from: RealDate, to: RealDate,
  employer: team.nullable().default(null), department: team.nullable().default(null),
  breakdown: Breakdown.nullable().default(null),
  /** So many days without having been seen make somebody absent; null takes what the report's own rule says. */
  absentDays: z.number().int().min(1).max(365).nullable().default(null),
}).refine(({ from, to }) => {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  return days >= 0 && days < longestDays;
}, { path: ['to'] });
export type ReportAsk = z.infer<typeof ReportAsk>;

const line = z.string().max(300).regex(/^[^\p{Cc}\p{Cs}]*$/u).overwrite((text) => text.normalize('NFC').trim());

/**
 * Who receives reports and in whose name they are made: names and addresses change with every reorganisation, so they are
 * settings and never stand in a program. `role` is one of the catalogue's.
 */
export const ReportSettings = z.object({
  receivers: z.array(z.object({ role: z.string().max(40), name: line, address: line })).max(20),
  /** The industrial zone (khu công nghiệp) in which an enterprise lies; without one it is the gate's own unit. */
  zones: z.array(z.object({ employer: line, zone: line })).max(1000),
});
export type ReportSettings = z.infer<typeof ReportSettings>;
export const noReportSettings: ReportSettings = { receivers: [], zones: [] };
