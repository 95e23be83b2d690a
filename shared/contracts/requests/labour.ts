import { z } from 'zod';
import { Bytes } from '../bytes.ts';
import { LocalDate, Instant } from '../identity.ts';
import { LabourSettings } from '../labour.ts';
import { labourFaults } from '../../domain/labour-check.ts';
import { supervisor, type RequestShape } from './define.ts';
import { Month } from './shift.ts';

const count = z.number().int().nonnegative();
const text = z.string().max(200);

/** Who is listed: everybody near a cap or over it, or only those who are over one. */
export const LabourFilter = z.object({
  query: z.string().max(100), department: text.nullable(), employer: text.nullable(), shiftId: text.nullable(), show: z.enum(['near', 'over']),
});
export type LabourFilter = z.infer<typeof LabourFilter>;

/** Minutes used of a cap. */
const Use = z.object({ used: count, cap: count });

export const LabourRow = z.object({
  workerId: z.string(), fullName: z.string(), department: z.string(), employer: z.string(), shiftId: z.string().nullable(),
  week: Use.nullable(), month: Use, year: Use,
  /** The greatest share of a cap, percent. */
  share: count, isOver: z.boolean(),
});
export type LabourRow = z.infer<typeof LabourRow>;

/** What so many workers over a cap may cost an enterprise, in dong; `verified` false: not compared with the text of the decree. */
export const PenaltyHint = z.object({ workers: count, least: count, most: count, decree: z.string(), verified: z.boolean() });

export const LabourFinding = z.object({
  fault: z.enum(labourFaults), level: z.enum(['violation', 'warning']), date: LocalDate, actual: count, allowed: count, basis: z.string(),
});

/** Hours of a month by pay class (Labour Code art. 98), in minutes. */
const MonthHours = z.object({
  month: Month, days: count, normal: count, overtime: count, workingDayOvertime: count, restDayOvertime: count, holidayOvertime: count, night: count, nightOvertime: count,
  /** Against the cap. */
  capped: count,
});

export const labourRequests = {
  /** Who is near a cap or over it in a month and in the year up to it, the highest share first. */
  'labour/list': {
    input: z.object({ month: Month, filter: LabourFilter, offset: count, limit: z.number().int().min(1).max(1000), fresh: z.boolean() }), access: supervisor,
    output: z.object({
      rows: z.array(LabourRow), total: count, over: count, fromPercent: count, penalty: PenaltyHint.nullable(),
      /** Workers whose latest scans are still being worked out. */
      waiting: count,
      /** False: the rule file has no holidays of that year. */
      holidaysKnown: z.boolean(), at: Instant,
    }),
  },
  'labour/worker': {
    input: z.object({ workerId: z.string().min(1).max(64), month: Month }), access: supervisor,
    output: z.object({ row: LabourRow, months: z.array(MonthHours), findings: z.array(LabourFinding) }),
  },
  /** The list and every finding of its month as an Excel file. */
  'labour/export': {
    input: z.object({ month: Month, filter: LabourFilter }), access: supervisor,
    output: z.object({ fileName: z.string(), content: Bytes }),
  },
  'labour/settings': {
    input: z.object({}), access: supervisor, background: true,
    output: z.object({
      settings: LabourSettings, departments: z.array(z.string()),
      grounds: z.array(z.object({ id: z.string(), name: z.string(), basis: z.string() })), version: LocalDate,
      /** Values and holidays that somebody must compare with the text first. */
      unverified: z.array(z.string()),
    }),
  },
  'labour/save-settings': { input: z.object({ settings: LabourSettings }), output: z.object({ changed: z.boolean() }), access: supervisor },
} as const satisfies Record<string, RequestShape>;
