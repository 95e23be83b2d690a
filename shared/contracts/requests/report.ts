import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { Instant, LocalDate } from '../identity.ts';
import { Breakdown, ReportAsk, ReportId, ReportPurpose, ReportSettings } from '../report.ts';
import { supervisor, type RequestShape } from './define.ts';

const count = z.number().int().nonnegative();
const Cell = z.union([z.string(), z.number(), z.null()]);

/** One report of the catalogue as it is in force today. */
const ReportLine = z.object({
  id: ReportId, group: z.enum(['attendance', 'labour', 'movement', 'site']), name: z.string(), about: z.string(),
  legalBasis: z.string().nullable(), source: z.string().nullable(), effectiveFrom: LocalDate, layoutVersion: count, verified: z.boolean(),
  period: z.enum(['day', 'month', 'range']), purpose: ReportPurpose, filters: z.array(z.string()), breakdowns: z.array(Breakdown),
  /** What the report counts as absent where nobody says otherwise; null where it does not. */
  absentDays: count.nullable(),
  receivers: z.array(z.string()),
  /** The next day by which it is due; `isNear` when it is time to think of it. */
  due: z.object({ date: LocalDate, days: count, isNear: z.boolean() }).nullable(),
});
export type ReportLine = z.infer<typeof ReportLine>;

const Column = z.object({
  id: z.string(), header: z.string(), band: z.string().optional(), kind: z.enum(['index', 'text', 'symbol', 'count', 'hours', 'date', 'percent']),
  width: z.number(), sum: z.boolean().optional(), personal: z.boolean().optional(),
});
const Chart = z.object({
  id: z.string(), kind: z.enum(['bars', 'line']), title: z.string(), labels: z.array(z.string()), series: z.array(z.object({ name: z.string(), values: z.array(z.number()) })),
});

export const reportRequests = {
  'reports/list': {
    input: z.object({}), access: supervisor, background: true,
    output: z.object({
      reports: z.array(ReportLine), settings: ReportSettings, roles: z.array(z.object({ role: z.string(), label: z.string() })),
      employers: z.array(z.string()), departments: z.array(z.string()), unverifiedMark: z.string(),
    }),
  },
  /** Who receives reports, and in which zone enterprises lie. Sent twice it changes nothing. */
  'reports/save-settings': { input: ReportSettings, output: z.object({ changed: z.boolean() }), access: supervisor },
  /** A page of a report's rows for the screen, numbers of persons masked; charts and notes are of the whole. `fresh` works it out anew. */
  'reports/show': {
    input: z.object({ ask: ReportAsk, offset: count, limit: z.number().int().min(1).max(500), fresh: z.boolean() }), access: supervisor,
    output: z.object({
      title: z.string(), subtitle: z.array(z.string()), columns: z.array(Column), total: count, people: count,
      rows: z.array(z.object({ kind: z.enum(['row', 'group', 'sum']), cells: z.array(Cell) })),
      charts: z.array(Chart), notes: z.array(z.string()), at: Instant,
    }),
  },
  /** The report as a file, whole, with an event that says who took it and why. Problems: `report-too-long`, `report-cancelled`. */
  'reports/export': {
    input: z.object({ ask: ReportAsk, format: z.enum(['xlsx', 'pdf']), purpose: ReportPurpose }), access: supervisor,
    output: z.object({ fileName: z.string(), content: Bytes }),
  },
  /** Ends what is being worked out; what waits for it fails with `report-cancelled`. */
  'reports/cancel': { input: z.object({}), output: z.object({}), access: supervisor },
} as const satisfies Record<string, RequestShape>;

/** How far a report is, in workers of the roster. */
export const ReportProgress = z.object({ done: count, of: count });
